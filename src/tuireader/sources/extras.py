"""Optional dependencies ("extras"), and the error when one is not installed."""

from collections.abc import Iterator
from contextlib import contextmanager

from tuireader.domain.errors import SourceError


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
