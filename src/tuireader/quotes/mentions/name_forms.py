"""The forms in which a name is written: upper case, initials, apostrophes."""

from collections.abc import Sequence

from tuireader.quotes.lexicon.loader import first_names


def trim_apostrophe(words: Sequence[str]) -> str:
    """Join the words of a name; no space follows a word that ends with an apostrophe."""
    return " ".join(words).replace("' ", "'").replace("’ ", "’")


def _is_upper_case(word: str) -> bool:
    """Return whether a word is in upper case and too long for an acronym."""
    return len(word) > 3 and word.isupper()


def title_case_name(name: str) -> str:
    """Return a name with its upper-case words in title case."""
    return " ".join(word.title() if _is_upper_case(word) else word for word in name.split())


def plain_given_name(word: str) -> str:
    """Return a given name in title case; an article's first word may be in upper case."""
    return word.title() if _is_upper_case(word) and word.lower() in first_names() else word


def is_initial(word: str) -> bool:
    """Return whether a word of a name is an initial."""
    return len(word) == 1 or word.endswith(".")
