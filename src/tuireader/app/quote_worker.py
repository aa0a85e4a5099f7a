"""Finds the quotations of a long text in another process, so that keys are not delayed.

The process runs `python -m tuireader.app.quote_worker LOCATION ENCODING`. It prints the length of
the article in code points, and then one quotation a line as JSON.
"""

import json
import os
import select
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

from tuireader.app.quote_records import quote_of, quote_record
from tuireader.domain.article import Article
from tuireader.domain.errors import TooLongError
from tuireader.domain.quote import Quote
from tuireader.quotes.quote_marks import TOO_MANY_MARKS, has_too_many_marks
from tuireader.sources.reading_options import DETECTED, ReadingOptions

LONG_TEXT = 100_000
"""Code points from which another process is used: shorter texts take a tenth of a second."""

MAX_TEXT = 12_000_000
"""Code points beyond which a text is not searched: it would take minutes and gigabytes."""

POLL_INTERVAL = 0.02
"""Seconds to wait for output before `pause` is called."""

CHUNK = 65_536
"""Bytes read at once."""

PASSWORD_VARIABLE = "TUIREADER_FILE_PASSWORD"  # noqa: S105 - the name of a variable
"""The environment variable with the password of the file."""

NICENESS = 10
"""The POSIX niceness of the process."""


def quotes_in_process(
    article: Article, pause: Callable[[], None], options: ReadingOptions = DETECTED
) -> tuple[Quote, ...]:
    """Return the quotations of an article, unattributed ones included, found by another process.

    Empty if it has none, if that process fails, or if it reads a text of another length. `pause` is
    called many times a second; it may raise to stop the process. `options` are those that the
    article was read with. Raises TooLongError if the text is too long, or has too many quotation
    marks.
    """
    if len(article.text) > MAX_TEXT:
        raise TooLongError(
            f"Texts of more than {MAX_TEXT:,} characters are not searched for quotations."
        )
    if has_too_many_marks(article.text):
        raise TooLongError(f"In this text {TOO_MANY_MARKS}.")
    command = [
        sys.executable,
        "-m",
        "tuireader.app.quote_worker",
        article.location,
        options.encoding,
    ]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # Other users see a process's arguments, but not its environment.
        env={**os.environ, PASSWORD_VARIABLE: options.password},
    ) as process:
        try:
            lines = _lines(process, pause)
            # The file may have changed since; offsets into another text are wrong.
            if next(lines, b"") != f"{len(article.text)}".encode():
                return ()
            return tuple(quote_of(json.loads(line)) for line in lines)
        finally:
            process.kill()


def _lines(process: subprocess.Popen[bytes], pause: Callable[[], None]) -> Iterator[bytes]:
    """Yield the lines that a process prints; call `pause` between them and while waiting.

    A last line without a line break is left out.
    """
    if process.stdout is None:
        return
    output, rest = process.stdout.fileno(), b""
    while True:
        pause()
        if not select.select([output], [], [], POLL_INTERVAL)[0]:
            continue
        data = os.read(output, CHUNK)
        if not data:
            return
        *lines, rest = (rest + data).split(b"\n")
        for line in lines:
            pause()
            yield line


def main() -> None:
    """Print the quotations of the article that the command line names, as the module says.

    Raises SourceError if the article cannot be opened.
    """
    from tuireader.quotes.engine import extract_all  # noqa: PLC0415 - only this process needs it
    from tuireader.sources.open import open_article  # noqa: PLC0415 - the same

    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.nice(NICENESS)
    options = ReadingOptions(sys.argv[2], os.environ.get(PASSWORD_VARIABLE, ""))
    article = open_article(sys.argv[1], options=options)
    sys.stdout.write(f"{len(article.text)}\n")
    for quote in extract_all(article):
        sys.stdout.write(json.dumps(quote_record(quote)) + "\n")


def _end_with_parent() -> None:
    """End this process when the parent ends, which closes standard input."""
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
