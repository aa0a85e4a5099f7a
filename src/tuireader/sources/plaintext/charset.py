"""Guesses the legacy encoding of a text that states none and is not Unicode.

Three judges are asked in turn: how the letters of languages in Latin script fit each encoding, how
much a text reads as Chinese, Japanese, Korean or Russian, and charset-normalizer for all others.
"""

import codecs
from collections.abc import Callable, Iterator
from itertools import pairwise

from tuireader.text.lazy_pattern import lazy_pattern

WESTERN = "cp1252"
_SAMPLE = 6_000
"""Bytes of the lines with letters that are not ASCII that are examined."""
_HIGH = bytes(range(0x80, 0x100))
_LEAST_FIT = 0.75
"""How well the letters must fit a language for its encoding to be taken."""
_CLEAR_FIT = 0.95
"""How well they must fit in a text with many letters that are not ASCII."""
_MARGIN = 0.02
"""By how much the fit of another encoding must exceed that of a more usual one."""

_FREQUENT_CYRILLIC = frozenset("оеаинтсрвлкмдпу")
_FREQUENT_HANZI = frozenset("的一是不了在人有我他这中大来上国个到说们为和你地出也时年得就那要")
_MARKS = frozenset("“”„‘’‚–—…«»‹›•·€£©®™°§†‡¿¡º ª ½¼¾²³×¨´")
_IN_WORD = lazy_pattern(
    r"(?<=[^\W\d_])[^\w\s’‘'”“»«„…—–.,;:!?)(\x00-\x7f·]+(?=[^\W\d_])|[\x80-\x9f]|[©®¦](?=[^\W\dA-Z_])"
)
"""Signs that are no part of a word between its letters, or at its start ("©árka")."""
_TAGS = lazy_pattern(rb"<[^<>]*>")
_WORD = lazy_pattern(r"[^\W\d_]+")

_LANGUAGES = {
    # Its letters that are not ASCII, and frequent words in ASCII.
    "pl": ("ąćęłńóśźż", "i w z na do nie to jest o po za od co jak by ale dla"),
    "cs": ("áčďéěíňóřšťúůýž", "a v na je to s z do o po za od ale jako by kdo ze"),
    "sk": ("áäčďéíĺľňóôŕšťúýž", "a v na je to s z do o po za od ale ako by kto zo"),
    "hu": ("áéíóöőúüű", "a az hogy nem is egy ez volt de meg csak mint ha mert"),
    "ro": ("ăâîșțşţ", "a de la cu pe din nu un o care ce mai sau este au"),
    "hr": ("čćđšž", "je i da se na u su od za s ne to nije sam bio kao koji ali"),
    "sl": ("čšž", "je in da se na v so od za s ne to ni bil kot ki pa tudi"),
    "tr": ("çğıİöşüâîû", "bir ve bu da de ile o daha ama ne sonra kadar gibi"),
    "lt": ("ąčęėįšųūž", "ir yra kad su buvo tai jis bet o ne prie nuo iki kurie"),
    "lv": ("āčēģīķļņšūž", "un ir ka ar bija tas bet no uz par pie kas vai ne jo"),
    "et": ("äõöüšž", "ja on ei et see oli ta kui ning aga oma mis kes ka"),
    "fr": ("àâæçéèêëîïôœùûüÿ", "le la les de des et un une que qui dans pour pas sur est a ne"),
    "de": ("äöüßé", "der die das und ist in den von zu mit sich nicht ein eine im an war"),
    "es": ("áéíñóúü¿¡", "de la que el en y a los se del las un por con no una su"),
    "pt": ("àáâãçéêíóôõúü", "de a o que e do da em um para com os no uma na por se"),
    "it": ("àèéìíòóùú", "di che e la il un a per in una non del con si da i le"),
    "nl": ("áèéëïóöü", "de het een en van in is dat op te niet zijn met voor was"),
    "sv": ("åäöé", "och att det i en som den av till var med inte han ett om hon"),
    "da": ("æøåé", "og i det at en den til er som med de ikke der var han et for"),
    "fi": ("äöå", "ja on ei se oli mutta kun hän niin joka sen ovat kuin myös"),
    "is": ("áðéíóúýþæö", "og að er var ekki en um hann til sem hún af það"),
    "en": ("éèêëïöñüçáíóàâôî", "the of and to a in is was that it for on with he as his at"),
    "ca": ("àçéèíïóòúü·", "de la que el i a en els les per un amb no una es va del"),
}
_WESTERN_LANGUAGES = "en fr de es pt it nl sv da fi is ca"
_LATIN_ENCODINGS = {
    # The most usual first: a later one must fit better.
    WESTERN: (0.0, _WESTERN_LANGUAGES),
    "cp1250": (0.01, "pl cs sk hu ro hr sl"),
    "cp1254": (0.02, "tr"),
    "cp1257": (0.02, "lt lv et"),
    "iso8859_2": (0.03, "pl cs sk hu ro hr sl"),
    "iso8859_9": (0.04, "tr"),
    "iso8859_13": (0.05, "lt lv et"),
    "mac_roman": (0.05, _WESTERN_LANGUAGES),
    "cp850": (0.08, _WESTERN_LANGUAGES),
    "cp852": (0.08, "pl cs sk hu ro hr sl"),
    "mac_latin2": (0.1, "pl cs sk hu hr sl"),
    "iso8859_15": (0.1, _WESTERN_LANGUAGES),
}
_CYRILLIC_ENCODINGS = ("cp1251", "koi8_r", "koi8_u", "mac_cyrillic", "iso8859_5", "cp866", "cp1125")
_NOT_AGAINST_CYRILLIC = (
    *_CYRILLIC_ENCODINGS, "shift", "euc", "big5", "gb", "cp932", "cp949", "cp950", "hz", "johab",
    "iso2022", "kz1048", "ptcp154", "cp855", "koi8_t",
)  # fmt: skip
"""What charset-normalizer finds in a text that reads as Russian, and does not count."""


def guess_encoding(data: bytes) -> str:
    """Return the name of the legacy encoding of a text: cp1252 unless another fits better.

    A text with more than a quarter of non-ASCII bytes is not in Latin script.
    """
    sample = _TAGS.sub(b" ", _sample(data))
    high = len(sample) - len(sample.translate(None, _HIGH))
    encoding, fit = _of_latin_script(sample)
    if high * 4 > len(sample) and (fit < _CLEAR_FIT or high * 2 > len(sample)):
        return _of_other_script(sample)
    if fit >= _LEAST_FIT:
        return encoding
    return _by_charset_normalizer(sample) or encoding


def _sample(data: bytes) -> bytes:
    """Return the lines that have bytes that are not ASCII, up to 6,000 bytes of them."""
    found, size = [], 0
    for line in data.splitlines(keepends=True):
        if not line.isascii():
            found.append(line)
            size += len(line)
            if size >= _SAMPLE:
                break
    return b"".join(found)[: 2 * _SAMPLE] if found else data[:_SAMPLE]


def _of_latin_script(sample: bytes) -> tuple[str, float]:
    """Return the encoding in which a language in Latin script fits best, and how well.

    The fit is at most 1.5; the encoding is cp1252 if none is better.
    """
    best, chosen = -1.0, WESTERN
    for encoding, (handicap, languages) in _LATIN_ENCODINGS.items():
        text = _decoded(sample, encoding)
        fit = max(_fits(text, languages.split()), default=0.0) - handicap
        if text and fit > best + _MARGIN:
            best, chosen = fit, encoding
    return chosen, best


def _fits(text: str, languages: list[str]) -> Iterator[float]:
    """Return for each language how well the letters and words of a text fit it, up to 1.5."""
    foreign = [char for char in text if char > "\x7f" and char not in _MARKS]
    marks = sum(char in _MARKS for char in text)
    odd = _misplaced(text)
    words = [word for word in _WORD.findall(text.lower()) if word.isascii()]
    for language in languages:
        letters, frequent = _LANGUAGES[language]
        known = sum(char.lower() in letters or char in letters for char in foreign)
        usual = set(frequent.split())
        rate = sum(word in usual for word in words) / len(words) if words else 0.0
        share = (known + marks) / (len(foreign) + marks) if foreign or marks else 0.0
        yield share - odd / max(1, len(foreign) + marks) + min(0.5, rate)


def _misplaced(text: str) -> int:
    """Return how many signs and capitals are where a word has none, as in a wrong encoding."""
    capitals = sum(
        before.islower() and char.isupper() and char > "\x7f" for before, char in pairwise(text)
    )
    return capitals + len(_IN_WORD.findall(text))


def _of_other_script(sample: bytes) -> str:
    """Return the encoding of a text that is not in Latin script."""
    best, name = 0.5, ""
    for encoding, score in _JUDGES.items():
        found = score(_decoded(sample, encoding))
        if found > best:
            best, name = found, encoding
    if name and _JUDGES[name] is not _cyrillic:
        return name
    other = _by_charset_normalizer(sample)
    if name and (not other or other.startswith(_NOT_AGAINST_CYRILLIC)):
        candidates = dict.fromkeys((name, *_CYRILLIC_ENCODINGS))
        return max(candidates, key=lambda encoding: _cyrillic(_decoded(sample, encoding)))
    return other or name or WESTERN


def _by_charset_normalizer(sample: bytes) -> str:
    """Return the encoding that charset-normalizer finds most likely; "" if it finds none."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 20 ms, and seldom needed

    found = from_bytes(sample, steps=5, chunk_size=512).best()
    if found is None or found.encoding in {"ascii", "utf_8"}:
        return ""
    try:
        codecs.getincrementaldecoder(found.encoding)
    except LookupError:
        return ""
    return str(found.encoding)


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
    if not letters:
        return 0.0
    frequent = sum(char in _FREQUENT_CYRILLIC for char in letters)
    return (frequent - _misplaced(text[:4_000])) / len(letters)


_JUDGES: dict[str, Callable[[str], float]] = {
    "cp932": _japanese,
    "euc_jp": _japanese,
    "euc_kr": _korean,
    "gb18030": _chinese,
    "big5": _chinese,
    "koi8_r": _cyrillic,
    "cp1251": _cyrillic,
}
