"""The errors of the search index."""

from tuireader.domain.errors import TuiReaderError


class IndexUnavailableError(TuiReaderError):
    """The search index cannot be opened, read or written."""

    def __init__(self, reason: str) -> None:
        """Store the reason, which is a clause such as "the disk is full"."""
        super().__init__(f"The search index cannot be used: {reason}.")


class SearchInterruptedError(TuiReaderError):
    """A query was stopped by another thread."""

    def __init__(self) -> None:
        super().__init__("The search was stopped.")
