"""The Latin letter on the key that types a letter of another script, by its physical place.

The tables are those of the layouts that the operating systems have for each language; where one
letter has several places, that of the most common layout is taken.
"""

from functools import cache

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./"
_SHIFTED = '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?'

_LAYOUTS = (
    ("ёйцукенгшщзхъфывапролджэячсмитьбю.", "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"),  # Russian
    ("'йцукенгшщзхїфівапролджєячсмитьбю.", "₴ЙЦУКЕНГШЩЗХЇФІВАПРОЛДЖЄЯЧСМИТЬБЮ,"),  # Ukrainian
    ("ёйцукенгшўзх'фывапролджэячсмітьбю.", "ЁЙЦУКЕНГШЎЗХ'ФЫВАПРОЛДЖЭЯЧСМІТЬБЮ,"),  # Belarusian
    ("`љњертзуиопшђасдфгхјклчћѕџцвбнм,.-", "~ЉЊЕРТЗУИОПШЂАСДФГХЈКЛЧЋЅЏЦВБНМ;:_"),  # Serbian
    ("`;ςερτυθιοπ[]ασδφγηξκλ΄'ζχψωβνμ,./", '~:΅ΕΡΤΥΘΙΟΠ{}ΑΣΔΦΓΗΞΚΛ¨"ΖΧΨΩΒΝΜ<>?'),  # Greek
    (";/'קראטוןםפ][שדגכעיחלךף,זסבהנמצתץ.", ""),  # Hebrew
    ("ذضصثقفغعهخحجدشسيبلاتنمكطئءؤر ىةوزظ", ""),  # Arabic
    ("‍ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو./", ""),  # Persian
    ("„ქწერტყუიოპ[]ასდფგჰჯკლ;'ზხცვბნმ,./", ""),  # Georgian
    ("`ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ[]ㅁㄴㅇㄹㅎㅗㅓㅏㅣ;'ㅋㅌㅊㅍㅠㅜㅡ,./", ""),  # Korean
    ("_ๆไำพะัีรนยบลฟหกดเ้่าสวงผปแอิืทมใฝ", ""),  # Thai
)
"""The letters on the keys of `_LATIN`, and with Shift those of `_SHIFTED`; "" if not known."""


@cache
def _table() -> dict[str, str]:
    """Return the Latin character for each character of another script."""
    table: dict[str, str] = {}
    for plain, shifted in _LAYOUTS:
        for letters, keys in ((plain, _LATIN), (shifted, _SHIFTED)):
            for letter, key in zip(letters, keys, strict=False):
                if not letter.isascii() and letter.isprintable():
                    table.setdefault(letter, key)
    return table


def latin_character(character: str) -> str:
    """Return the character that the same key types on a Latin keyboard; "" if it is not known.

    Digits of other scripts give their ASCII digits.

    >>> latin_character("о"), latin_character("ξ"), latin_character("٣"), latin_character("j")
    ('j', 'j', '3', '')
    """
    if len(character) != 1 or character.isascii():
        return ""
    if character.isdecimal():
        return str(int(character))
    return _table().get(character, "")
