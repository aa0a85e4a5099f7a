"""Small capitals of Unicode, for words that their author set in small capitals.

They are only drawn: the text keeps its letters, which are copied, searched, quoted and exported.
"""

_PLAIN = "abcdefghijklmnoprstuvwyz"
_SMALL = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ"
_TABLE = str.maketrans(_PLAIN, _SMALL)

LETTERS = {ord(small): plain for plain, small in zip(_PLAIN, _SMALL, strict=True)}
"""The letters that small capitals stand for, by their code points."""


def has_small_capitals(words: str) -> bool:
    """Return whether Unicode has small capitals for all small letters of some words.

    A "q" or "x" stays as it is; it looks nearly the same.

    >>> has_small_capitals("Harbour & Quay"), has_small_capitals("Café")
    (True, False)
    """
    return all(letter.isascii() for letter in words if letter.islower())


def small_capitals(words: str) -> str:
    """Return words with small capitals for their small letters.

    >>> small_capitals("Ada Voss")
    'Aᴅᴀ Vᴏꜱꜱ'
    """
    return words.translate(_TABLE)
