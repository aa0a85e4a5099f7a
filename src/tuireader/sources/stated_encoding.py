"""Decodes XML and letters: in the encoding that a header, the XML or the bytes state."""

import codecs
import re

from tuireader.sources.plaintext.charset import guess_encoding
from tuireader.sources.plaintext.encoding import decode_as, decode_cp1252, named_encoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FIRST_BYTES = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
"""How `<?xml` starts in encodings that are no extensions of ASCII (XML 1.0, appendix F)."""
_DECLARED = re.compile(rb"<\?xml\b[^>]{0,200}?\bencoding\s{0,20}=\s{0,20}[\"']([\w.:-]{1,40})[\"']")
_DECLARED_WITHIN = 1_000
_WIDE = frozenset({"utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"})
_ENOUGH = 16
"""Bytes that are not ASCII, from which another encoding than Windows-1252 can be told."""
_INVALID = re.compile("[\udc80-\udcff]+")
_BYTE_ORDER_MARK = "\ufeff"


def decode_stated(data: bytes, charset: str = "") -> str:
    """Decode a feed, a list of feeds, or a part of a letter.

    The order is that of RFC 7303: the byte order mark, the charset that the server stated,
    the XML declaration, UTF-8. A stated encoding in which the bytes are not valid is ignored.
    Bytes that are not valid in UTF-8 are taken for Windows-1252, or for the encoding that
    they suggest if few of the others are UTF-8.

    Args:
        data: The bytes.
        charset: The charset in the Content-Type header; empty if there is none.
    """
    marked = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), None)
    if marked:
        data = data[len(marked[0]) :]
    first = "" if marked else next((name for at, name in _FIRST_BYTES if data.startswith(at)), "")
    named = (marked[1] if marked else "", charset, _declared(data, first), first, "utf-8")
    for name in filter(None, named):
        text = decode_as(data, name)
        if text is not None:
            return text.removeprefix(_BYTE_ORDER_MARK)
    return _repaired(data)


def _declared(data: bytes, first: str) -> str:
    """Return the encoding in the XML declaration; empty if there is none or the bytes refute it.

    `first` is the encoding that the first bytes show; empty if they are ASCII.
    """
    head = data[:_DECLARED_WITHIN]
    if first:
        head = head.decode(first, "ignore").encode("ascii", "ignore")
    found = _DECLARED.search(head)
    name = named_encoding(found[1].decode("ascii", "ignore")) if found else ""
    # A declaration that can be read as ASCII is not in UTF-16, whatever it says.
    return "" if name in _WIDE and not first else name


def _repaired(data: bytes) -> str:
    """Return bytes decoded that are not valid in any stated encoding; this never fails."""
    text = data.decode("utf-8", "surrogateescape")
    bad = sum(end - start for start, end in (match.span() for match in _INVALID.finditer(text)))
    good = len(text) - bad - len(text.encode("ascii", "ignore"))
    if good >= bad or bad < _ENOUGH:
        return _INVALID.sub(_western, text)
    encoding = guess_encoding(data)
    return decode_cp1252(data) if encoding == "cp1252" else data.decode(encoding, "replace")


def _western(found: re.Match[str]) -> str:
    """Return the bytes of a match, which UTF-8 does not decode, decoded as Windows-1252."""
    return decode_cp1252(found[0].encode("utf-8", "surrogateescape"))
