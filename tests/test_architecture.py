"""The rules that docs/architecture.md states."""

import ast
import graphlib
import importlib
import inspect
import subprocess
import sys
import types
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "tuireader"
MODULES = sorted(PACKAGE.rglob("*.py"))

MODULE_LINES, FUNCTION_LINES = 400, 40
CLASS_METHODS, CLASS_LINES, CLASS_LEVELS = 40, 500, 2
"""What a class may have, counted with all of its own bases, and the levels of these above it."""

EXCEPTIONS: dict[str, str] = {}
"""What may be longer, as "module" or "module:name", and the reason why."""

WHO_CONNECTS = ("connections", "fetch", "resolver")
"""The modules of `sources/web` through which everything that is fetched is checked."""

FORBIDDEN_NAMES = {"utils", "util", "helpers", "manager", "misc", "common"}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").as_posix()


def definitions(path: Path) -> Iterator[tuple[str, ast.AST]]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name_of(path)}:{node.name}", node


def length(node: ast.AST) -> int:
    assert isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    return (node.end_lineno or node.lineno) - node.lineno + 1


def imported(path: Path) -> set[str]:
    """The top-level packages that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".", 1)[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".", 1)[0])
    return found


def test_imports_point_down() -> None:
    result = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_modules_stay_short() -> None:
    long = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    found = {name: lines for name, lines in long.items() if lines > MODULE_LINES}
    assert not found.keys() - EXCEPTIONS.keys(), found


@cache
def own_classes() -> dict[str, type]:
    """Every class that is defined at the top of one of our modules, as "module:name"."""
    found = {}
    for path in MODULES:
        if path.stem == "__main__":
            continue
        dotted = ".".join(["tuireader", *path.relative_to(PACKAGE).with_suffix("").parts])
        module = importlib.import_module(dotted.removesuffix(".__init__"))
        for value in vars(module).values():
            if inspect.isclass(value) and value.__module__ == module.__name__:
                found[f"{name_of(path)}:{value.__name__}"] = value
    return found


def own_bases(found: type) -> list[type]:
    return [base for base in found.__mro__ if base.__module__.startswith("tuireader")]


def levels_above(found: type) -> int:
    above = [levels_above(base) + 1 for base in found.__bases__ if base in own_bases(found)]
    return max(above, default=0)


def test_classes_stay_small_with_all_of_their_bases() -> None:
    members = (types.FunctionType, property, staticmethod, classmethod)
    over = {}
    for name, found in own_classes().items():
        bases = own_bases(found)
        methods = sum(isinstance(value, members) for base in bases for value in vars(base).values())
        lines = sum(len(inspect.getsource(base).splitlines()) for base in bases)
        levels = levels_above(found)
        if methods > CLASS_METHODS or lines > CLASS_LINES or levels > CLASS_LEVELS:
            over[name] = (methods, lines, levels)
    assert not over.keys() - EXCEPTIONS.keys(), over


def test_no_two_classes_have_one_name() -> None:
    names = Counter(name.partition(":")[2] for name in own_classes())
    assert not {name: number for name, number in names.items() if number > 1}


def test_no_modules_import_each_other_in_a_circle() -> None:
    imports = {}
    for path in MODULES:
        tree = tree_of(path)
        module = ".".join(["tuireader", *path.relative_to(PACKAGE).with_suffix("").parts])
        imports[module.removesuffix(".__init__")] = {
            node.module for node in tree.body if isinstance(node, ast.ImportFrom) and node.module
        }
    graph = {name: wanted & imports.keys() for name, wanted in imports.items()}
    assert list(graphlib.TopologicalSorter(graph).static_order())


def test_functions_stay_short() -> None:
    found = {}
    for path in MODULES:
        for name, node in definitions(path):
            if not isinstance(node, ast.ClassDef) and length(node) > FUNCTION_LINES:
                found[name] = length(node)
    assert not found.keys() - EXCEPTIONS.keys(), found


def test_every_exception_is_still_needed() -> None:
    names = {name_of(path) for path in MODULES}
    names |= {name for path in MODULES for name, _ in definitions(path)}
    assert EXCEPTIONS.keys() <= names


def test_no_module_is_a_drawer_for_everything() -> None:
    assert not [path for path in MODULES if path.stem in FORBIDDEN_NAMES]


@pytest.mark.parametrize(
    ("library", "home"), [("textual", "ui/"), ("tinydb", "notebook/"), ("sqlite3", "library/")]
)
def test_a_library_is_known_in_one_place_only(library: str, home: str) -> None:
    knowing = {name_of(path) for path in MODULES if library in imported(path)}
    assert not {name for name in knowing if not name.startswith(home)}


def test_connections_are_made_in_one_place_only() -> None:
    network = {"socket", "ssl", "urllib3", "http", "requests", "httpx", "ftplib"}
    knowing = {name_of(path) for path in MODULES if network & imported(path)}
    # The lock asks for the name of the machine.
    allowed = {"notebook/journal/lock", *(f"sources/web/{n}" for n in WHO_CONNECTS)}
    assert knowing <= allowed
    asking = [path for path in MODULES if "urllib.request" in path.read_text(encoding="utf-8")]
    assert not asking


def test_the_domain_needs_nothing_but_the_standard_library() -> None:
    allowed = sys.stdlib_module_names | {"tuireader"}
    for path in (PACKAGE / "domain").glob("*.py"):
        assert imported(path) <= allowed, path


def test_every_match_over_an_enum_ends_with_assert_never() -> None:
    for path in MODULES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Match) and any(
                isinstance(part, ast.MatchValue) and isinstance(part.value, ast.Attribute)
                for case in node.cases
                for part in ast.walk(case.pattern)
            ):
                last = ast.unparse(node.cases[-1])
                assert last.startswith("case _:\n    assert_never("), f"{path}:{node.lineno}"


def test_nothing_catches_every_exception() -> None:
    for path in MODULES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else "everything"
                assert caught not in {"everything", "Exception"}, f"{path}:{node.lineno}"


@pytest.mark.parametrize(
    "module",
    [
        "tuireader.__main__",
        "tuireader.cli.start",
        "tuireader.app.startup",
        "tuireader.ui.first_paint",
        "tuireader.sources.open",
        "tuireader.layout.flow",
        "tuireader.quotes",
    ],
)
def test_what_the_start_needs_loads_nothing_slow(module: str) -> None:
    slow = ("click", "textual", "tinydb", "sqlite3", "markdown_it", "rapidfuzz", "tomlkit")
    program = f"import sys, {module}\nprint(*[name for name in {slow} if name in sys.modules])"
    command = [sys.executable, "-c", program]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert not result.stdout.split()
