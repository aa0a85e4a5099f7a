"""Parses Lua tables of plain values as data; no code in them is run."""

import re
from typing import Any

DEEPEST = 60

_TOKEN = re.compile(
    r"\s*(?:--[^\n]*\n\s*)*(?:"
    r'(?P<string>"(?:[^"\\]|\\.)*+")|(?P<number>-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)'
    r"|(?P<word>[A-Za-z_]\w*)|(?P<sign>[{}\[\]=,;]))",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(\d{1,3}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "", "b": "", "f": "", "v": "", "\n": "\n"}
_WORDS = {"true": True, "false": False, "nil": None}


def parse_lua_table(text: str) -> dict[Any, Any]:
    """Parse the table that a Lua file returns, without running any code.

    `text` is the whole file. Values are strings, numbers, Booleans, None and tables (dictionaries;
    the members of a list have keys from 1). Raises ValueError if it returns anything else, or is
    nested too deeply.
    """
    start = re.search(r"\breturn\s*(?=\{)", text)
    if not start:
        raise ValueError("it returns no table")
    value = _LuaParser(text, start.end()).value(0)
    if not isinstance(value, dict):
        raise ValueError("it returns no table")  # noqa: TRY004 - the text is wrong, not a caller
    return value


class _LuaParser:
    """A recursive-descent parser of Lua values."""

    def __init__(self, text: str, at: int) -> None:
        self._text = text
        self._at = at

    def value(self, depth: int) -> Any:
        """Parse and return the next value; `depth` is the number of open tables.

        Raises ValueError if it is not a plain value, or is nested too deeply.
        """
        kind, word = self._next()
        if kind == "string":
            return _unescaped(word[1:-1])
        if kind == "number":
            return float(word) if "." in word or "e" in word else int(word[:30])
        if kind == "word" and word in _WORDS:
            return _WORDS[word]
        if word == "{" and depth < DEEPEST:
            return self._table(depth)
        raise ValueError("not a table of plain values")

    def _table(self, depth: int) -> dict[Any, Any]:
        """Parse the rest of a table after its opening brace; raise ValueError if it is invalid."""
        found: dict[Any, Any] = {}
        while True:
            before = self._at
            kind, word = self._next()
            if word == "}" and kind == "sign":
                return found
            if word in {",", ";"} and kind == "sign":
                continue
            if word == "[" and kind == "sign":
                key = self.value(depth + 1)
                self._expect("]")
                self._expect("=")
            elif kind == "word" and word not in _WORDS:
                key = word
                self._expect("=")
            else:
                self._at = before
                key = len(found) + 1
            value = self.value(depth + 1)
            if isinstance(key, str | int | float):
                found[key] = value

    def _expect(self, sign: str) -> None:
        """Consume a sign; raise ValueError if another token follows."""
        if self._next()[1] != sign:
            raise ValueError(f"“{sign}” is missing")

    def _next(self) -> tuple[str, str]:
        """Return the kind and text of the next token; raise ValueError at the end."""
        found = _TOKEN.match(self._text, self._at)
        if not found or not found.lastgroup:
            raise ValueError("it is cut off")
        self._at = found.end()
        return found.lastgroup, found[found.lastgroup]


def _unescaped(text: str) -> str:
    """Return a string with its escape sequences replaced."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    """Return the character that a Lua escape sequence stands for."""
    escape = found[1]
    return chr(int(escape) % 256) if escape.isdecimal() else _ESCAPES.get(escape, escape)
