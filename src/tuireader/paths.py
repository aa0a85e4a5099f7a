"""Where the program keeps its files, and how a file is created or replaced."""

import errno
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

VARIABLE = "TUIREADER_DATA_DIR"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppPaths:
    """The four folders that hold all state; none of them is made before it is written to."""

    data: Path
    """The notebook, and what came in on standard input: what must not be lost."""
    cache: Path
    """What can be made again."""
    state: Path
    """Drafts and logs."""
    config: Path
    """The settings."""

    @classmethod
    def find(cls, data_dir: str | None, environ: Mapping[str, str]) -> Self:
        """The folder that was named, else that of TUIREADER_DATA_DIR, else the platform's own."""
        named = data_dir or environ.get(VARIABLE)
        if named:
            one = Path(named).expanduser().absolute()
            return cls(data=one, cache=one / "cache", state=one / "state", config=one)
        from platformdirs import PlatformDirs  # noqa: PLC0415 - 5 ms, not needed for --data-dir

        platform = PlatformDirs("tuireader", appauthor=False)
        return cls(
            data=platform.user_data_path,
            cache=platform.user_cache_path,
            state=platform.user_state_path,
            config=platform.user_config_path,
        )

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.config / "settings.toml"

    @property
    def pages(self) -> Path:
        """The folder of pages of the web that were fetched, or imported with their text."""
        return self.data / "pages"

    @property
    def feeds(self) -> Path:
        """The folder of feeds: what came with them, and when they are asked again."""
        return self.data / "feeds"

    @property
    def stdin(self) -> Path:
        """The folder of texts that came in on standard input."""
        return self.data / "stdin"


def make_private_folder(folder: Path) -> None:
    """Make a folder and those above it, each that was missing open to its owner only."""
    missing = [folder, *folder.parents]
    while missing and not missing[-1].exists():
        missing.pop()
    for one in reversed([path for path in missing if not path.exists()]):
        one.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)


_NO_HARD_LINKS = frozenset(
    {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
)
"""How a file system says that it has no hard links."""


def create_file(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Create a file with all of its content, or none at all; `mode` is cut by the umask.

    Raises FileExistsError if something is there, and OSError if it cannot be written. The content
    is written to a temporary file beside it, which gets the name when it is complete.
    """
    temporary = path.with_name(f".tuireader-{secrets.token_hex(8)}")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            _give_name(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        # The reader knows nothing of the temporary file.
        error.filename, error.filename2 = os.fspath(path), None
        raise


def _give_name(temporary: Path, path: Path) -> None:
    """Give the file a name that nothing else has."""
    try:
        path.hardlink_to(temporary)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
    else:
        return
    # An empty file takes the name first, because a rename would overwrite what is there.
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    try:
        temporary.replace(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def replace_file(path: Path, content: bytes) -> None:
    """Write a file so that either the old or the new content is on the disk, never a part.

    A symbolic link stays one: the file that it leads to is replaced.
    """
    import tempfile  # noqa: PLC0415 - 4 ms with its imports, and nothing is written at the start

    target = Path(os.path.realpath(path))
    make_private_folder(target.parent)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            Path(name).chmod(target.stat().st_mode & 0o777)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
