"""Errors that are shown to the user; the text of each is one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


class TuiReaderError(Exception):
    """The base of all errors that are shown to the user."""


class SourceError(TuiReaderError):
    """A source cannot be read as an article."""

    def __init__(self, location: str, reason: str) -> None:
        """Make the message from the location of the source and a clause like "it is a folder"."""
        super().__init__(f"{location}: {reason}")
        self.location = location
        self.reason = reason


class SourceNotFoundError(SourceError):
    """There is no source at a location."""


class WrongPasswordError(SourceError):
    """A file is protected by a password, and none or a wrong one was given."""

    def __init__(self, location: str, *, given: bool) -> None:
        """Say whether a password was given."""
        reason = "the password is wrong" if given else "it is protected by a password"
        super().__init__(location, f"{reason}; name it with --password")


@dataclass(frozen=True, slots=True)
class SkippedKind:
    """Files of one kind that were skipped in a folder."""

    ending: str
    """The extension, such as ".docx"; empty for files without one."""
    count: int
    advice: str
    """What the reader can do, as a clause; empty if nothing."""

    def __str__(self) -> str:
        """Return how many there are, and what to do: "12 .docx: install tuireader[office]"."""
        name = self.ending or "without an extension"
        return f"{self.count:,} {name}" + (f": {self.advice}" if self.advice else "")


class SkippedFilesError(SourceError):
    """Files of a folder were skipped because of their kinds."""

    def __init__(self, location: str, kinds: tuple[SkippedKind, ...]) -> None:
        """Keep the folder, and how many files of each kind were skipped."""
        super().__init__(location, f"skipped {'; '.join(map(str, kinds))}")
        self.kinds = kinds


class TooLongError(TuiReaderError):
    """A text is too long for an operation."""


class NotebookError(TuiReaderError):
    """The notebook cannot be read or written."""


class SettingsError(TuiReaderError):
    """The settings file has a value that cannot be used, or cannot be read or written."""


class NoTerminalError(TuiReaderError):
    """There is no terminal to read keys from."""

    def __init__(self) -> None:
        """Make the message, which names the command that works without a terminal."""
        super().__init__(
            "there is no terminal to take keys from; `tuireader show FILE` prints the text"
        )


@contextmanager
def missing_extra(extra: str, location: str) -> Iterator[None]:
    """Turn a library's ImportError into a SourceError that says how to install it."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("tuireader"):
            raise
        reason = f"reading it needs an optional dependency: pip install 'tuireader[{extra}]'"
        raise SourceError(location, reason) from error
