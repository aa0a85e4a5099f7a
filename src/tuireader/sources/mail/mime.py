"""Parses MIME messages (RFC 2045 to 2047) within limits.

The parser of the standard library takes time that grows with the depth of parts times the
lines, and cannot be bounded; only its parser of headers is used.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser

from tuireader.domain.errors import SourceError
from tuireader.text.sanitize import sanitize_line

DEEPEST = 12
"""How many parts may be nested in each other; mail programs nest four."""
MOST_PARTS = 2_000
LARGEST_HEADERS = 200_000
"""Bytes of a part's headers that are read."""
LONGEST_VALUE = 4_000
"""Code points of a header that are decoded."""
_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_ENCODED_WORDS = re.compile(r"(=\?[^?\s]{1,60}\?[bBqQ]\?[^?\s]*\?=)\s+(?==\?)")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a message: its headers, and its content in its transfer encoding."""

    headers: Message
    encoded: bytes

    @property
    def kind(self) -> str:
        """The media type, such as "text/html"."""
        return self.headers.get_content_type()

    @property
    def charset(self) -> str:
        """The charset that the part states; empty if it states none."""
        return self.headers.get_content_charset("")

    @property
    def filename(self) -> str:
        """The name of the file that the part is; empty if it has none."""
        return decoded(self.headers.get_filename("") or "")

    @property
    def is_attachment(self) -> bool:
        """Whether the part is a file to be opened apart from the text, as its header states."""
        return self.headers.get_content_disposition() == "attachment"

    def header(self, name: str) -> str:
        """Return a header as text in one line; empty if there is none.

        Case in the name does not matter.
        """
        return decoded(str(self.headers.get(name, "")))

    def content(self) -> bytes:
        """Return the content with its transfer encoding decoded.

        Of damaged Base64, as much as can be decoded.
        """
        coding = str(self.headers.get("Content-Transfer-Encoding", "")).strip().lower()
        if coding == "base64":
            return _from_base64(self.encoded)
        if coding == "quoted-printable":
            return binascii.a2b_qp(self.encoded)
        return self.encoded


def parse_message(data: bytes) -> Part:
    """Return a whole message as a part; bytes without headers give a part without any."""
    end = _HEADERS_END.search(data, 0, LARGEST_HEADERS)
    if data.startswith((b"\n", b"\r\n")):
        head, body = b"", data.lstrip(b"\r\n")
    elif end is None:
        head, body = data[:LARGEST_HEADERS], b""
    else:
        head, body = data[: end.start() + 1], data[end.end() :]
    return Part(BytesHeaderParser().parsebytes(head), body)


def leaves_of(part: Part, location: str) -> Iterator[Part]:
    """Yield the parts of a message that have no parts themselves, in order.

    Of alternatives, HTML is taken if there is any, else plain text, else the last. Raises
    SourceError, which names `location`, if the parts are nested too deeply or are too many.
    """
    count = 0
    stack = [(part, 0)]
    while stack:
        current, depth = stack.pop()
        count += 1
        if depth > DEEPEST or count > MOST_PARTS:
            raise SourceError(location, "its parts are nested too deeply, or are too many")
        if current.headers.get_content_maintype() != "multipart":
            yield current
            continue
        inner = _chosen(current, list(parts_of(current)))
        stack += [(each, depth + 1) for each in reversed(inner)]


def parts_of(part: Part) -> Iterator[Part]:
    """Yield the parts of a multipart message; nothing if it states no boundary."""
    boundary = part.headers.get_boundary("")
    if not boundary:
        return
    mark = b"--" + boundary.encode("latin-1", "replace")
    data, number = b"\n" + part.encoded, 0
    start = data.find(b"\n" + mark)
    while start >= 0 and number < MOST_PARTS:
        line_end = data.find(b"\n", start + 1)
        closes = data[start + 1 + len(mark) : start + 3 + len(mark)] == b"--"
        if line_end < 0 or closes:
            return
        end = data.find(b"\n" + mark, line_end)
        yield parse_message(data[line_end + 1 : end if end >= 0 else len(data)].rstrip(b"\r"))
        start, number = end, number + 1


def _chosen(part: Part, parts: list[Part]) -> list[Part]:
    """Return those of a multipart's parts that are read: all, but only one of alternatives."""
    if part.kind != "multipart/alternative" or len(parts) < 2:
        return parts
    for each in reversed(parts):
        if each.kind == "text/html":
            return [each]
        if each.kind in {"multipart/related", "multipart/mixed"}:
            inner = list(parts_of(each))
            if any(leaf.kind in {"text/html", "multipart/alternative"} for leaf in inner):
                return [each]
    texts = [each for each in parts if each.kind == "text/plain"]
    return texts[-1:] or parts[-1:]


def decoded(value: str) -> str:
    """Return a header's value with its encoded words (RFC 2047) decoded, in one line.

    A value that is encoded incorrectly is returned as it is, sanitized.
    """
    value = value[:LONGEST_VALUE]
    if "=?" not in value:
        return sanitize_line(_raw(value))
    try:
        pieces = decode_header(_ENCODED_WORDS.sub(r"\1", value))
    except (HeaderParseError, binascii.Error, ValueError):
        return sanitize_line(value)
    return sanitize_line("".join(_piece(data, charset) for data, charset in pieces))


def _raw(value: str) -> str:
    """Return a header's value with bytes that are not ASCII decoded as UTF-8 or Windows-1252."""
    data = value.encode("ascii", "surrogateescape") if value.isascii() else None
    if data is not None:
        return value
    try:
        return value.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:
        return value.encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _piece(data: bytes | str, charset: str | None) -> str:
    """Return the text of a piece of a header, as `email.header.decode_header` returns it.

    `charset` is None for a piece without one; UTF-8 is used if it is unknown.
    """
    if isinstance(data, str):
        return _raw(data)
    try:
        return data.decode(charset or "ascii")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


def _from_base64(data: bytes) -> bytes:
    """Return Base64 decoded; of damaged data as much as can be decoded."""
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        whole = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
        cut = whole[: len(whole) // 4 * 4]
        try:
            return binascii.a2b_base64(cut)
        except binascii.Error:
            return b""
