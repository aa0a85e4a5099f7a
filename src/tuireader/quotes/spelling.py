"""How names are written: in capitals throughout, as initials, with apostrophes."""

from collections.abc import Sequence

from tuireader.quotes.language_file import first_names


def spelt(words: Sequence[str]) -> str:
    """A name as it is written: nothing stands behind an apostrophe that joins."""
    return " ".join(words).replace("' ", "'").replace("’ ", "’")


def _is_loud(word: str) -> bool:
    """Whether a word is in capitals throughout and too long for the letters of a body."""
    return len(word) > 3 and word.isupper()


def in_small(name: str) -> str:
    """A name that is written in capitals throughout as it is written otherwise."""
    return " ".join(word.title() if _is_loud(word) else word for word in name.split())


def plain(word: str) -> str:
    """A given name that is shouted, as the first word of an article may be, as it is written."""
    return word.title() if _is_loud(word) and word.lower() in first_names() else word


def is_initial(word: str) -> bool:
    """Whether a word of a name is its first letter only."""
    return len(word) == 1 or word.endswith(".")
