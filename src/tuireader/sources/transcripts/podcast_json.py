"""Parses JSON transcripts: of podcasts (Podcasting 2.0), and of programs that recognise speech."""

import json
from collections.abc import Iterator
from typing import Any

from tuireader.domain.errors import SourceError
from tuireader.sources.transcripts.cues import Cue, Transcript
from tuireader.text.sanitize import sanitize_line

_LISTS = ("segments", "utterances", "monologues", "cues")
_WORDS = ("body", "text", "transcript")
_STARTS = ("startTime", "start", "start_time", "from")
_ENDS = ("endTime", "end", "end_time", "to")
_MILLISECONDS = 100_000
"""Starts of more are milliseconds if the list is of utterances."""


def parse_transcript(text: str, location: str) -> Transcript:
    """Parse a JSON transcript; raise SourceError, which names `location`, if it is not one."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(location, "not a transcript in JSON") from error
    if not isinstance(found, dict):
        raise SourceError(location, "not a transcript in JSON")
    language = found.get("language")
    return Transcript(
        cues=tuple(_cues(found)),
        title=sanitize_line(_string(found.get("title"))),
        language=_string(language)[:2].lower() if len(_string(language)) == 2 else "",
    )


def _cues(found: dict[str, Any]) -> Iterator[Cue]:
    """Yield the cues of the first list of segments that has any; nothing if there is none."""
    for name in _LISTS:
        listed = found.get(name)
        if not isinstance(listed, list):
            continue
        scale = 1_000 if name == "utterances" and _is_in_milliseconds(listed) else 1
        for segment in listed:
            if isinstance(segment, dict) and (words := _first(segment, _WORDS)):
                start = _number(segment, _STARTS) / scale
                yield Cue(
                    start=start,
                    end=max(start, _number(segment, _ENDS) / scale),
                    lines=(words,),
                    speaker=sanitize_line(_string(segment.get("speaker"))),
                )
        return


def _is_in_milliseconds(listed: list[Any]) -> bool:
    """Return whether the times of a list of segments are milliseconds, by their size."""
    return any(
        isinstance(segment, dict) and _number(segment, _ENDS) > _MILLISECONDS for segment in listed
    )


def _first(segment: dict[str, Any], names: tuple[str, ...]) -> str:
    """Return the first of the named fields of a segment that has words, as one line.

    Empty if none has.
    """
    return next(
        (words for name in names if (words := sanitize_line(_string(segment.get(name))))), ""
    )


def _number(segment: dict[str, Any], names: tuple[str, ...]) -> float:
    """Return the first of the named fields that is a time, in seconds; 0 if there is none."""
    for name in names:
        value = segment.get(name)
        if isinstance(value, int | float) and 0 <= value < 1e9:
            return float(value)
    return 0.0


def _string(value: Any) -> str:
    """Return a value as text if it is a string or a number; else ""."""
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""
