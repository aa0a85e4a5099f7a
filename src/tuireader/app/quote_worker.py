"""Who said what in a long text, found by a process of its own so that no key waits for it.

The process runs `python -m tuireader.app.quote_worker LOCATION`, reads the article
as the reader does, and prints its length and then a quotation a line.
"""

import json
import os
import select
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

from tuireader.domain.article import Article, Passage
from tuireader.domain.errors import TooLongError
from tuireader.domain.quote import Confidence, Quote, QuoteKind
from tuireader.quotes.density import TOO_MANY_MARKS, has_too_many_marks

LONG = 100_000
"""Code points from which a text is long: below, its quotations are found in a tenth of a second."""

LONGEST = 12_000_000
"""Code points beyond which no quotations are looked for: they would take minutes and gigabytes."""

SILENCE = 0.02
"""Seconds that are waited for output before it is asked whether to go on."""

CHUNK = 65_536
"""Bytes read at once."""

POLITE = 10
"""How much the process stands back for others; the niceness of POSIX."""


def quotes_in_process(article: Article, pause: Callable[[], None]) -> tuple[Quote, ...]:
    """The quotations of an article as another process finds them; none if that fails.

    `pause` is called many times a second; it may raise, which ends the process.
    Raises TooLongError for a text that is too long, or is no prose.
    """
    if len(article.text) > LONGEST:
        raise TooLongError(
            f"No quotations are looked for in a text of more than {LONGEST:,} characters."
        )
    if has_too_many_marks(article.text):
        raise TooLongError(f"In this text {TOO_MANY_MARKS}.")
    command = [sys.executable, "-m", "tuireader.app.quote_worker", article.location]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            lines = _lines(process, pause)
            # The file may have changed since; offsets into another text are of no use.
            if next(lines, b"") != f"{len(article.text)}".encode():
                return ()
            return tuple(_quote(json.loads(line)) for line in lines)
        finally:
            process.kill()


def _lines(process: subprocess.Popen[bytes], pause: Callable[[], None]) -> Iterator[bytes]:
    """The lines that a process prints, without their ends; `pause` is called while it is silent."""
    if process.stdout is None:
        return
    output, rest = process.stdout.fileno(), b""
    while True:
        pause()
        if not select.select([output], [], [], SILENCE)[0]:
            continue
        came = os.read(output, CHUNK)
        if not came:
            return
        *lines, rest = (rest + came).split(b"\n")
        for line in lines:
            pause()
            yield line


def _record(quote: Quote) -> list[Any]:
    pairs = [[span.start, span.end] for span in quote.spans]
    mention, cue = (
        [passage.start, passage.end] if passage else None for passage in (quote.mention, quote.cue)
    )
    return [pairs, quote.kind, quote.confidence, quote.speaker, mention, cue, quote.unattributed]


def _quote(record: list[Any]) -> Quote:
    spans, kind, confidence, speaker, mention, cue, unattributed = record
    return Quote(
        spans=tuple(Passage(start, end) for start, end in spans),
        kind=QuoteKind(kind),
        confidence=Confidence(confidence),
        speaker=speaker,
        mention=Passage(*mention) if mention else None,
        cue=Passage(*cue) if cue else None,
        unattributed=unattributed,
    )


def main() -> None:
    """Print the quotations of the article at the location that was named."""
    from tuireader.quotes.engine import extract_all  # noqa: PLC0415 - only this process needs it
    from tuireader.sources.open import open_article  # noqa: PLC0415 - the same

    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.nice(POLITE)
    article = open_article(sys.argv[1])
    sys.stdout.write(f"{len(article.text)}\n")
    for quote in extract_all(article):
        sys.stdout.write(json.dumps(_record(quote)) + "\n")


def _end_with_parent() -> None:
    """End this process when the reader's is gone, however it went: its end of the pipe closes."""
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
