"""Where else the same text was found: addresses by the hash of the text that they hold."""

import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from tuireader.domain.article import Article, text_hash
from tuireader.folders import replace_file


class Copies:
    """A folder of lists of addresses, one for each text."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def note(self, article: Article) -> None:
        """Remember where the text is; raises OSError if it cannot be written."""
        path = self._path(article)
        known = self._read(path)
        if article.location not in known:
            content = json.dumps([*known, article.location])
            replace_file(path, content.encode("ascii"))

    def told(self, article: Article) -> Article:
        """The article with the other addresses that its text was found at."""
        others = [known for known in self._read(self._path(article)) if known != article.location]
        return replace(article, also_at=tuple(others)) if others else article

    @staticmethod
    def _read(path: Path) -> list[str]:
        with suppress(OSError, ValueError):
            found = json.loads(path.read_bytes())
            return [str(address) for address in found] if isinstance(found, list) else []
        return []

    def _path(self, article: Article) -> Path:
        digest = text_hash(article.text)
        return self._folder / digest[:2] / f"{digest[:40]}.json"
