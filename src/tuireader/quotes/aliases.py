"""Letters that stand for a name: "the Israel Defense Forces (IDF)"."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from tuireader.quotes.mentions import Mention

Words = tuple[str, ...]


def letters_of(mentions: Iterable[Mention]) -> Iterator[tuple[Words, Words]]:
    """Each name that stands in brackets behind the one whose initials it is, and that one."""
    for name, letters in pairwise(mentions):
        if (
            len(letters.words) == 1
            and letters.words[0].isupper()
            and letters.inside
            and letters.paragraph == name.paragraph
            and letters.first == name.last + 2
            and _initials(name.words) == letters.words[0]
        ):
            yield letters.words, name.words


def _initials(words: Words) -> str:
    return "".join(word[0] for word in words if word[0].isupper())
