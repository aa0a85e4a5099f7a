"""Errors that are shown to the user; the text of each is one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


class TuiReaderError(Exception):
    """The base of all errors that are shown to the user.

    The text of each is what is shown: one sentence, or a place and a clause.
    """


class SourceError(TuiReaderError):
    """A source cannot be read as an article.

    Attributes: `location`, the source, and `reason`, why it cannot be read, as a clause.
    """

    def __init__(self, location: str, reason: str) -> None:
        """Make the message "LOCATION: REASON", the reason being a clause like "it is a folder"."""
        super().__init__(f"{location}: {reason}")
        self.location = location
        self.reason = reason


class SourceNotFoundError(SourceError):
    """There is no file, folder or article at a location."""


class WrongPasswordError(SourceError):
    """A file is protected by a password, and none or a wrong one was given."""

    def __init__(self, location: str, *, given: bool) -> None:
        """Make the message; `given` says whether a (wrong) password was given."""
        reason = "the password is wrong" if given else "it is protected by a password"
        super().__init__(location, f"{reason}; name it with --password")


@dataclass(frozen=True, slots=True)
class SkippedKind:
    """Files of one kind that were skipped in a folder."""

    ending: str
    """The extension, such as ".docx"; empty for files without one."""
    count: int
    """How many files of this kind there are."""
    advice: str
    """What the reader can do, as a clause; empty if nothing."""

    def __str__(self) -> str:
        """Return the number of files and the advice: "12 .docx: install tuireader[office]"."""
        name = self.ending or "without an extension"
        return f"{self.count:,} {name}" + (f": {self.advice}" if self.advice else "")


class SkippedFilesError(SourceError):
    """Files of a folder were skipped because of their kinds; a warning, not a failure."""

    def __init__(self, location: str, kinds: tuple[SkippedKind, ...]) -> None:
        """Make the message from the folder and the kinds of files that were skipped in it."""
        super().__init__(location, f"skipped {'; '.join(map(str, kinds))}")
        self.kinds = kinds


class TooLongError(TuiReaderError):
    """A text is too long, or has too many quotation marks, for an operation."""


class NotebookError(TuiReaderError):
    """The notebook cannot be read or written."""


class SettingsError(TuiReaderError):
    """The settings file cannot be read or written, or has a value that cannot be used."""


class NoTerminalError(TuiReaderError):
    """There is no terminal to read keys from."""

    def __init__(self) -> None:
        """Make the message, which names the command that works without a terminal."""
        super().__init__(
            "there is no terminal to take keys from; `tuireader show FILE` prints the text"
        )


@contextmanager
def missing_extra(extra: str, location: str) -> Iterator[None]:
    """Turn the ImportError of an optional library into a SourceError that says how to install it.

    A context manager around the import. `extra` is the name of tuireader's optional dependency,
    such as "office"; `location` is the source that needs it.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("tuireader"):
            raise
        reason = f"reading it needs an optional dependency: pip install 'tuireader[{extra}]'"
        raise SourceError(location, reason) from error
