"""Who said what in a long text, found by a process of its own so that no key waits for it.

The process runs `python -m tuireader.cli.long_quotes LOCATION`, reads the article
as the reader does, and prints its length and then a quotation a line.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from tuireader.domain.article import Article
from tuireader.domain.passage import Passage
from tuireader.domain.quote import Confidence, Quote, QuoteKind

LONG = 100_000
"""Code points from which a text is long: below, its quotations are found in a tenth of a second."""

POLITE = 10
"""How much the process stands back for others; the niceness of POSIX."""


def quotes_apart(article: Article, pause: Callable[[], None]) -> tuple[Quote, ...]:
    """The quotations of an article as another process finds them; none if that fails.

    `pause` is called for each line that comes back; it may raise, which ends the process.
    """
    command = [sys.executable, "-m", "tuireader.cli.long_quotes", article.location]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        lines = process.stdout
        found: list[Quote] = []
        try:
            # The file may have changed since; offsets into another text are of no use.
            if lines is None or lines.readline() != f"{len(article.text)}\n".encode():
                return ()
            for line in lines:
                pause()
                found.append(_quote(json.loads(line)))
        finally:
            process.kill()
    return tuple(found)


def _record(quote: Quote) -> list[Any]:
    pairs = [[span.start, span.end] for span in quote.spans]
    mention, cue = (
        [passage.start, passage.end] if passage else None for passage in (quote.mention, quote.cue)
    )
    return [pairs, quote.kind, quote.confidence, quote.speaker, mention, cue]


def _quote(record: list[Any]) -> Quote:
    spans, kind, confidence, speaker, mention, cue = record
    return Quote(
        spans=tuple(Passage(start, end) for start, end in spans),
        kind=QuoteKind(kind),
        confidence=Confidence(confidence),
        speaker=speaker,
        mention=Passage(*mention) if mention else None,
        cue=Passage(*cue) if cue else None,
    )


def main() -> None:
    """Print the quotations of the article at the location that was named."""
    from tuireader.quotes import extract  # noqa: PLC0415 - only this process needs it
    from tuireader.sources.opening import open_article  # noqa: PLC0415 - the same

    os.nice(POLITE)
    article = open_article(sys.argv[1])
    sys.stdout.write(f"{len(article.text)}\n")
    for quote in extract(article):
        sys.stdout.write(json.dumps(_record(quote)) + "\n")


if __name__ == "__main__":
    main()
