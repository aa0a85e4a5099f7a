"""Makes text safe to show: no control characters, no bidi overrides, newlines as line ends."""

from tuireader.text.lazy_pattern import lazy_pattern

_OTHER_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
_REMOVED = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069"
_SURROGATES = "\ud800-\udfff"

_DIRTY = lazy_pattern(f"[{_OTHER_ENDS}{_REMOVED}{_SURROGATES}]")
_REMOVED_RUN = lazy_pattern(f"[{_REMOVED}]+")
_SURROGATE = lazy_pattern(f"[{_SURROGATES}]")
_NOT_SHOWN = lazy_pattern(f"[{_REMOVED}{_SURROGATES}]")
_ASCII_CONTROLS = bytes([*range(9), *range(11, 32), 127])

REPLACEMENT = "\ufffd"


def sanitize(text: str) -> str:
    """Return text without control characters and bidi overrides, with newlines as line ends.

    C0 (but for tab and newline), DEL, C1, and the bidi embeddings, overrides
    and isolates are removed; CRLF, CR, NEL, VT, FF and LS become a newline, PS
    two; a lone surrogate becomes U+FFFD. Returns the same object if nothing changes.
    """
    if not _is_dirty(text):
        return text
    text = text.replace("\r\n", "\n").replace("\u2029", "\n\n")
    for end in _OTHER_ENDS:
        text = text.replace(end, "\n")
    if _NOT_SHOWN.search(text):
        text = _SURROGATE.sub(REPLACEMENT, _REMOVED_RUN.sub("", text))
    return text


def sanitize_line(text: str) -> str:
    """Return text as one sanitized line, with white space collapsed to single spaces.

    White space at the ends is removed, so a blank text gives "".
    """
    return " ".join(sanitize(text).split())


def replace_unsafe(text: str) -> str:
    """Return text with unsafe characters replaced one for one, so that offsets stay valid.

    Line ends become newlines (the CR of a CRLF a space); control characters, bidi overrides and
    lone surrogates become U+FFFD. Returns the same object if nothing changes.
    """
    if not _is_dirty(text):
        return text
    text = text.replace("\r\n", " \n")
    for end in _OTHER_ENDS:
        text = text.replace(end, "\n")
    return _NOT_SHOWN.sub(REPLACEMENT, text)


def _is_dirty(text: str) -> bool:
    """Return whether a text has any character that `sanitize` removes or replaces."""
    if text.isascii():
        # Three times as fast as the regular expression: 50 MB in 70 ms.
        raw = text.encode("ascii")
        return len(raw.translate(None, _ASCII_CONTROLS)) != len(raw)
    return _DIRTY.search(text) is not None
