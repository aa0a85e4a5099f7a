"""Imports the modules of the start from one file, which has the bytecode of all of them.

For each module that is imported, Python looks through folders, and opens a file. A start imports
more than five hundred, of ours, Textual and Python itself, which takes a tenth of it. Their
bytecode is copied into one file beside this module's own. A module's source is compared with it as
Python does: by the time of change and the size.

Only what is imported already is used at first, because this comes before anything slow.
"""

from __future__ import annotations

import marshal
import os
import sys
from importlib.machinery import ModuleSpec, SourceFileLoader

TYPE_CHECKING = False  # that of `typing`, whose import takes 2 ms
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import CodeType, ModuleType
    from typing import Any

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
"""How a new file is created that no other process writes."""

HEADER = 16
"""Bytes before the code in a file of bytecode: a number, flags, the source's time and size."""

LENGTH = 8
"""Bytes at the start of the file that tell how long its table is."""

CHECKSUM = 4
"""Bytes of the checksum after the table, and after each code. Damaged code can end the process."""

FEW = 8
"""So many modules may be imported as usual before the file is written anew."""

MAX_SIZE = 50_000_000
"""The largest file that is used, in bytes."""

GONE = -1, -1
"""The state of a source that is not there."""

Entry = tuple[str, str, bool, int, int, int, int]
"""Source, path of the bytecode, whether it is a package, time and size, where the code is.

A module without bytecode has a code of no bytes; it is imported as usual.
"""


def kept_path(name: str) -> str:
    """Return the path of a kept file; "" where Python keeps no bytecode either.

    It is beside this module's bytecode. If that folder belongs to the system, it is in the user's
    cache folder, unless TUIREADER_DATA_DIR names one folder for all files. It depends on the
    version of Python, as the name of bytecode does.
    """
    cached = __spec__.cached if __spec__ else None
    if not cached or sys.dont_write_bytecode:
        return ""
    file = f"{name}.{sys.implementation.cache_tag}"
    folder = os.path.dirname(cached)  # noqa: PTH120 - pathlib takes 4 ms
    path = os.path.join(folder, file)  # noqa: PTH118 - as above
    if os.access(folder, os.W_OK) or os.path.exists(path):  # noqa: PTH110 - as above
        return path
    if sys.platform == "win32" or os.environ.get("TUIREADER_DATA_DIR"):
        return ""
    caches = os.environ.get("XDG_CACHE_HOME", "").strip()
    caches = caches or os.path.expanduser("~/.cache")  # noqa: PTH111 - as above
    return os.path.join(caches, "tuireader", file)  # noqa: PTH118 - as above


def is_trusted(file: int, largest: int) -> bool:
    """Return whether an open file may be used: nobody else may write it, and it is not too large.

    What is in it is run. `file` is its descriptor, and `largest` is in bytes.
    """
    status = os.fstat(file)
    is_own = sys.platform == "win32" or status.st_uid in {0, os.getuid()}
    return is_own and not status.st_mode & 0o022 and 0 < status.st_size <= largest


def checksum(content: bytes | bytearray | memoryview) -> bytes:
    """Return the checksum of a part of a kept file, as it stands beside it."""
    import zlib  # noqa: PLC0415 - not before the frame of last time

    return zlib.crc32(content).to_bytes(CHECKSUM, "little")


def is_writable(path: str) -> bool:
    """Return whether a kept file can be written, or probably: its folder may not exist."""
    folder = os.path.dirname(path)  # noqa: PTH120 - as above
    return os.access(folder, os.W_OK) or not os.path.exists(folder)  # noqa: PTH110 - as above


def write_kept(path: str, *parts: bytes | bytearray) -> None:
    """Write a kept file, in place of the one before; an error is ignored."""
    draft = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), 0o700, exist_ok=True)  # noqa: PTH103, PTH120 - as above
        # Whatever the umask is: a file that others may write would not be used.
        with open(os.open(draft, _CREATE, 0o644), "wb") as file:  # noqa: PTH123 - as above
            file.writelines(parts)
        os.replace(draft, path)  # noqa: PTH105 - as above
    except OSError:  # the next start takes longer
        from contextlib import suppress  # noqa: PLC0415 - seldom needed

        with suppress(OSError):
            os.unlink(draft)  # noqa: PTH108 - as above


class KeptModules:
    """Finds modules in the file, as one of Python's finders."""

    def __init__(self, path: str) -> None:
        """Take the path of the file; nothing is kept if it is ""."""
        self._path = path
        self._entries: dict[str, Entry] = {}
        self._codes: Any = None
        self._loaded: tuple[str, ...] = ()
        self._is_stale = False

    def use(self) -> None:
        """Find modules in the file from now on."""
        if not self._path:
            return
        self._read()
        sys.meta_path.insert(0, self)

    def stop(self) -> None:
        """Find modules as usual, and note which are imported."""
        if self in sys.meta_path:
            sys.meta_path.remove(self)
            self._loaded = tuple(sys.modules)
            self._codes = None  # nothing of the file stays in memory

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return how a module is loaded; None if it is not in the file, or has changed.

        The other arguments are those of Python's finders.
        """
        del path, target
        entry = self._entries.get(name)
        if entry is None or not entry[6]:
            return None
        if _state(entry[0]) != entry[3:5]:
            self._is_stale = True
            return None
        source, cached, is_package, *_ = entry
        loader = _Loader(name, source, self)
        spec = ModuleSpec(name, loader, origin=source, is_package=is_package)
        spec.has_location = True
        spec.cached = cached
        if spec.submodule_search_locations is not None:
            spec.submodule_search_locations.append(os.path.dirname(source))  # noqa: PTH120 - as above
        return spec

    def code(self, name: str) -> CodeType | None:
        """Return the code of a module that was found; None after `stop`, or if it is damaged."""
        if self._codes is None:
            return None
        start, size = self._entries[name][5:7]
        content, end = self._codes[start : start + size], start + size
        if checksum(content) != self._codes[end : end + CHECKSUM]:
            self._is_stale = True
            return None
        found: CodeType = marshal.loads(content)  # noqa: S302 - Python's own
        return found

    def save(self) -> None:
        """Write the file if modules were missing in it, or have changed."""
        made = {
            name: entry
            for name in self._loaded
            if name not in self._entries and (entry := _entry(name)) is not None
        }
        if (self._is_stale or len(made) > FEW) and is_writable(self._path):
            before = self._entries.items()
            now = {name: (*entry[:3], *_state(entry[0]), 0, 0) for name, entry in before}
            _write(self._path, now | made)

    def _read(self) -> None:
        """Read the table of the file, and map the rest into memory."""
        import mmap  # noqa: PLC0415 - not before the frame of last time

        try:
            with open(self._path, "rb") as file:  # noqa: PTH123 - as above
                if not is_trusted(file.fileno(), MAX_SIZE):
                    return
                content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            codes = LENGTH + int.from_bytes(content[:LENGTH], "little")
            self._codes = content[codes + CHECKSUM :]
            if checksum(content[LENGTH:codes]) != content[codes : codes + CHECKSUM]:
                return
            facts, self._entries = marshal.loads(content[LENGTH:codes])  # noqa: S302 - as above
        except (OSError, ValueError, EOFError, TypeError):
            self._entries = {}
            return
        if facts != _facts():
            self._entries = {}


class _Loader(SourceFileLoader):
    """Loads a module from the file; its source and data as usual."""

    def __init__(self, name: str, path: str, modules: KeptModules) -> None:
        super().__init__(name, path)
        self._modules = modules

    def get_code(self, fullname: str) -> CodeType | None:
        """Return the code of the module."""
        return self._modules.code(fullname) or super().get_code(fullname)


def _facts() -> tuple[str, int, str, list[str]]:
    """Return what decides which modules are found, besides the files.

    Of the path it is not the first folder, which may be any one that the program was started in.
    """
    return sys.version, sys.flags.optimize, __file__, sys.path[1:]


def _is_found_anywhere(name: str, origin: str, *, is_package: bool) -> bool:
    """Return whether a module would be imported from its source in whatever folder we start."""
    folder = os.path.dirname(origin)  # noqa: PTH120 - as above
    for _ in range(name.count(".") + is_package):
        folder = os.path.dirname(folder)  # noqa: PTH120 - as above
    own = __file__
    for _ in range(__name__.count(".") + 1):
        own = os.path.dirname(own)  # noqa: PTH120 - as above
    return folder == own or folder in sys.path[1:]


def _state(source: str) -> tuple[int, int]:
    """Return the time of change and the size of a source as bytecode has them."""
    try:
        status = os.stat(source)  # noqa: PTH116 - as above
    except OSError:
        return GONE
    return int(status.st_mtime) & 0xFFFFFFFF, status.st_size & 0xFFFFFFFF


def _entry(name: str) -> Entry | None:
    """Return the entry of an imported module, without the place of its code.

    None if it has no bytecode that depends on its source's time of change.
    """
    spec = getattr(sys.modules.get(name), "__spec__", None)
    if spec is None or not spec.has_location or not spec.cached or spec.name != name:
        return None
    if not spec.cached.endswith(".pyc") or not isinstance(spec.origin, str):
        return None
    is_package = spec.submodule_search_locations is not None
    if not _is_found_anywhere(name, spec.origin, is_package=is_package):
        return None
    return (
        spec.origin,
        spec.cached,
        is_package,
        *_state(spec.origin),
        0,
        0,
    )


def _write(path: str, entries: Mapping[str, Entry]) -> None:
    """Write the file with the bytecode of modules; those without a source are left out."""
    table: dict[str, Entry] = {}
    codes = bytearray()
    for name, entry in entries.items():
        if entry[3:5] != GONE:
            code = _bytecode(entry)
            table[name] = (*entry[:5], len(codes), len(code))
            codes += code + checksum(code)
    head = marshal.dumps((_facts(), table))
    write_kept(path, len(head).to_bytes(LENGTH, "little"), head, checksum(head), codes)


def _bytecode(entry: Entry) -> bytes:
    """Return the code of a module in its file of bytecode; b"" if it is not that of its source."""
    try:
        with open(entry[1], "rb") as file:  # noqa: PTH123 - as above
            content = file.read()
    except OSError:
        return b""
    flags, *state = (int.from_bytes(content[at : at + 4], "little") for at in (4, 8, 12))
    return content[HEADER:] if not flags and tuple(state) == entry[3:5] else b""
