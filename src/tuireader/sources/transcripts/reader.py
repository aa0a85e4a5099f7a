"""Reads a transcript as an article: paragraphs with their speakers, and times as places."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from tuireader.domain.article import Article
from tuireader.domain.blocks import BlockKind
from tuireader.domain.errors import SourceError
from tuireader.sources.article_builder import ArticleBuilder
from tuireader.sources.plaintext.encoding import decode_text
from tuireader.sources.plaintext.title import name_of
from tuireader.sources.transcripts.cues import Cue, Transcript, clock
from tuireader.sources.transcripts.podcast_json import parse_transcript
from tuireader.sources.transcripts.subtitles import parse_subtitles
from tuireader.text.language import language_of

LARGEST_TRANSCRIPT = 20_000_000
"""The largest transcript that is read, in bytes; an hour has some 100 KB."""
MOST_CUES = 200_000
_PAUSE = 4.0
"""Seconds of silence at which a paragraph ends."""
_LONG = 500
"""Code points after which a paragraph ends with the next sentence."""
_STOPPED = re.compile(r"[.!?…。！？][\"”’»)\]]{0,3}$")
_LABEL = re.compile(r"(?:>> ?)?\[?([A-ZÀ-ÖØ-ÞŁŚŻČŠŽА-Я][\w.’' -]{0,40})(?:\]?:|:\])(?:\s|$)")
_TURN = re.compile(r"(?:>>+|[-–—])\s*(?=\S)")


def read_transcript(stream: BinaryIO, location: str) -> Article:
    """Return a transcript as an article, whose places are the times of its cues.

    Raises SourceError, which names `location`, if it is too large or has no words.
    """
    data = stream.read(LARGEST_TRANSCRIPT + 1)
    if len(data) > LARGEST_TRANSCRIPT:
        raise SourceError(location, f"it is larger than {LARGEST_TRANSCRIPT // 1_000_000} MB")
    text = decode_text(data, location)
    is_json = text.lstrip("\ufeff \t\r\n").startswith("{")
    found = parse_transcript(text, location) if is_json else parse_subtitles(text)
    if len(found.cues) > MOST_CUES:
        raise SourceError(location, f"it has more than {MOST_CUES:,} cues")
    return _article(found, location)


def _article(found: Transcript, location: str) -> Article:
    """Return the article of a transcript; raise SourceError if it has no words."""
    builder = ArticleBuilder()
    for paragraph in _paragraphs(found.cues):
        speaker = paragraph[0].speaker
        if speaker:
            builder.add(f"{speaker}: ")
        for cue in paragraph:
            if not builder.is_empty:
                builder.add(" ")
            builder.name(clock(cue.start))
            builder.add(_words(cue))
        builder.end(BlockKind.PARAGRAPH)
    text = builder.text_builder.text()
    if not text:
        raise SourceError(location, "it has no text")
    return Article(
        location=location,
        text=text,
        blocks=builder.text_builder.blocks(),
        title=found.title or name_of(location),
        language=found.language or language_of(text),
        places=tuple(builder.places),
    )


def _paragraphs(cues: tuple[Cue, ...]) -> Iterator[list[Cue]]:
    """Yield the cues of each paragraph; nothing for no cues.

    A paragraph ends when somebody else speaks, at a long pause, and, if it is long, at the end of a
    sentence.
    """
    current: list[Cue] = []
    size = 0
    for cue in _turns(cues):
        if current and _ends(current[-1], cue, size):
            yield current
            current, size = [], 0
        current.append(cue)
        size += sum(map(len, cue.lines))
    if current:
        yield current


def _ends(last: Cue, cue: Cue, size: int) -> bool:
    """Return whether a paragraph ends between two cues.

    Args:
        last: The cue before.
        cue: The cue behind.
        size: The length of the paragraph so far, in code points.
    """
    first = cue.lines[0]
    if cue.speaker != last.speaker or _TURN.match(first) or _LABEL.match(first):
        return True
    if cue.start - last.end >= _PAUSE:
        return True
    return size >= _LONG and _STOPPED.search(last.lines[-1][-5:]) is not None


def _turns(cues: tuple[Cue, ...]) -> Iterator[Cue]:
    """Yield the cues, divided at lines with which somebody else begins to speak.

    A cue without a speaker has the speaker before if it continues an unfinished sentence.
    """
    speaker, last = "", ""
    for cue in cues:
        speaker = cue.speaker or ("" if _STOPPED.search(last[-5:]) else speaker)
        last = cue.lines[-1]
        start = 0
        for number, line in enumerate(cue.lines):
            if number > start and (_TURN.match(line) or _LABEL.match(line)):
                yield _part(cue, start, number, speaker)
                start = number
        yield _part(cue, start, len(cue.lines), speaker)


def _part(cue: Cue, start: int, end: int, speaker: str) -> Cue:
    """Return a cue with the lines from `start` to before `end`, and a speaker.

    The speaker is left empty if the first line has its own label, such as "Ann:".
    """
    lines = cue.lines[start:end]
    labelled = _LABEL.match(lines[0]) or _TURN.match(lines[0])
    return Cue(start=cue.start, end=cue.end, lines=lines, speaker="" if labelled else speaker)


def _words(cue: Cue) -> str:
    """Return the text of a cue in one line, without the mark ">>" for another speaker."""
    words = " ".join(cue.lines)
    return words.lstrip("> ") if words.startswith(">>") else words
