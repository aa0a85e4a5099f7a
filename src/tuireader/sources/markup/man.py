"""Reads man pages: the macros of man(7) and mdoc(7) that hold text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from tuireader.sources.documents.document import DocumentContent
from tuireader.sources.plaintext.encoding import decode

_ESCAPE = re.compile(
    r"\\(?:f(?P<font>\[[^\]\n]{0,20}\]|\(..|.)|\((?P<two>..)|\[(?P<long>[^\]\n]{1,40})\]"
    r"|[*n](?:\(..|\[[^\]\n]{0,40}\]|.)|s[-+]?(?:\([-+]?\d\d|\[[^\]\n]{0,10}\]|'[^'\n]{0,10}'|\d)"
    r"|[hvwLlNoZbDSHXYk](?:'[^'\n]{0,200}')?|(?P<one>.))",
)
_CHARACTERS = {
    "em": "—", "en": "–", "hy": "-", "bu": "•", "co": "©", "rg": "®", "tm": "™", "lq": "“",
    "rq": "”", "oq": "‘", "cq": "’", "aq": "'", "dq": '"', "Fo": "«", "Fc": "»", "ha": "^",
    "ti": "~", "rs": "\\", "sc": "§", "de": "°", "mu": "×", "+-": "±", "<=": "≤", ">=": "≥",
    "!=": "≠", "->": "→", "<-": "←", "ss": "ß", "'e": "é", "`e": "è", ":a": "ä", ":o": "ö",
    ":u": "ü", ",c": "ç", "~n": "ñ", "'a": "á", "'o": "ó", "Eu": "€", "Po": "£", "at": "@",
    "sh": "#", "aa": "´", "ga": "`", "mi": "−", "pl": "+", "eq": "=", "sl": "/", "bv": "|",
}  # fmt: skip
_SINGLE = {"-": "-", "e": "\\", "&": "", "~": "\xa0", " ": "\xa0", "0": " ", "|": "", "^": "",
           "/": "", ",": "", "%": "", ":": "", "c": "", "'": "´", "`": "`", "_": "_", "t": "\t",
           ".": "."}  # fmt: skip
_ARGUMENT = re.compile(r'"((?:[^"]|"")*)"?|(\S+)')
_FONTS = {"B": "strong", "I": "em", "b": "strong", "i": "em", "CW": "code", "C": "code"}
_ALTERNATING = {"BR": "BR", "RB": "RB", "BI": "BI", "IB": "IB", "IR": "IR", "RI": "RI"}
_BREAKS = frozenset(
    ["PP", "P", "LP", "HP", "sp", "br", "in", "ti", "Pp", "Bd", "Ed", "ad", "na", "RS", "RE"]
)
_NO_WORDS = frozenset(
    [
        "TH",
        "Dd",
        "Dt",
        "Os",
        "nh",
        "hy",
        "ta",
        "so",
        "PD",
        "UC",
        "AT",
        "ds",
        "de",
        "nr",
        "if",
        "ie",
        "el",
        "ig",
        "am",
        "ft",
        "fi",
        "ps",
        "ll",
        "tr",
        "cs",
        "ne",
        "Bl",
        "El",
        "rm",
        "rn",
        "al",
    ]
)
_MDOC_MARKS = {"Nm": "strong", "Fl": "strong", "Cm": "strong", "Ic": "strong", "Sy": "strong",
               "Ar": "em", "Pa": "em", "Em": "em", "Va": "em", "Fa": "em", "Ft": "em",
               "Li": "code", "Fn": "strong", "Ev": "code", "Dv": "code"}  # fmt: skip
_PUNCTUATION = frozenset([".", ",", ";", ":", ")", "]", "?", "!"])


@dataclass(slots=True)
class _Page:
    """The blocks of a man page so far, and what is open at the current line."""

    blocks: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    title: str = ""
    name: str = ""
    date: str = ""
    verbatim: list[str] | None = None
    tag_follows: bool = False
    fonts: list[str] = field(default_factory=list)
    next_font: str = ""

    def end(self, tag: str = "p") -> None:
        """Add the words so far as a block with the HTML element `tag`.

        Nothing is added if there are none.
        """
        words = " ".join(self.words).strip()
        if words:
            self.blocks.append(f"<{tag}>{words}</{tag}>")
        self.words = []


def read(data: bytes, location: str) -> DocumentContent:
    """Return the content of a man page.

    Raises SourceError, which names `location`, if it is not text.
    """
    text, guessed = decode(data, location)
    page = _Page()
    for line in _joined(text.splitlines()):
        _take(line, page)
    if page.verbatim:
        page.blocks.append(f"<pre>{chr(10).join(page.verbatim)}</pre>")
    page.end()
    return DocumentContent(
        html="\n".join(page.blocks), title=page.title, date=page.date, guessed_encoding=guessed
    )


def _joined(lines: list[str]) -> Iterator[str]:
    """Yield the lines without comments and definitions of macros, continued ones joined."""
    defining, held = False, ""
    for given in lines:
        line = held + re.sub(r"\\[\"#].*$", "", given)
        held = ""
        if defining:
            defining = not line.startswith("..")
        elif re.match(r"[.']\s*(?:de|ig|am)\d?\b", line):
            defining = True
        elif line.endswith("\\") and not line.endswith("\\\\"):
            held = line[:-1]
        else:
            yield line


def _take(line: str, page: _Page) -> None:
    """Add a line to the page: a macro has its effect, words are added to the current block."""
    if line[:1] not in {".", "'"}:
        _add_words(line, page)
        return
    parts = line[1:].strip().split(None, 1)
    if not parts:
        return
    name, rest = parts[0], parts[1] if len(parts) > 1 else ""
    arguments = [a.replace('""', '"') if a else b for a, b in _ARGUMENT.findall(rest)]
    if page.verbatim is not None and name in {"fi", "EE", "Ed"}:
        page.blocks.append(f"<pre>{chr(10).join(page.verbatim)}</pre>")
        page.verbatim = None
    elif name in {"nf", "EX"} or (name == "Bd" and "-literal" in rest):
        page.end()
        page.verbatim = []
    elif name in {"TH", "Dt"} and arguments:
        page.title = (
            page.title or f"{arguments[0]}({arguments[1]})" if arguments[1:] else arguments[0]
        )
        page.date = arguments[2] if len(arguments) > 2 else page.date
    elif name in {"SH", "SS", "Sh", "Ss"}:
        page.end()
        page.words = [_shown(" ".join(arguments))]
        page.end("h2" if name[1].upper() == "H" else "h3")
    elif name in {"TP", "TQ", "IP", "It"}:
        _begin_item(name, arguments, page)
    elif name in _BREAKS:
        page.end()
    elif name not in _NO_WORDS:
        _add_macro(name, arguments, page)


def _begin_item(name: str, arguments: list[str], page: _Page) -> None:
    """Begin a list item, for the macro `name` with its arguments.

    The item's tag is on the next line, or it is an argument.
    """
    page.end()
    if name in {"TP", "TQ"}:
        page.tag_follows = True
    elif arguments:
        mark = _shown(" ".join(_mdoc(arguments, page)) if name == "It" else arguments[0])
        page.words = [mark] if name == "IP" and len(mark) < 4 else [f"<strong>{mark}</strong>"]
        if not (name == "IP" and len(mark) < 4):
            page.end()


def _add_macro(name: str, arguments: list[str], page: _Page) -> None:
    """Add the words of a macro that sets a font, or of an unknown macro.

    `name` is the macro's name; an unknown one keeps its arguments as words.
    """
    if name in _ALTERNATING:
        words = "".join(
            _marked(_shown(argument), _FONTS.get(name[number % 2], ""))
            for number, argument in enumerate(arguments)
        )
    elif name in {"B", "I", "SM", "SB"}:
        if not arguments:
            page.next_font = _FONTS.get(name[-1] if name == "SB" else name, "")
            return
        words = _marked(_shown(" ".join(arguments)), _FONTS.get(name[-1], ""))
    elif name in {"UR", "MT"}:
        words = _shown(" ".join(arguments))
    elif name in {"UE", "ME"}:
        words = _shown("".join(arguments))
    elif name == "Nd":
        words = "– " + _shown(" ".join(arguments))
    else:
        if name == "Nm":
            page.name = page.name or (arguments[0] if arguments else "")
        words = _shown(" ".join(_mdoc([name, *arguments], page)))
    _add_shown(words, page)


def _mdoc(arguments: list[str], page: _Page) -> Iterator[str]:
    """Yield the words of a line of mdoc macros as HTML.

    `arguments` are the line's words, macros among them.
    """
    quoted = {"Op": ("[", "]"), "Aq": ("<", ">"), "Dq": ("“", "”"), "Sq": ("‘", "’"),
              "Qq": ('"', '"'), "Pq": ("(", ")"), "Bq": ("[", "]"), "Brq": ("{", "}")}  # fmt: skip
    closing = ""
    number = 0
    while number < len(arguments):
        word = arguments[number]
        number += 1
        if word in quoted and number < len(arguments):
            yield quoted[word][0]
            closing = quoted[word][1] + closing
        elif word == "Fl":
            following = arguments[number] if number < len(arguments) else ""
            if following and following not in _MDOC_MARKS and following not in quoted:
                number += 1
                yield f"-{following}"
            else:
                yield "-"
        elif word == "Nm" and (number >= len(arguments) or arguments[number] in _PUNCTUATION):
            yield page.name
        elif word == "Xr" and number + 1 < len(arguments):
            yield f"{arguments[number]}({arguments[number + 1]})"
            number += 2
        elif word not in _MDOC_MARKS and not re.fullmatch(r"[A-Z][a-z]\w?", word):
            yield word
    if closing:
        yield closing


def _add_words(line: str, page: _Page) -> None:
    """Add a line of words to the current block; an empty line ends the paragraph."""
    if page.verbatim is not None:
        page.verbatim.append(_shown(line))
    elif not line.strip():
        page.end()
    else:
        words = _shown(line)
        font, page.next_font = page.next_font, ""
        _add_shown(_marked(words, font), page)


def _add_shown(words: str, page: _Page) -> None:
    """Add words that are HTML already to the current block."""
    if page.verbatim is not None:
        page.verbatim.append(words)
        return
    page.words.append(words.strip())
    if page.tag_follows:
        page.tag_follows = False
        page.words = [f"<strong>{page.words[-1]}</strong>"]
        page.end()


def _shown(text: str) -> str:
    """Return words as HTML; escapes become the characters and fonts that they stand for."""
    parts: list[str] = []
    at, font = 0, ""
    for found in _ESCAPE.finditer(text):
        parts.append(_marked(escape(text[at : found.start()], quote=False), font))
        at = found.end()
        if found["font"]:
            font = _FONTS.get(found["font"].strip("[](")[:2], "")
        else:
            parts.append(escape(_character(found), quote=False))
    parts.append(_marked(escape(text[at:], quote=False), font))
    return "".join(parts)


def _character(found: re.Match[str]) -> str:
    """Return the character for a match of an escape.

    Empty for an escape that only sets the layout.
    """
    if found["one"]:
        return _SINGLE.get(found["one"], found["one"])
    name = found["two"] or found["long"] or ""
    if number := re.fullmatch(r"u([0-9A-F]{4,6})", name):
        code = int(number[1], 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
    return _CHARACTERS.get(name, "")


def _marked(words: str, tag: str) -> str:
    return f"<{tag}>{words}</{tag}>" if tag and words.strip() else words
