"""Remembers the quotations of articles that were read, by the content of the article."""

import contextlib
import hashlib
import json
import os
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tuireader import __version__
from tuireader.app.quote_records import quote_of, quote_record
from tuireader.domain.article import Article
from tuireader.domain.quote import Quote
from tuireader.paths import make_private_folder

MAX_ARTICLES = 2_000
"""Articles whose quotations are kept; the oldest tenth is removed when there are more."""

_PACKAGE = Path(__file__).parents[1]
_PARTS = ("quotes", "languages")


@dataclass(frozen=True, slots=True)
class KnownQuotes:
    """The quotations of an article, as they were found when it was read last."""

    found: tuple[Quote, ...]
    """All of them, unattributed ones included, without the reader's corrections."""
    has_corrections: bool
    """Whether the reader had corrected some."""


class QuoteCache:
    """A folder with one file an article; it can be deleted at any time.

    An article is recognized by all that its quotations depend on: its text, blocks, author and
    language, and the version of the program.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder, which is created with the first article."""
        self._folder = folder

    def get(self, article: Article) -> KnownQuotes | None:
        """Return the known quotations of an article; None if there are none or they are damaged."""
        try:
            content = zlib.decompress(self._path(article).read_bytes())
            has_corrections, records = json.loads(content)
            return KnownQuotes(tuple(map(quote_of, records)), bool(has_corrections))
        except (OSError, ValueError, TypeError, zlib.error):
            return None

    def put(self, article: Article, known: KnownQuotes) -> None:
        """Store the quotations of an article, in place of those before.

        An error is ignored: they are then found again the next time.
        """
        content = json.dumps([known.has_corrections, list(map(quote_record, known.found))])
        path = self._path(article)
        draft = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
        try:
            make_private_folder(self._folder)
            draft.write_bytes(zlib.compress(content.encode("ascii"), 1))
            draft.replace(path)
            self._remove_oldest()
        except OSError:
            with contextlib.suppress(OSError):
                draft.unlink()

    def _remove_oldest(self) -> None:
        """Remove the files that were written first, if there are too many."""
        with os.scandir(self._folder) as entries:
            files = list(entries)
        if len(files) <= MAX_ARTICLES:
            return
        ages: list[tuple[float, str]] = []
        for file in files:
            with contextlib.suppress(OSError):
                ages.append((file.stat().st_mtime, file.path))
        for _, path in sorted(ages)[: len(ages) - MAX_ARTICLES * 9 // 10]:
            with contextlib.suppress(OSError):
                Path(path).unlink()

    def _path(self, article: Article) -> Path:
        """Return the path of an article's file, which need not exist."""
        digest = hashlib.sha256(_program_stamp())
        digest.update(article.text.encode("utf-8", "surrogatepass"))
        facts = (article.author, article.language, article.title, *article.blocks.rows())
        digest.update(repr(facts).encode("utf-8", "backslashreplace"))
        return self._folder / f"{digest.hexdigest()[:40]}.z"


@cache
def _program_stamp() -> bytes:
    """Return bytes that change with the program's rules and word lists for quotations."""
    stamps = [
        (path.name, path.stat().st_size, path.stat().st_mtime_ns)
        for part in _PARTS
        for path in sorted((_PACKAGE / part).rglob("*.*"))
        if path.suffix != ".pyc"
    ]
    return repr((__version__, stamps)).encode()
