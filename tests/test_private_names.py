"""Private names of a library are used in one module, which can be adapted to an upgrade."""

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache

import pytest
from test_architecture import MODULES, name_of, own_classes, tree_of

HOMES = {
    "textual": "ui/textual_compat",
    "tinydb": "notebook/journal/tinydb_storage",
    "urllib3": "sources/web/connections",
}


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


@cache
def classes_in(module: str) -> dict[str, ast.ClassDef]:
    """The classes that a module defines, by their names."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}


def attributes_in(found: type) -> Iterator[ast.Attribute]:
    for node in ast.walk(classes_in(found.__module__)[found.__name__]):
        if isinstance(node, ast.Attribute) and is_private(node.attr):
            yield node


@cache
def defined_by(base: type) -> frozenset[str]:
    """The private methods of a class, and the private attributes that it sets."""
    attributes = {node.attr for node in attributes_in(base) if isinstance(node.ctx, ast.Store)}
    return frozenset(attributes | {name for name in vars(base) if is_private(name)})


def private_names(found: type, library: str) -> frozenset[str]:
    """The private methods and attributes that a class has from a library."""
    bases = [base for base in found.__mro__ if base.__module__.partition(".")[0] == library]
    return frozenset[str]().union(*map(defined_by, bases))


def private_uses(found: type, library: str) -> frozenset[str]:
    """Those of them that one of our classes replaces, reads or sets."""
    names = private_names(found, library)
    used = {node.attr for node in attributes_in(found)} if names else set()
    replaced = {name for name, value in vars(found).items() if inspect.isfunction(value)}
    return names & (used | replaced)


@pytest.mark.parametrize("library", HOMES)
def test_a_class_uses_private_names_of_its_library_in_one_module_only(library: str) -> None:
    found = {
        name: used
        for name, kind in own_classes().items()
        if (used := private_uses(kind, library)) and name.partition(":")[0] != HOMES[library]
    }
    assert not found, f"Move these into {HOMES[library]}.py: {found}"


@pytest.mark.parametrize("library", HOMES)
def test_private_modules_and_names_of_a_library_are_imported_in_one_module_only(
    library: str,
) -> None:
    found = {}
    for path in MODULES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ImportFrom) and node.module:
                parts = [*node.module.split("."), *(alias.name for alias in node.names)]
                if parts[0] == library and any(map(is_private, parts)):
                    found[name_of(path)] = ast.unparse(node)
    assert not found.keys() - {HOMES[library]}, found


def test_a_class_that_uses_one_is_found() -> None:
    uses = {
        library: {
            name
            for kind_name, kind in own_classes().items()
            if kind_name.partition(":")[0] == home
            for name in private_uses(kind, library)
        }
        for library, home in HOMES.items()
    }
    assert {"_on_message", "_key_thread"} <= uses["textual"]
    assert {"_update_table", "_storage"} <= uses["tinydb"]
    assert uses["urllib3"] == {"_new_conn"}
