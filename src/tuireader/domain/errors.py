"""What a reader may meet: errors whose text is one sentence, ready to be shown."""


class TuiReaderError(Exception):
    """Something went wrong that the reader should be told of, in one plain sentence."""


class SourceError(TuiReaderError):
    """A source cannot be read as an article."""

    def __init__(self, location: str, reason: str) -> None:
        """Keep the source's location, and the reason as a clause ("it is a folder")."""
        super().__init__(f"{location}: {reason}")
        self.location = location
        self.reason = reason


class SourceNotFoundError(SourceError):
    """There is nothing at the location that was named."""


class TooLongError(TuiReaderError):
    """A text is too long for something to be done with it."""


class NotebookError(TuiReaderError):
    """The notebook cannot be read or written."""


class SettingsError(TuiReaderError):
    """The settings file says something that cannot be followed."""


class NoTerminalError(TuiReaderError):
    """There is no terminal from which keys could come."""

    def __init__(self) -> None:
        """Say what can be done without one."""
        super().__init__(
            "there is no terminal to take keys from; `tuireader show FILE` prints the text"
        )
