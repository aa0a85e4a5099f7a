"""Every pattern of the program takes time linear in the text that it meets."""

import ast
import importlib
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from regex_steps import Use, worst

from tuireader.domain import anchor, article
from tuireader.layout import motions
from tuireader.sources import own_exports
from tuireader.sources.html import scanner
from tuireader.sources.plaintext import header
from tuireader.text import dates, search
from tuireader.text.lazy_pattern import LazyPattern

PACKAGE = Path(__file__).parent.parent / "src" / "tuireader"
CALLS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
AT_START, TO_END = {"match", "fullmatch"}, {"fullmatch"}

MADE: dict[str, Callable[[], list[re.Pattern[Any]]]] = {
    "text/search.py:search_pattern": lambda: [
        made for query in ("a b a", "ssss x", "fffi") if (made := search.search_pattern(query))
    ],
    "text/search.py:needle_of": lambda: [
        re.compile(needle.others.pattern)
        for query in ("a b a", "ssss x", "fffi")
        if (needle := search.needle_of(query))
    ],
    "text/dates.py:_pattern": lambda: [dates._pattern()],
    "sources/plaintext/header.py:_date_label": lambda: [header._date_label()],
    "sources/plaintext/header.py:_labelled_line": lambda: [header._labelled_line()],
    "sources/plaintext/header.py:_byline": lambda: [header._byline()],
    "text/search.py:term_pattern": lambda: [
        made for term in ("a b a", "ssss-x", "fffi") if (made := search.term_pattern(term))
    ],
    # The reader's own, which another process runs with a time limit.
    "ui/text_pane/search_query.py:query_of": lambda: [re.compile("word")],
    # Those that it compiles are looked at in the modules that name them.
    "text/lazy_pattern.py:compiled": lambda: [re.compile("a")],
    "domain/anchor.py:_word": lambda: [anchor._word()],
    "layout/motions.py:_word": lambda: [motions._word()],
    # As it joins the words of a passage that was kept.
    "notebook/anchoring/search.py:_normalized_occurrences": lambda: [re.compile(r"a\s+b\s+a\s+c")],
    "domain/article.py:title_keys": lambda: [
        re.compile(article._SUBTITLE),
        re.compile(article._PUNCTUATION),
    ],
    "sources/own_exports.py:own_export": lambda: [
        re.compile(mark)
        for mark in (own_exports._NOTES, *(mark for mark, _ in own_exports._RECORD_MARKS))
    ],
    "sources/html/scanner.py:_patterns": lambda: [
        pattern
        for opening, closings in [scanner._patterns(("style", "svg"))]
        for pattern in (opening, *closings.values())
    ],
}
"""Patterns that are made while the program runs, by the function that makes them."""


@cache
def modules() -> tuple[tuple[str, ModuleType, ast.Module], ...]:
    return tuple(_modules())


def _modules() -> Iterator[tuple[str, ModuleType, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if any(map(imports_patterns, ast.walk(tree))):
            name = path.relative_to(PACKAGE.parent).with_suffix("").as_posix().replace("/", ".")
            yield path.relative_to(PACKAGE).as_posix(), importlib.import_module(name), tree


def imports_patterns(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == "tuireader.text.lazy_pattern"
    return isinstance(node, ast.Import) and node.names[0].name == "re"


def patterns_in(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, LazyPattern):
        yield value.compiled()
    elif isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | set | frozenset):
        for item in value:
            yield from patterns_in(item)
    elif isinstance(value, dict):
        yield from patterns_in(list(value.values()))


def methods_on(tree: ast.Module, name: str) -> set[str]:
    """What is called on a name in a module; "search" if it is handed on."""
    called = {
        id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)
    }
    found = {
        called.get(id(node), "search")
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
    }
    return found or {"search"}


def said_in(function: ast.AST) -> Iterator[Use | None]:
    """The patterns that a function names; None for one that it makes of something else."""
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        if ast.unparse(node.func) == "lazy_pattern" and not isinstance(node.args[0], ast.Constant):
            yield None
        if not isinstance(node.func, ast.Attribute):
            continue
        method = node.func.attr
        if ast.unparse(node.func.value) != "re" or method not in CALLS:
            continue
        written = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
        if isinstance(written, str | bytes):
            yield Use(re.compile(written), method in AT_START, method in TO_END)
        else:
            yield None


FOLDERS = sorted({path.relative_to(PACKAGE).parent.as_posix() for path in PACKAGE.rglob("*.py")})


def uses(folder: str) -> Iterator[tuple[str, Use]]:
    """Every pattern in a folder of the program, by its place."""
    seen = set()
    for place, module, tree in modules():
        if Path(place).parent.as_posix() != folder:
            continue
        for name, value in vars(module).items():
            methods = methods_on(tree, name)
            for pattern in patterns_in(value):
                use = Use(pattern, methods <= AT_START, methods <= TO_END)
                if (place, use) not in seen:
                    yield f"{place}:{name}", use
                seen.add((place, use))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                label = f"{place}:{function.name}"
                for said in said_in(function):
                    made = [said] if said else map(Use, MADE.get(label, list)())
                    yield from ((label, use) for use in made)


@pytest.fixture(autouse=True)
def deep() -> Iterator[None]:
    """The matcher goes down a level for each piece that a group repeats."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    yield
    sys.setrecursionlimit(before)


def test_every_pattern_is_looked_at() -> None:
    made = {
        f"{place}:{function.name}"
        for place, module, tree in modules()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and None in said_in(function)
    }
    assert made == MADE.keys()
    assert all(MADE[label]() for label in made)


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_pattern_takes_more_than_twice_the_steps_for_twice_the_text(folder: str) -> None:
    found = {label: text for label, use in uses(folder) if (text := worst(use))}
    assert not found, found


@pytest.mark.parametrize(
    "pattern",
    [
        r"\s+$",
        r"<[^>]*>",
        r"[ \t]*>",
        r"(?:a|a)*b",
        r"(?:\w+\s?)*$",
        r"\s*(?:\.\s?){4,}\s*(?=\w{1,6}$)",
        r"(?s)<(script|style)\b.*?</\1>",
        r"(?s)\A(?:\s|<\?.*?\?>|<!--.*?-->)*<rss",
        r"[^\n]*[^\n\s][^\n]*",
    ],
)
def test_a_pattern_that_takes_longer_is_found(pattern: str) -> None:
    assert worst(Use(re.compile(pattern)))


@pytest.mark.parametrize(
    "pattern",
    [r"(?<!\s)\s++$", r"\w+", r"(?:a|b)*", r"<[^<>]{1,40}>", r"(?<![^\n])[^\n]*b", r"\A\s+x"],
)
def test_a_linear_pattern_is_not(pattern: str) -> None:
    assert not worst(Use(re.compile(pattern)))
