"""Splits Rich Text into tokens, and says what its control words stand for."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<byte>[0-9A-Fa-f]{2})"
    r"|\\(?P<symbol>[^A-Za-z])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)

CHARACTERS = {
    "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
    "zwj": "\u200d", "zwnj": "\u200c", "chdate": "", "chtime": "",
}  # fmt: skip
SYMBOLS = {"~": "\xa0", "_": "\u2011", "-": "", "{": "{", "}": "}", "\\": "\\"}
CODEPAGES = {
    0: "cp1252", 2: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab",
    134: "gb18030", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437",
    255: "cp850",
}  # fmt: skip
"""The encodings that the charsets of fonts stand for."""

SKIPPED = frozenset(
    [
        "colortbl",
        "filetbl",
        "revtbl",
        "rsidtbl",
        "listtable",
        "listoverridetable",
        "generator",
        "template",
        "pict",
        "nonshppict",
        "header",
        "footer",
        "headerl",
        "headerr",
        "headerf",
        "footerl",
        "footerr",
        "footerf",
        "ftnsep",
        "ftnsepc",
        "ftncn",
        "aftnsep",
        "aftnsepc",
        "aftncn",
        "themedata",
        "colorschememapping",
        "datastore",
        "latentstyles",
        "xmlnstbl",
        "xmlopen",
        "xmlclose",
        "wgrffmtfilter",
        "mmathPr",
        "userprops",
        "docvar",
        "background",
        "bkmkstart",
        "bkmkend",
        "xe",
        "tc",
        "rxe",
        "shprslt",
        "sp",
        "objdata",
        "objclass",
        "objname",
        "blipuid",
        "pnseclvl",
        "pgptbl",
        "private",
        "passwordhash",
        "do",
        "atrfstart",
        "atrfend",
        "atntime",
        "atndate",
        "atnref",
        "atnparent",
        "formfield",
        "datafield",
        "fldtype",
    ]
)
"""Destinations whose words are no part of the text."""
IGNORABLE_BUT_READ = frozenset({"shpinst", "shptxt", "fldinst", "footnote", "annotation", "atnid"})
"""Destinations that old programs may ignore, and that hold words."""


class RtfToken(NamedTuple):
    """A piece of Rich Text: a control word, a character in hexadecimal, a brace or words.

    `value` is its text; `number` is the number behind a control word, None if there is none.
    """

    kind: str
    """`word`, `byte`, `symbol`, `brace` or `text`."""
    value: str
    number: int | None = None


def tokens(text: str) -> Iterator[RtfToken]:
    """Yield the tokens of a file that was decoded as Latin-1, in order; binary data is left out."""
    at = 0
    while found := _TOKEN.search(text, at):
        at = found.end()
        kind = found.lastgroup or ""
        if found["word"]:
            number = int(found["number"]) if found["number"] else None
            if found["word"] == "bin" and number:
                at += max(0, number)
                continue
            yield RtfToken("word", found["word"], number)
        else:
            yield RtfToken(kind, found[kind])
