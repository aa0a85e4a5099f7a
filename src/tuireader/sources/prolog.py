"""What stands before the root element of a document, told without parsing it.

It is scanned by hand, because a pattern with several unbounded parts takes exponential
time on text that was made for that.
"""

import re

_BLANKS = re.compile(r"\s*+")
_DOCTYPE = re.compile(r"<!DOCTYPE", re.IGNORECASE)
_INSIDE = re.compile(r"[>\[]")
_SUBSET_END = re.compile(r"\]\s*+>")


def behind_remarks(text: str, at: int = 0) -> int:
    """Where blanks, comments and processing instructions end; the text's end if one is open."""
    while True:
        at = _behind_blanks(text, at)
        if text.startswith("<?", at):
            end = text.find("?>", at + 2) + len("?>")
        elif text.startswith("<!--", at):
            end = text.find("-->", at + 4) + len("-->")
        else:
            return at
        if end <= at:
            return len(text)
        at = end


def root_at(text: str) -> int:
    """Where the root element begins; the text's end if what stands before it is not closed."""
    at = behind_remarks(text)
    if not _DOCTYPE.match(text, at):
        return at
    end = doctype_end(text, at)
    return len(text) if end < 0 else behind_remarks(text, end)


def doctype_in(text: str, within: int) -> int:
    """Where the document type begins, if it begins so early; else -1."""
    found = _DOCTYPE.search(text, 0, within)
    return found.start() if found else -1


def doctype_end(text: str, at: int) -> int:
    """Where the document type that begins at a place ends; -1 if it is not closed."""
    end = _INSIDE.search(text, at)
    if end and end[0] == "[":
        end = _SUBSET_END.search(text, end.end())
    return end.end() if end else -1


def _behind_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at
