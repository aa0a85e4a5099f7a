"""The words of the search index, for searches inside words such as `*minister*`.

All words are kept in one compressed string, the most frequent first; finding letters in it takes
milliseconds. Words of articles that were added since are kept in a table of their own.
"""

import re
import zlib
from collections.abc import Iterable
from functools import cache

from tuireader.library.search.database import IndexDatabase

MAX_WORDS = 200
"""Words that a search inside words expands to."""

SHORTEST = 3
"""Letters of a word at least: fewer cannot contain what is searched for."""

_NAME = "vocabulary"
_STALE = "vocabulary_is_stale"


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]{3,}")


class Vocabulary:
    """The words of an index, most frequent first; several connections may use it."""

    def __init__(self, database: IndexDatabase) -> None:
        self._database = database
        self._words = ""
        self._version = -1

    def words_containing(self, letters: str) -> tuple[str, ...]:
        """Return indexed words that contain the given folded letters, most frequent first.

        At most `MAX_WORDS`; empty if there are none.
        """
        words = self._current()
        found: list[str] = []
        at = words.find(letters)
        while at >= 0 and len(found) < MAX_WORDS:
            end = words.find("\n", at)
            found.append(words[words.rfind("\n", 0, at) + 1 : end])
            at = words.find(letters, end)
        escaped = letters.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        new = self._database.rows(
            r"SELECT word FROM words WHERE word LIKE ? ESCAPE '\' LIMIT ?",
            f"%{escaped}%",
            MAX_WORDS,
        )
        return tuple(dict.fromkeys([*found, *(word for (word,) in new)]))[:MAX_WORDS]

    def add(self, texts: Iterable[str]) -> None:
        """Add the words of folded texts; for use with few articles, see `FEW`."""
        words = {match[0] for text in texts for match in _word().finditer(text)}
        if not words:
            return
        with self._database.transaction():
            self._database.run_many(
                "INSERT OR IGNORE INTO words VALUES (?)", [(word,) for word in words]
            )

    def mark_stale(self) -> None:
        """Record that words are missing, because many articles were added.

        `is_stale` is then true until `rebuild` is called.
        """
        with self._database.transaction():
            self._database.set_setting(_STALE, b"1")

    @property
    def is_stale(self) -> bool:
        """Whether words of added articles are missing, so that `rebuild` must be called."""
        return bool(self._database.setting(_STALE))

    def rebuild(self) -> None:
        """Collect all words of the index again; this takes a second for 100,000 articles."""
        rows = self._database.rows(
            "SELECT term FROM vocabulary WHERE length(term) >= ? ORDER BY doc DESC, term", SHORTEST
        )
        words = "".join(f"{word}\n" for (word,) in rows)
        with self._database.transaction():
            self._database.set_setting(_NAME, zlib.compress(words.encode(), 1))
            self._database.run("DELETE FROM words")
            self._database.run("DELETE FROM settings WHERE name = ?", _STALE)

    def _current(self) -> str:
        """Return all words but the newest, each with a line end after it; "" if there are none."""
        version = self._database.data_version
        if version != self._version:
            data = self._database.setting(_NAME)
            self._words = zlib.decompress(data).decode() if data else ""
            self._version = version
        return self._words
