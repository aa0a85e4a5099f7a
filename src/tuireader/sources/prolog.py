"""Scans the prolog of an HTML or XML document: what is before its root element.

It is scanned by hand, because a pattern with several unbounded parts could take exponential
time on crafted text.
"""

import re

_BLANKS = re.compile(r"\s*+")
_DOCTYPE = re.compile(r"<!DOCTYPE", re.IGNORECASE)
_INSIDE = re.compile(r"[>\[]")
_SUBSET_END = re.compile(r"\]\s*+>")


def behind_remarks(text: str, at: int = 0) -> int:
    """Return the offset behind white space, comments and processing instructions.

    It is the end of the text if one of them is not closed.
    """
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
    """Return the offset of the root element; the end of the text if the prolog is not closed."""
    at = behind_remarks(text)
    if not _DOCTYPE.match(text, at):
        return at
    end = doctype_end(text, at)
    return len(text) if end < 0 else behind_remarks(text, end)


def doctype_in(text: str, within: int) -> int:
    """Return the offset of the document type declaration, searched up to `within`; -1 if none."""
    found = _DOCTYPE.search(text, 0, within)
    return found.start() if found else -1


def doctype_end(text: str, at: int) -> int:
    """Return the offset behind the document type declaration that starts at `at`.

    -1 if unclosed.
    """
    end = _INSIDE.search(text, at)
    if end and end[0] == "[":
        end = _SUBSET_END.search(text, end.end())
    return end.end() if end else -1


def _behind_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at
