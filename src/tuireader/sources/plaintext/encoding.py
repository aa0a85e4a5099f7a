"""Decodes text files: detects the encoding, and refuses files that are not text."""

import codecs
from typing import NamedTuple

from tuireader.domain.errors import SourceError
from tuireader.sources.files import NOT_READ_YET
from tuireader.sources.plaintext.charset import WESTERN, guess_encoding
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
_JAPANESE_ESCAPE = b"\x1b$B"
"""Begins Japanese in ISO-2022-JP, whose bytes are all ASCII."""
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

    def __init__(self, first: bytes, location: str, encoding: str = "") -> None:
        """Examine the first window.

        Args:
            first: The first window of the file.
            location: The path that errors name.
            encoding: The encoding that the reader chose; empty to detect it.

        Raises SourceError if it is not text, or there is no such encoding.
        """
        self.encoding = ""
        """The encoding's name; empty while all bytes were ASCII."""
        self.guessed = False
        """Whether the encoding was guessed from the letters."""
        self._refuse_other_kinds(first, location)
        mark, detected = _mark_of(first)
        encoding = chosen_encoding(encoding, location) or detected
        self._skip = len(mark)
        self._incremental: codecs.IncrementalDecoder | None = None
        if encoding:
            self._use(encoding)
        elif _looks_binary(first):
            raise SourceError(location, "it is not text")

    def feed(self, data: bytes, *, final: bool = False) -> str:
        """Return the text of the next window; `final` tells that it is the last one.

        The bytes of a character that is cut at the end are kept for the next window.
        """
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
        """Choose the encoding at the first bytes that are not ASCII; until then, do nothing.

        `data` is the next window, `final` tells whether it is the last.
        """
        if _is_mostly_utf8(data, final=final):
            self._use("utf-8")
        else:
            self._use(guess_encoding(data))
            self.guessed = True

    @staticmethod
    def _refuse_other_kinds(first: bytes, location: str) -> None:
        """Raise SourceError for a file of another known type, such as a picture."""
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
    if _JAPANESE_ESCAPE in first and first.isascii():
        return b"", "iso2022_jp"
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
    """Return whether most characters that are not ASCII are valid UTF-8.

    A character that is cut at the end counts as invalid only if `final`.
    """
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
    return decode(data, location).text


class DecodedText(NamedTuple):
    """The text of a file, and the encoding that was guessed for it.

    `guessed` is empty if the encoding is certain.
    """

    text: str
    guessed: str


def decode(data: bytes, location: str, encoding: str = "") -> DecodedText:
    """Decode a whole small file, in the encoding that the reader chose or the bytes suggest.

    Bytes that are not valid in that encoding become U+FFFD. Raises SourceError if the file
    is not text, or there is no such encoding.
    """
    decoder = Decoder(data[:WINDOW], location, encoding)
    parts = [
        decoder.feed(data[at : at + WINDOW], final=at + WINDOW >= len(data))
        for at in range(0, len(data), WINDOW)
    ]
    return DecodedText("".join(parts), decoder.encoding if decoder.guessed else "")


def chosen_encoding(label: str, location: str) -> str:
    """Return the codec of an encoding that the reader named; empty if none was named.

    Raises SourceError if there is no such encoding.
    """
    if not label:
        return ""
    if encoding := named_encoding(label):
        return encoding
    raise SourceError(location, f"there is no encoding “{label}”; try utf-8, cp1252 or gb18030")


def guess_notice(encoding: str) -> tuple[str, ...]:
    """Return what the reader is told about an encoding that was guessed.

    Nothing if `encoding` is empty, as it was not guessed then.
    """
    if not encoding:
        return ()
    name = _STANDARD_NAMES.get(encoding, encoding.replace("_", "-"))
    return (f"The encoding was guessed: {name}. Name another one if letters are wrong.",)


_MEANT = {
    # What the Encoding Standard's labels stand for, where Python takes them at their word.
    "ascii": WESTERN,
    "iso8859-1": WESTERN,
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
_STANDARD_NAMES = {
    **{f"cp{number}": f"windows-{number}" for number in range(1250, 1259)},
    "cp932": "Shift_JIS",
    "mac_roman": "macintosh",
}
COMMON_ENCODINGS = (
    *("utf-8", "windows-1252", "windows-1250", "windows-1251", "windows-1253", "windows-1254"),
    *("windows-1255", "windows-1256", "windows-1257", "windows-1258", "windows-874"),
    *("iso-8859-2", "iso-8859-5", "iso-8859-7", "iso-8859-8", "koi8-r", "koi8-u", "cp866", "cp850"),
    *("cp437", "macintosh", "shift_jis", "euc-jp", "iso-2022-jp", "gb18030", "big5", "euc-kr"),
    *("utf-16-le", "utf-16-be"),
)
"""The encodings that a reader is offered."""
_NO_TEXT = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"}
)
_LABELS = {
    "mac": "mac_roman",
    "macintosh": "mac_roman",
    "csmacintosh": "mac_roman",
    "x-mac-roman": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-ukrainian": "mac_cyrillic",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-gbk": "gb18030",
    "x-x-big5": "big5hkscs",
    "x-euc-jp": "euc_jp",
    "dos-874": "cp874",
    "windows-874": "cp874",
    "ks_c_5601-1989": "cp949",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "unicode": "utf-16-le",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "ms-cyrl": "cp1251",
}
"""Labels of encodings that browsers know and Python does not."""


def named_encoding(label: str) -> str:
    """Return the name of Python's codec for an encoding as files, servers and readers name it.

    As in browsers, ISO-8859-1 and US-ASCII stand for windows-1252. Empty if there is no such
    encoding of text.
    """
    label = label.strip().strip("'\"").lower()
    try:
        codec = codecs.lookup(_LABELS.get(label, label))
    except (LookupError, ValueError):
        return ""
    # Names such as "base64" and "rot13" are codecs, too.
    if codec.name in _NO_TEXT or not codec._is_text_encoding:  # noqa: SLF001 - nothing else tells
        return ""
    return _MEANT.get(codec.name, codec.name)


def decode_as(data: bytes, label: str) -> str | None:
    """Return a whole file decoded in the encoding that is stated for it.

    None if there is no such encoding, or the bytes are not valid in it. `label` is its name as
    files and servers state it.
    """
    encoding = named_encoding(label)
    if not encoding:
        return None
    if encoding == WESTERN:
        return decode_cp1252(data)
    try:
        return data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except (LookupError, ValueError):
        return None


_HIGH_HALF = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ"
_WESTERN = (
    bytes(range(0x80)).decode("ascii") + _HIGH_HALF + bytes(range(0xA0, 0x100)).decode("latin-1")
)


def decode_cp1252(data: bytes) -> str:
    """Decode cp1252; its five undefined bytes become the code points of the same number."""
    return codecs.charmap_decode(data, "strict", _WESTERN)[0]
