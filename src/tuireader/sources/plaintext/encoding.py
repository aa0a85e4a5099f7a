"""Decodes text files: detects the encoding, and refuses files that are not text."""

import codecs
import re
from collections.abc import Callable

from tuireader.domain.errors import SourceError
from tuireader.sources.files import NOT_READ_YET
from tuireader.text.sanitize import REPLACEMENT

WINDOW = 65_536
"""Bytes that are decoded at a time. Detection looks at one window, so that the start of a file
and the whole of it give the same result."""

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_KINDS_NOT_READ = (b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"{\\rtf", b"\xd0\xcf\x11\xe0")
_KINDS_NOT_TEXT = (
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3\x00", "a database"),
)
_RARE_CONTROLS = bytes([*range(1, 7), *range(14, 27), *range(28, 32), 127])


class Decoder:
    """Decodes a file window by window, without sanitizing the text.

    The encoding is UTF-8, UTF-16 or UTF-32 (by the byte order mark; UTF-16 also by its zero
    bytes), or else a guessed legacy encoding, mostly cp1252.
    """

    def __init__(self, first: bytes, location: str) -> None:
        """Examine the first window; raise SourceError if it is not text."""
        self.encoding = ""
        """The encoding's name; empty while all bytes were ASCII."""
        self._refuse_other_kinds(first, location)
        mark, encoding = _mark_of(first)
        self._skip = len(mark)
        self._incremental: codecs.IncrementalDecoder | None = None
        if encoding:
            self._use(encoding)
        elif _looks_binary(first):
            raise SourceError(location, "it is not text")

    def feed(self, data: bytes, *, final: bool = False) -> str:
        """Return the text of the next window."""
        if self._skip:
            data, self._skip = data[self._skip :], 0
        if not self.encoding:
            if data.isascii():
                return data.decode("ascii")
            self._decide(data, final=final)
        if self.encoding == WESTERN:
            return decode_cp1252(data)
        assert self._incremental is not None  # noqa: S101 - set wherever an encoding is chosen
        return self._incremental.decode(data, final)

    def _use(self, encoding: str) -> None:
        """Set the encoding, and its decoder."""
        self.encoding = encoding
        if encoding != WESTERN:
            self._incremental = codecs.getincrementaldecoder(encoding)("replace")

    def _decide(self, data: bytes, *, final: bool) -> None:
        """Choose the encoding at the first bytes that are not ASCII."""
        if _is_mostly_utf8(data, final=final):
            self._use("utf-8")
        else:
            self._use(guess_encoding(data))

    @staticmethod
    def _refuse_other_kinds(first: bytes, location: str) -> None:
        """Raise SourceError for a file of a known other type, such as a picture."""
        if first.startswith(_KINDS_NOT_READ):
            raise SourceError(location, NOT_READ_YET)
        for start, what in _KINDS_NOT_TEXT:
            if first.startswith(start):
                raise SourceError(location, f"it is {what}, not text")


def _mark_of(first: bytes) -> tuple[bytes, str]:
    """Return the byte order mark and its encoding; empty strings if there is none."""
    for mark, encoding in _MARKS:
        if first.startswith(mark):
            return mark, encoding
    pairs = len(first) // 2
    if pairs >= 4:
        even, odd = first[0::2].count(0), first[1::2].count(0)
        if odd > 0.6 * pairs and even < 0.1 * pairs:
            return b"", "utf-16-le"
        if even > 0.6 * pairs and odd < 0.1 * pairs:
            return b"", "utf-16-be"
    return b"", ""


def _looks_binary(first: bytes) -> bool:
    """Return whether bytes have many zeros, or control bytes of many kinds, and so are not text."""
    if first.count(0) > 0.2 * len(first):
        return True
    rest = len(first) - len(first.translate(None, _RARE_CONTROLS))
    if rest <= 0.03 * len(first):
        return False
    return sum(control in first for control in _RARE_CONTROLS) >= 6


def _is_mostly_utf8(data: bytes, *, final: bool) -> bool:
    """Return whether most characters that are not ASCII are valid UTF-8."""
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(data, final)
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.end - error.start >= 2:
            return True
        text = data.decode("utf-8", "replace")
        bad = text.count(REPLACEMENT)
        good = len(text) - len(text.encode("ascii", "ignore")) - bad
        return good >= bad
    return True


def decode_text(data: bytes, location: str) -> str:
    """Decode a whole small file, in the encoding that its bytes suggest.

    Bytes that are not valid in that encoding become U+FFFD. Raises SourceError if the file
    is not text.
    """
    decoder = Decoder(data[:WINDOW], location)
    parts = [
        decoder.feed(data[at : at + WINDOW], final=at + WINDOW >= len(data))
        for at in range(0, len(data), WINDOW)
    ]
    return "".join(parts)


_HIGH_HALF = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ"
_WESTERN = (
    bytes(range(0x80)).decode("ascii") + _HIGH_HALF + bytes(range(0xA0, 0x100)).decode("latin-1")
)

_MAC_MARKS = re.compile(
    rb"[a-z]\xd5[a-z]|(?:^|[\s(])\xd2[A-Za-z]|[A-Za-z.,!?]\xd3(?:\s|$)|\s\xd0\s"
)
_WESTERN_MARKS = re.compile(rb"[\x91-\x97]")
_FREQUENT_CYRILLIC = frozenset("оеаинтсрвлкмдпу")
_FREQUENT_HANZI = frozenset("的一是不了在人有我他这中大来上国个到说们为和你地出也时年得就那要")

WESTERN = "cp1252"


def decode_cp1252(data: bytes) -> str:
    """Decode cp1252; its five undefined bytes become the code points of the same number."""
    return codecs.charmap_decode(data, "strict", _WESTERN)[0]


def guess_encoding(data: bytes) -> str:
    """Return the name of the legacy encoding of a text: cp1252 unless another fits clearly better.

    A text with more than a quarter of non-ASCII bytes is not in a western language; Mac Roman
    is recognised by its quotation marks.
    """
    high = len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))
    if high * 4 <= len(data):
        return "mac_roman" if _looks_mac(data) else WESTERN
    best, name = 0.5, WESTERN
    for encoding, score in _JUDGES.items():
        found = score(_decoded(data, encoding))
        if found > best:
            best, name = found, encoding
    return name


def _looks_mac(data: bytes) -> bool:
    return len(_MAC_MARKS.findall(data)) > len(_WESTERN_MARKS.findall(data))


def _decoded(data: bytes, encoding: str) -> str:
    """Return the text in an encoding; empty if the bytes are not valid in it."""
    try:
        # A window may end inside a character, so the last bytes are left undecoded.
        return codecs.getincrementaldecoder(encoding)("strict").decode(data)
    except UnicodeDecodeError:
        return ""


def _foreign(text: str) -> str:
    return "".join(char for char in text[:4_000] if char > "\x7f")


def _japanese(text: str) -> float:
    """Return how well a text reads as Japanese, from 0 to 1."""
    letters = _foreign(text)
    kana = sum("\u3041" <= char <= "\u30fe" for char in letters)
    kanji = sum("\u4e00" <= char <= "\u9fff" for char in letters)
    marks = sum("\u3000" <= char <= "\u303f" or "\uff01" <= char <= "\uff5e" for char in letters)
    return (kana + kanji + marks) / len(letters) if kana * 5 >= len(letters) > 0 else 0.0


def _korean(text: str) -> float:
    """Return how well a text reads as Korean, from 0 to 1.1."""
    letters = _foreign(text)
    hangul = sum("\uac00" <= char <= "\ud7a3" for char in letters)
    return hangul / len(letters) + 0.1 if letters else 0.0


def _chinese(text: str) -> float:
    """Return how well a text reads as Chinese, from -0.4 to 0.9."""
    letters = _foreign(text)
    if not letters:
        return 0.0
    hanzi = sum("\u4e00" <= char <= "\u9fff" for char in letters)
    marks = sum(char in "，。、：；！？「」『』（）“”‘’《》" for char in letters)
    frequent = any(char in _FREQUENT_HANZI for char in letters)
    return (hanzi + marks) / len(letters) - (0.1 if frequent else 0.4)


def _cyrillic(text: str) -> float:
    """Return how well a text reads as Russian, from 0 to 1."""
    letters = _foreign(text)
    return sum(char in _FREQUENT_CYRILLIC for char in letters) / len(letters) if letters else 0.0


_JUDGES: dict[str, Callable[[str], float]] = {
    "cp932": _japanese,
    "euc_jp": _japanese,
    "euc_kr": _korean,
    "gb18030": _chinese,
    "big5": _chinese,
    "koi8_r": _cyrillic,
    "cp1251": _cyrillic,
}
