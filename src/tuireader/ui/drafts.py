"""Which draft belongs to which words: a draft's key names its article and its stretch."""

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from tuireader.domain.passage import Passage


@runtime_checkable
class Drafting(Protocol):
    """A screen on which something is being written."""

    def save_draft(self) -> bool:
        """Put what was written on the disk; whether it is there."""


def draft_key(location: str, passage: Passage) -> str:
    """The key of the draft of a note on a passage."""
    return f"{location}\n{passage.start}-{passage.end}"


def drafts_on(keys: Iterable[str], location: str) -> tuple[Passage, ...]:
    """The passages of an article that have a draft, in the order of the text."""
    passages = []
    for key in keys:
        place, _, stretch = key.rpartition("\n")
        start, _, end = stretch.partition("-")
        if place == location and start.isdigit() and end.isdigit():
            passages.append(Passage(int(start), int(end)))
    return tuple(sorted(passages))
