"""Compiles the quote engine with mypyc for `make wheels`; hatch calls it.

A wheel that is built without it has the same modules as pure Python.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PART = "quotes"
"""The folder of the package that is compiled: where reading for quotations takes its time."""

_LEFT_OUT = ("training", "loader.py", "__init__.py")
"""Folders and files in it that are not: they run once."""


class CompiledWheel(BuildHookInterface[Any]):
    """Adds compiled modules to a wheel, beside the Python files that they were made from."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the modules, and let hatch add them to the wheel, which is then for one platform.

        `version` is hatch's, and not used. Raises CalledProcessError if mypyc or the C compiler
        fails.
        """
        del version
        self._folder = tempfile.TemporaryDirectory(prefix="tuireader-mypyc-")
        source = Path(self._folder.name)
        shutil.copytree(Path(self.root) / "src" / "tuireader", source / "tuireader")
        modules = [
            path.relative_to(source).as_posix()
            for path in sorted((source / "tuireader" / PART).rglob("*.py"))
            if not set(path.relative_to(source / "tuireader" / PART).parts) & set(_LEFT_OUT)
        ]
        subprocess.run([sys.executable, "-m", "mypyc", *modules], cwd=source, check=True)
        compiled = [
            path
            for path in source.rglob("*")
            if path.suffix in {".so", ".pyd"} and "build" not in path.parts
        ]
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["force_include"] |= {
            str(path): path.relative_to(source).as_posix() for path in compiled
        }

    def finalize(self, *_: object) -> None:
        """Remove the folder of the compiled modules."""
        self._folder.cleanup()
