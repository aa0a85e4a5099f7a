"""Libraries that only some readers need: what is said when one is missing."""

from collections.abc import Iterator
from contextlib import contextmanager

from tuireader.domain.errors import SourceError


@contextmanager
def missing_extra(extra: str, location: str) -> Iterator[None]:
    """Turns the import error of a missing library into a sentence with the command for it."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("tuireader"):
            raise
        reason = f"reading it needs an extra: pip install 'tuireader[{extra}]'"
        raise SourceError(location, reason) from error
