"""Counts the work of a call, so that no test needs a clock.

The work is the lines of Python that are executed in the program, and the code points that are
looked at by patterns and by methods of the text. The steps inside of a pattern are not counted
(`test_patterns.py` does that), nor are other libraries.
"""

import re
import sys
from collections.abc import Callable, Iterator
from types import FrameType, ModuleType
from typing import Any, SupportsIndex

import pytest

import tuireader
from tuireader.text.lazy_pattern import LazyPattern

PACKAGE = tuireader.__path__[0]


class _Counter:
    def __init__(self) -> None:
        self.count = 0


class CountedText(str):
    """A text that counts how many of its code points are taken or looked at."""

    __slots__ = ("counter",)
    counter: _Counter

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        taken = super().__getitem__(key)
        self.counter.count += len(taken)
        return taken

    def __iter__(self) -> Iterator[str]:
        for character in super().__iter__():
            self.counter.count += 1
            yield character

    def find(self, sub: str, start: Any = 0, end: Any = None) -> int:
        end = len(self) if end is None else end
        found = super().find(sub, start, end)
        self.counter.count += max((end if found < 0 else found) - start, 0)
        return found

    def rfind(self, sub: str, start: Any = 0, end: Any = None) -> int:
        end = len(self) if end is None else end
        found = super().rfind(sub, start, end)
        self.counter.count += max(end - max(found, start), 0)
        return found


def _whole(name: str) -> Callable[..., Any]:
    """A method of strings that looks at the whole of it."""

    def method(self: CountedText, *given: Any, **named: Any) -> Any:
        self.counter.count += len(self)
        return getattr(str, name)(self, *given, **named)

    return method


_WHOLE = """
__contains__ casefold count encode index isascii isspace join lower lstrip partition replace rindex
rpartition rstrip split splitlines strip translate upper
"""
for _name in _WHOLE.split():
    setattr(CountedText, _name, _whole(_name))


class CountedPattern:
    """A pattern that counts how many code points it is moved over."""

    def __init__(self, pattern: re.Pattern[Any], counter: _Counter) -> None:
        self._pattern, self._counter = pattern, counter

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pattern, name)

    def _over(self, text: Any, start: int, end: int | None, found: re.Match[Any] | None) -> None:
        last = len(text) if end is None else min(end, len(text))
        self._counter.count += max((found.end() if found else last) - start, 0)

    def search(self, text: Any, pos: int = 0, endpos: int | None = None) -> Any:
        found = self._pattern.search(text, pos, len(text) if endpos is None else endpos)
        self._over(text, pos, endpos, found)
        return found

    def match(self, text: Any, pos: int = 0, endpos: int | None = None) -> Any:
        found = self._pattern.match(text, pos, len(text) if endpos is None else endpos)
        self._counter.count += found.end() - pos if found else 1
        return found

    def fullmatch(self, text: Any, pos: int = 0, endpos: int | None = None) -> Any:
        found = self._pattern.fullmatch(text, pos, len(text) if endpos is None else endpos)
        self._counter.count += found.end() - pos if found else 1
        return found

    def finditer(self, text: Any, pos: int = 0, endpos: int | None = None) -> Iterator[Any]:
        last = len(text) if endpos is None else endpos
        for found in self._pattern.finditer(text, pos, last):
            self._over(text, pos, last, found)
            pos = found.end()
            yield found
        self._over(text, pos, last, None)

    def findall(self, text: Any, *where: int) -> Any:
        self._counter.count += len(text)
        return self._pattern.findall(text, *where)

    def split(self, text: Any, maxsplit: int = 0) -> Any:
        self._counter.count += len(text)
        return self._pattern.split(text, maxsplit)

    def sub(self, new: Any, text: Any, count: int = 0) -> Any:
        self._counter.count += len(text)
        return self._pattern.sub(new, text, count)


def work(call: Callable[[str], object], text: str) -> int:
    """The lines that are executed and the code points that are looked at in a call on a text."""
    counter = _Counter()
    counted = CountedText(text)
    counted.counter = counter

    def line(_frame: FrameType, event: str, _given: Any) -> Any:
        counter.count += event == "line"
        return line

    def called(frame: FrameType, _event: str, _given: Any) -> Any:
        return line if frame.f_code.co_filename.startswith(PACKAGE) else None

    with pytest.MonkeyPatch.context() as patch:
        for module in [m for n, m in sys.modules.items() if n.startswith("tuireader.")]:
            _count_patterns(module, counter, patch)
        before = sys.gettrace()
        sys.settrace(called)
        try:
            call(counted)
        finally:
            sys.settrace(before)
    return counter.count


def _count_patterns(module: ModuleType, counter: _Counter, patch: pytest.MonkeyPatch) -> None:
    for name, value in list(vars(module).items()):
        if isinstance(value, LazyPattern):
            patch.setattr(module, name, CountedPattern(value.compiled(), counter))
        elif isinstance(value, re.Pattern):
            patch.setattr(module, name, CountedPattern(value, counter))


def is_linear(call: Callable[[str], object], text: Callable[[int], str], size: int) -> bool:
    """Whether twice the text takes about twice the work, and not the four times of a square."""
    call(text(1))  # what is made once is made here
    return work(call, text(2 * size)) <= 2.5 * work(call, text(size)) + 1000
