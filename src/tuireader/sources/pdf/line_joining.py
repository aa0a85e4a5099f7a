"""Joins the lines of a paragraph of a PDF, and what was broken at their ends."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from tuireader.sources.pdf.running_lines import Page, PdfLine

SOFT_HYPHEN = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ADDRESS = re.compile(
    r"(?:https?://|www\.|doi\.org/|doi:)\S{0,300}\Z|[\w.+-]{1,64}@[\w.-]{0,100}\Z", re.IGNORECASE
)
_GOES_ON = re.compile(
    r"[/?&=#%._~@+-]|\w{1,200}[/?&=#%_]|\w{1,60}\.[a-z]{2,12}\b|[a-z0-9-]{1,80}/?[.,;)]?\Z"
)
_BREAKS_ADDRESS = "/-_=?&%#~+@."
_DIGITS_APART = re.compile(r"\d[-–/]\Z")


class LineJoiner:
    """Joins lines into one text.

    The words of all pages tell whether a hyphen at a line's end belongs to the word.
    """

    def __init__(self, pages: Iterable[Page]) -> None:
        self._words: Counter[str] = Counter()
        for page in pages:
            for line in page:
                self._words.update(word.casefold() for word in _WORD.findall(line.text))

    def join(self, run: Sequence[PdfLine]) -> tuple[str, tuple[tuple[PdfLine, int], ...]]:
        """Return the text of some lines, and each line with its offset in that text.

        The offsets are counted in code points. No lines give an empty text.
        """
        text = ""
        starts: list[tuple[PdfLine, int]] = []
        for line in run:
            if text:
                text = self._ready(text, line.text)
            starts.append((line, len(text)))
            text += line.text + (SOFT_HYPHEN if line.hyphen else "")
        return text.rstrip(SOFT_HYPHEN), tuple(starts)

    def _ready(self, above: str, below: str) -> str:
        """Return the text so far, `above`, to which the next line can be added.

        A space is added, or the mark of a hyphenated word is replaced by a hyphen or nothing.
        `below` is the text of that line.
        """
        if above.endswith(SOFT_HYPHEN):
            return self._without_hyphen(above[:-1], below)
        return above + _between(above, below)

    def _without_hyphen(self, above: str, below: str) -> str:
        """Return the text above, with a hyphen at its end only if that is part of the word.

        `below` is the text of the next line.
        """
        last = above.rsplit(maxsplit=1)[-1] if above.strip() else ""
        if _ADDRESS.search(last):
            return above + "-"
        head, tail = _WORD.findall(last), _WORD.match(below)
        if not head or not tail:
            return above + "-"
        one, two = f"{head[-1]}{tail[0]}".casefold(), f"{head[-1]}-{tail[0]}".casefold()
        capitals = head[-1].isupper() and tail[0].isupper()
        apart = self._words[two] > self._words[one] or not (tail[0][0].islower() or capitals)
        return above + ("-" if apart else "")


def _between(above: str, below: str) -> str:
    """Return what separates two lines: a space, or "" where a word or address goes on."""
    last, following = above[-1:], below[:1]
    if _is_wide(last) and _is_wide(following):
        return ""
    if last in "—―" and above[-2:-1] not in {" ", ""} and following.isalnum():
        return ""
    if following in "—―" and below[1:2] not in {" ", ""} and last.isalnum():
        return ""
    if _DIGITS_APART.search(above[-2:]) and following.isdigit():
        return ""
    if last == "/" and above[-2:-1].isalpha() and following.isalpha():
        return ""
    return "" if _is_in_address(above, below) else " "


def _is_in_address(above: str, below: str) -> bool:
    """Return whether a web address at the end of the line `above` goes on in the line `below`."""
    address = _ADDRESS.search(above, max(0, len(above) - 400))
    if not address or not below or below[0].isspace():
        return False
    word = below.split(maxsplit=1)[0]
    if below[0] in "/?&=#%_~@":
        return True
    return above[-1] in _BREAKS_ADDRESS and bool(_GOES_ON.match(word)) and not word[0].isupper()


def _is_wide(char: str) -> bool:
    """Return whether a character is of a script that is written without spaces."""
    return "\u2e80" <= char < "\uac00" or "\uff00" <= char < "\uffa0"
