"""Cues of a transcript: who says what from when to when."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words of a transcript that belong to one stretch of time and one speaker."""

    start: float
    """Seconds from the start of the recording."""
    end: float
    lines: tuple[str, ...]
    """The words, a string for each line of a subtitle."""
    speaker: str = ""
    """Who says it, as the transcript states; empty if it does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """The cues of a recording in order, and the title and language that the file states."""

    cues: tuple[Cue, ...]
    title: str = ""
    language: str = ""
    """ISO 639-1; empty if it is not stated."""


def clock(seconds: float) -> str:
    """Return a time as `0:07` or `1:02:07`, the name of a place in a transcript."""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"
