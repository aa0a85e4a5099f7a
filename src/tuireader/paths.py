"""Where the program keeps its files, and how a file is created or replaced atomically."""

import contextlib
import errno
import fcntl
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

VARIABLE = "TUIREADER_DATA_DIR"
"""The environment variable that names one folder for all files of the program."""


NOTEBOOK_FILE = "notebook.jsonl"
"""The name of the notebook's file in its folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppPaths:
    """The four folders that hold all files; a folder is created when it is first written to.

    Those of the properties are inside them.
    """

    data: Path
    """The notebook and texts read from standard input: files that must not be lost."""
    cache: Path
    """Files that can be created again."""
    state: Path
    """Logs and the state of the screen."""
    config: Path
    """The settings."""

    @classmethod
    def find(cls, data_dir: str | None, environ: Mapping[str, str]) -> Self:
        """Return the folders to use; they need not exist.

        `data_dir` (the option --data-dir) comes first, then TUIREADER_DATA_DIR in `environ`; if
        both are None, empty or missing, the folders are those that the platform prescribes.
        """
        named = data_dir or environ.get(VARIABLE)
        if named:
            folder = Path(named).expanduser().absolute()
            return cls(data=folder, cache=folder / "cache", state=folder / "state", config=folder)
        from platformdirs import PlatformDirs  # noqa: PLC0415 - 5 ms, not needed for --data-dir

        platform = PlatformDirs("tuireader", appauthor=False)
        return cls(
            data=platform.user_data_path,
            cache=platform.user_cache_path,
            state=platform.user_state_path,
            config=platform.user_config_path,
        )

    @property
    def notebook(self) -> Path:
        """The path of the notebook's file, which may not exist."""
        return self.data / NOTEBOOK_FILE

    @property
    def settings(self) -> Path:
        """The path of the settings file, which may not exist."""
        return self.config / "settings.toml"

    @property
    def pages(self) -> Path:
        """The folder of web pages that were fetched, or imported with their text."""
        return self.data / "pages"

    @property
    def feeds(self) -> Path:
        """The folder of feeds: their entries, and when each feed is to be refreshed."""
        return self.data / "feeds"

    @property
    def encodings(self) -> Path:
        """The path of the file that remembers the encodings that were chosen for texts."""
        return self.data / "encodings.json"

    @property
    def search_index(self) -> Path:
        """The path of the search index, which may not exist."""
        return self.cache / "search.sqlite"

    @property
    def stdin(self) -> Path:
        """The folder of texts that were read from standard input."""
        return self.data / "stdin"


def make_private_folder(folder: Path) -> None:
    """Create a folder and its missing parents, all accessible to their owner only.

    Does nothing if the folder exists. Raises OSError if it cannot be created.
    """
    missing = [folder, *folder.parents]
    while missing and not missing[-1].exists():
        missing.pop()
    for path in reversed([path for path in missing if not path.exists()]):
        path.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)


def flush_file(descriptor: int) -> None:
    """Block until the content of an open file is on the disk; raise OSError if that fails.

    `descriptor` is that of the file. On macOS `fsync` leaves the content in the drive's cache; only
    F_FULLFSYNC does not.
    """
    if hasattr(fcntl, "F_FULLFSYNC"):  # pragma: no cover - macOS
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fdatasync(descriptor)


def flush_folder(folder: Path) -> None:
    """Block until the file names in a folder are on the disk.

    Raises OSError if the folder cannot be flushed, as on some networks.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_at(descriptor: int, data: bytes, offset: int) -> None:
    """Write all of the data at an offset, in bytes, of an open file.

    As many calls are made as the system needs. Raises OSError if that fails.
    """
    left = memoryview(data)
    while left:
        written = os.pwrite(descriptor, left, offset)
        left, offset = left[written:], offset + written


def resolve_link(path: Path) -> Path:
    """Return the file that a symbolic link leads to, or the path itself if it is not a link."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


_FLUSH_SIZE = 2 << 20
"""Bytes that are flushed together: flushes of other files wait until they are written."""

_NO_HARD_LINKS = frozenset(
    {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
)
"""The errors by which a file system says that it has no hard links."""

_NO_FOLDER_FLUSH = frozenset({errno.EACCES, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})
"""The errors of folders that cannot be flushed: unreadable ones, and those of some networks."""


class AtomicFile:
    """A file that is written under a temporary name and gets its own name when it is complete.

    A context manager: without a call of `replace` or `create` the temporary file is removed. Its
    folder must exist::

        with AtomicFile(path) as file:
            file.write(data)
            file.replace()
    """

    def __init__(self, path: Path, mode: int = 0o600) -> None:
        """Create the temporary file; `mode` is its permissions, reduced by the umask.

        `path` is the final name. Raises OSError if the temporary file cannot be created.
        """
        self._path = path
        self._temporary = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
        self._descriptor = os.open(self._temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        self._size = self._flushed = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file, and remove the temporary file if it did not get its name."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            with contextlib.suppress(OSError):
                self._temporary.unlink()

    def write(self, data: bytes) -> None:
        """Append data to the file; raise OSError if not all of it can be written."""
        write_at(self._descriptor, data, self._size)
        self._size += len(data)
        if self._size - self._flushed > _FLUSH_SIZE:
            self.flush()

    def allocate(self, size: int) -> None:
        """Reserve `size` bytes on the disk for the file, so that writing them cannot fail."""
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(self._descriptor, 0, size)
        else:  # pragma: no cover - macOS
            self.write(bytes(size))

    def set_permissions(self, mode: int) -> None:
        """Set the file's permissions to `mode`, whatever the umask says."""
        os.fchmod(self._descriptor, mode)

    def flush(self) -> None:
        """Block until all that was written is on the disk; raise OSError if that fails."""
        flush_file(self._descriptor)
        self._flushed = self._size

    def replace(self) -> None:
        """Give the file its name, replacing a file of that name; raise OSError if that fails.

        After a crash either the old or the new file is there, complete.
        """
        self.flush()
        self.rename()
        _flush_folder_if_possible(self._path.parent)

    def rename(self) -> None:
        """Close the file, which is flushed, and give it its name; raise OSError if that fails.

        Its folder is not flushed, so that after a crash the file may not have its name.
        """
        self._temporary.replace(self._path)
        self._close()

    def create(self) -> None:
        """Give the file its name; raise FileExistsError if the name is taken.

        Raises another OSError if that fails for another reason.
        """
        self.flush()
        try:
            self._path.hardlink_to(self._temporary)
        except OSError as error:
            if error.errno not in _NO_HARD_LINKS:
                raise
            self._create_by_rename()
        else:
            self._temporary.unlink()
        self._close()
        _flush_folder_if_possible(self._path.parent)

    def _create_by_rename(self) -> None:
        """Give the file its name on a file system without hard links.

        Raises FileExistsError if the name is taken.
        """
        # An empty file takes the name first, because a rename would overwrite an existing file.
        os.close(os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        try:
            self._temporary.replace(self._path)
        except BaseException:
            self._path.unlink(missing_ok=True)
            raise

    def _close(self) -> None:
        """Close the file, which has its name now."""
        os.close(self._descriptor)
        self._descriptor = -1


def _flush_folder_if_possible(folder: Path) -> None:
    """Block until the file names in a folder are on the disk, if the file system can flush one.

    Raises OSError if that fails for another reason.
    """
    try:
        flush_folder(folder)
    except OSError as error:
        if error.errno not in _NO_FOLDER_FLUSH:
            raise


def create_file(path: Path, content: bytes | Iterable[bytes], mode: int = 0o666) -> None:
    """Create a file with all of its content, or not at all.

    `content` may be given in pieces. `mode` is its permissions, reduced by the umask. Raises
    FileExistsError if the name is taken, and OSError if the file cannot be written.
    """
    try:
        with AtomicFile(path, mode) as file:
            for piece in (content,) if isinstance(content, bytes) else content:
                file.write(piece)
            file.create()
    except OSError as error:
        # The temporary file means nothing to the user.
        error.filename, error.filename2 = os.fspath(path), None
        raise


def replace_file(path: Path, content: bytes | Iterable[bytes], *, private: bool = False) -> None:
    """Write a file so that either the old or the new content is on the disk, never a part.

    `content` may be given in pieces. The parent folder is created if it is missing. A symbolic
    link stays a link: the file that it leads to is replaced. The permissions of an existing file
    are kept, unless it is to be `private`; a new file is accessible to its owner only. Raises
    OSError if the file cannot be written; the old one is then unchanged.
    """
    target = resolve_link(path)
    make_private_folder(target.parent)
    with AtomicFile(target) as file:
        for piece in (content,) if isinstance(content, bytes) else content:
            file.write(piece)
        if not private and target.exists():
            file.set_permissions(target.stat().st_mode & 0o777)
        file.replace()


_FLUSH_THREADS = 8
"""Files that are flushed at once. The disk writes them together, in a third of the time."""


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Write several files, as `replace_file` does each, but all in little more time than one.

    The files are flushed at the same time, and each folder once. Links are not followed. Each file
    is complete or as it was; if one cannot be written, OSError is raised, and any of the others may
    have been written.
    """
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - 5 ms

    with contextlib.ExitStack() as stack, ThreadPoolExecutor(_FLUSH_THREADS) as pool:
        files: list[AtomicFile] = []
        for path, content in contents.items():
            make_private_folder(path.parent)
            files.append(stack.enter_context(AtomicFile(path)))
            files[-1].write(content)
        list(pool.map(AtomicFile.flush, files))
        for file in files:
            file.rename()
        list(pool.map(_flush_folder_if_possible, {path.parent for path in contents}))
