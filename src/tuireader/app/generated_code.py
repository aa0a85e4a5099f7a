"""Keeps the code that Python makes anew at each start: methods of data classes, and patterns.

Python stores the bytecode of modules in `__pycache__`, but not that of the methods which
`dataclasses` and `collections.namedtuple` generate as text, nor the compiled form of regular
expressions. Making them takes a quarter of the start. They depend on nothing but the text and the
version of Python, so they are kept in `__pycache__`, too, and looked up by the text. What else the
start makes from code, such as parsed stylesheets, can be kept with them.

Only `os` and `sys` are imported at first, because it is used before anything slow is imported.
"""

from __future__ import annotations

import marshal
import sys

from tuireader.app.kept_modules import CHECKSUM, checksum, is_trusted, is_writable, write_kept

TYPE_CHECKING = False  # that of `typing`, whose import takes 2 ms
if TYPE_CHECKING:
    from types import CodeType
    from typing import Any

MAX_SIZE = 10_000_000
"""The largest file that is read, in bytes."""

COMPILER = "re._compiler"
"""The module whose function `compile` makes all patterns; a private one of Python's library."""

NOT_KEPT = 4 | 128
"""The flags of patterns that are not kept: `re.LOCALE`, `re.DEBUG`."""


class GeneratedCode:
    """The code that was made at earlier starts, in place of Python's own making of it.

    Between `use` and `stop`, `dataclasses`, `collections` and `re` take what is kept; what is not
    is made as usual, and noted for `save`.
    """

    def __init__(self, path: str) -> None:
        """Take the path of the file; nothing is kept if it is ""."""
        self._path = path
        self._codes: dict[tuple[str, str], bytes] = {}
        self._patterns: dict[tuple[bool, str | bytes, int], tuple[Any, ...]] = {}
        """By whether a pattern is of bytes, which are not compared with text, and its flags."""
        self._new_codes: dict[tuple[str, str], CodeType] = {}
        self._new_patterns: list[tuple[str | bytes, int]] = []
        self._others: dict[str, bytes] = {}
        self._has_new_others = False
        self._compile: Any = None

    def use(self) -> None:
        """Read the file, and take code from it from now on."""
        if not self._path:
            return
        self._codes, self._patterns, self._others = _read(self._path)
        import collections  # noqa: PLC0415 - not before the frame of last time
        import dataclasses  # noqa: PLC0415 - as above

        vars(dataclasses)["exec"] = self._exec
        vars(collections)["eval"] = self._eval
        compiler = sys.modules.get(COMPILER)
        if compiler is not None:
            self._compile = compiler.__dict__["compile"]
            vars(compiler)["compile"] = self._compiled

    def stop(self) -> None:
        """Let Python make all code again."""
        for module, name in (("dataclasses", "exec"), ("collections", "eval")):
            if module in sys.modules:
                vars(sys.modules[module]).pop(name, None)
        if self._compile is not None:
            vars(sys.modules[COMPILER])["compile"] = self._compile

    def other(self, name: str) -> bytes:
        """Return what was kept under a name; b"" if nothing was."""
        return self._others.get(name, b"")

    def keep(self, name: str, content: bytes) -> None:
        """Keep bytes under a name, in place of those before."""
        if self._path:
            self._others[name] = content
            self._has_new_others = True

    def save(self) -> None:
        """Write what had to be made, if there was any, for the next start."""
        is_new = self._new_codes or self._new_patterns or self._has_new_others
        if not is_new or not is_writable(self._path):
            return
        for text, code in self._new_codes.items():
            self._codes[text] = marshal.dumps(code)
        for pattern, flags in self._new_patterns:
            if parts := _parts_of(self._compile, pattern, flags):
                self._patterns[isinstance(pattern, bytes), pattern, flags] = parts
        kept = (sys.version, self._codes, self._patterns, self._others)
        content = marshal.dumps(kept)
        write_kept(self._path, checksum(content), content)

    def _exec(self, text: Any, *places: Any) -> None:
        """Run generated statements: the built-in `exec`."""
        exec(self._code(text, "exec"), *places)  # noqa: S102 - what `dataclasses` does

    def _eval(self, text: Any, *places: Any) -> Any:
        """Return the value of a generated expression: the built-in `eval`."""
        return eval(self._code(text, "eval"), *places)  # noqa: S307 - what `collections` does

    def _code(self, text: Any, mode: str) -> Any:
        """Return the code of a text; a text is compiled if its code is not kept."""
        if not isinstance(text, str):
            return text
        kept = self._codes.get((text, mode))
        if kept is not None:
            return marshal.loads(kept)  # noqa: S302 - from Python's own folder for code
        code = compile(text, "<string>", mode, dont_inherit=True)
        self._new_codes[text, mode] = code
        return code

    def _compiled(self, pattern: Any, flags: int = 0) -> Any:
        """Return a compiled pattern: the function `compile` of `re`'s compiler."""
        flags = int(flags)
        if not isinstance(pattern, str | bytes) or flags & NOT_KEPT:
            return self._compile(pattern, flags)
        kept = self._patterns.get((isinstance(pattern, bytes), pattern, flags))
        if kept is not None:
            return self._compile.__globals__["_sre"].compile(pattern, *kept)
        self._new_patterns.append((pattern, flags))
        return self._compile(pattern, flags)


def _read(path: str) -> tuple[dict[Any, Any], dict[Any, Any], dict[str, bytes]]:
    """Return what `save` wrote to a file; nothing if it is of another Python, or damaged.

    A file that others may write is not read, because what is in it is run.
    """
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib takes 4 ms
            if not is_trusted(file.fileno(), MAX_SIZE):
                return {}, {}, {}
            found = file.read(CHECKSUM)
            content = file.read()
        if checksum(content) != found:
            return {}, {}, {}
        version, codes, patterns, others = marshal.loads(content)  # noqa: S302 - as above
    except (OSError, ValueError, EOFError, TypeError):
        return {}, {}, {}
    return (codes, patterns, others) if version == sys.version else ({}, {}, {})


def _parts_of(compile_: Any, pattern: str | bytes, flags: int) -> tuple[Any, ...]:
    """Return all but the first of what `re`'s compiler passes on to make a compiled pattern.

    Empty if that is not what it is in the versions of Python that are known.
    """
    from types import FunctionType, SimpleNamespace  # noqa: PLC0415 - only if something is new

    names = {**compile_.__globals__, "_sre": SimpleNamespace(compile=lambda *parts: parts)}
    try:
        _, found, code, groups, index, names_of_groups = FunctionType(
            compile_.__code__, names, argdefs=compile_.__defaults__
        )(pattern, flags)
        return int(found), [int(each) for each in code], groups, dict(index), names_of_groups
    except (ValueError, TypeError, AttributeError):
        return ()
