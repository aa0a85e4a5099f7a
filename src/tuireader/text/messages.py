"""Parts of messages: counts with their nouns, and text shortened to one line."""

import re

from tuireader.text.lazy_pattern import lazy_pattern

_HEAD = lazy_pattern(
    r"(?P<head>.+?)(?P<rest> (?:without|of|whose|on|in|that|from|with) .*)?", re.DOTALL
)
_HISSING = lazy_pattern(r"(?:s|x|z|ch|sh)$", re.IGNORECASE)
_WITH_Y = lazy_pattern(r"[^aeiou]y$", re.IGNORECASE)


_OPENING_MARKS = ('"', "'", "“", "‘", "„", "‚", "«", "»", "‹", "「", "『", "`")


def in_marks(words: str) -> str:
    """Return words in quotation marks; words that begin with one are returned unchanged.

    >>> in_marks("We sail"), in_marks("«We sail»")
    ('“We sail”', '«We sail»')
    """
    return words if words.startswith(_OPENING_MARKS) else f"“{words}”"


def counted(count: int, noun: str) -> str:
    """Return a count with its noun in the singular or the plural.

    >>> counted(1, "article"), counted(1200, "article")
    ('1 article', '1,200 articles')
    """
    return f"{count:,} {noun if count == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """Return an English noun in the plural; what follows a preposition stays as it is.

    >>> plural("summary"), plural("address"), plural("date without a day")
    ('summaries', 'addresses', 'dates without a day')
    """
    found = _HEAD.fullmatch(noun)
    head, rest = (found[1], found[2] or "") if found else (noun, "")
    if _WITH_Y.search(head):
        return f"{head[:-1]}ies{rest}"
    return f"{head}{'es' if _HISSING.search(head) else 's'}{rest}"


def shortened(text: str, most: int = 40) -> str:
    r"""Return a text on one line, cut with an ellipsis to at most `most` code points.

    White space becomes single spaces. An empty text gives "".

    >>> shortened("We sail at noon,\nor not at all.", 20)
    'We sail at noon, or…'
    """
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
