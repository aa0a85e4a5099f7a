"""Errors that are shown to the user; the text of each is one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager


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
