"""Which of the encodings from before Unicode a text is in, when it says nothing of it."""

import codecs
import re
from collections.abc import Callable

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


def western(data: bytes) -> str:
    """Decode cp1252; its five undefined bytes stand for themselves, as in latin-1."""
    return codecs.charmap_decode(data, "strict", _WESTERN)[0]


def guess(data: bytes) -> str:
    """The name of the encoding: cp1252 unless another fits clearly better.

    A text in which every fourth byte or more is not ASCII is not written in a
    western language; Mac Roman shows itself by its quotation marks.
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
    try:
        # A window may end inside a character, so the last bytes are left undecoded.
        return codecs.getincrementaldecoder(encoding)("strict").decode(data)
    except UnicodeDecodeError:
        return ""


def _foreign(text: str) -> str:
    return "".join(char for char in text[:4_000] if char > "\x7f")


def _japanese(text: str) -> float:
    letters = _foreign(text)
    kana = sum("\u3041" <= char <= "\u30fe" for char in letters)
    kanji = sum("\u4e00" <= char <= "\u9fff" for char in letters)
    marks = sum("\u3000" <= char <= "\u303f" or "\uff01" <= char <= "\uff5e" for char in letters)
    return (kana + kanji + marks) / len(letters) if kana * 5 >= len(letters) > 0 else 0.0


def _korean(text: str) -> float:
    letters = _foreign(text)
    hangul = sum("\uac00" <= char <= "\ud7a3" for char in letters)
    return hangul / len(letters) + 0.1 if letters else 0.0


def _chinese(text: str) -> float:
    letters = _foreign(text)
    if not letters:
        return 0.0
    hanzi = sum("\u4e00" <= char <= "\u9fff" for char in letters)
    marks = sum(char in "，。、：；！？「」『』（）“”‘’《》" for char in letters)
    frequent = any(char in _FREQUENT_HANZI for char in letters)
    return (hanzi + marks) / len(letters) - (0.1 if frequent else 0.4)


def _cyrillic(text: str) -> float:
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
