"""Parses WebVTT (https://www.w3.org/TR/webvtt1/) and SubRip subtitles into cues."""

import re
from collections.abc import Iterator
from html import unescape

from tuireader.sources.transcripts.cues import Cue, Transcript
from tuireader.text.sanitize import sanitize, sanitize_line

LONGEST_LINE = 20_000
"""Code points of a line that are read; subtitles have about 40."""
_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMES = re.compile(rf"\s*+{_TIME}\s*+-->\s*+{_TIME}")
_TAG = re.compile(
    r"<(/?)([A-Za-z]{0,10})((?:\.[\w-]{1,40}){0,5})([^<>]{0,500})>|\{\\[^{}]{0,200}\}"
)
_SECONDS = re.compile(r"<\d{1,2}:\d")
_RUBY_TEXT = re.compile(r"<rt\b[^<>]{0,100}>[^<]{0,200}(?:</rt>)?", re.IGNORECASE)
_LANGUAGE = re.compile(r"Language:\s*([A-Za-z]{2})\b", re.IGNORECASE)
_IGNORED = ("NOTE", "STYLE", "REGION", "X-TIMESTAMP-MAP")
_OVERLAP = 0.05
"""Seconds that cues which follow each other may overlap by rounding."""


def parse_subtitles(text: str) -> Transcript:
    """Parse WebVTT or SubRip; lines without times are left out.

    A text without any times gives a transcript without cues.
    """
    lines = sanitize(text).split("\n")
    title = language = ""
    if lines and lines[0].startswith("WEBVTT"):
        title = sanitize_line(lines[0][len("WEBVTT") :].lstrip(" \t-–—:"))
        stated = next(filter(None, map(_LANGUAGE.match, lines[1:12])), None)
        language = stated[1].lower() if stated else ""
    # Only captions that are made live have the time of each word.
    rolling = any(_SECONDS.search(line[:LONGEST_LINE]) for line in lines)
    cues = tuple(_without_repeated(_cues(lines), rolling=rolling))
    return Transcript(cues=cues, title=title, language=language)


def _cues(lines: list[str]) -> Iterator[Cue]:
    """Yield the cues of a file in order; nothing if no line has times."""
    number, size = 0, len(lines)
    while number < size:
        line = lines[number][:LONGEST_LINE]
        times = _TIMES.match(line)
        number += 1
        if line.startswith(_IGNORED) and not times:
            number = _behind_block(lines, number)
        if not times:
            continue
        start = number
        number = _behind_block(lines, number)
        parts = times.groups()
        begin, end = _seconds(parts[:4]), _seconds(parts[4:])
        yield from _spoken(lines[start:number], begin, end)


def _behind_block(lines: list[str], number: int) -> int:
    """Return the index of the line behind a block: a blank line, or one with times.

    `number` is the index at which the search begins; the number of lines at the end.
    """
    while number < len(lines) and lines[number].strip():
        if _TIMES.match(lines[number][:LONGEST_LINE]):
            # Without a blank line before it; the line with its number is no part of the text.
            return number - 1 if lines[number - 1].strip().isdigit() else number
        number += 1
    return number


def _seconds(parts: tuple[str | None, ...]) -> float:
    """Return the time of hours, minutes, seconds and a fraction, in seconds; None counts as 0."""
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction}")


def _spoken(lines: list[str], start: float, end: float) -> Iterator[Cue]:
    """Yield the cues in the lines of one cue of the file, one for each voice.

    `start` and `end` are its times in seconds; nothing for blank lines.
    """
    speaker, said = "", list[str]()
    for line in (_RUBY_TEXT.sub("", line[:LONGEST_LINE]) for line in lines):
        words, at = "", 0
        for tag in _TAG.finditer(line):
            words += line[at : tag.start()]
            at = tag.end()
            if tag[2] == "v" and not tag[1]:
                if any(said) or words.strip():
                    yield _cue(start, end, [*said, words], speaker)
                said, words, speaker = [], "", sanitize_line(unescape(tag[4]))
        said.append(words + line[at:])
    if any(part.strip() for part in said):
        yield _cue(start, end, said, speaker)


def _cue(start: float, end: float, lines: list[str], speaker: str) -> Cue:
    """Return a cue with its lines sanitized, and without empty ones."""
    clean = (sanitize_line(unescape(line)) for line in lines)
    return Cue(start=start, end=end, lines=tuple(filter(None, clean)), speaker=speaker)


def _without_repeated(cues: Iterator[Cue], *, rolling: bool) -> Iterator[Cue]:
    """Yield the cues without the lines that repeat those of the cue before.

    Live captions roll: they show each line at the bottom first, and then above the next.

    Args:
        cues: The cues in order.
        rolling: Whether the captions roll; else only cues that overlap in time are compared.

    A cue of which no line is left is left out.
    """
    before: Cue | None = None
    for cue in cues:
        lines = cue.lines
        if before is not None and (rolling or cue.start < before.end - _OVERLAP):
            lines = lines[_repeated(before.lines, lines) :]
        if lines:
            yield Cue(start=cue.start, end=cue.end, lines=lines, speaker=cue.speaker)
        before = cue if cue.lines else before


def _repeated(before: tuple[str, ...], lines: tuple[str, ...]) -> int:
    """Return how many lines at the start of a cue are the last ones of the cue before.

    0 if none are.
    """
    counts = range(min(len(lines), len(before)), 0, -1)
    return next((count for count in counts if lines[:count] == before[-count:]), 0)
