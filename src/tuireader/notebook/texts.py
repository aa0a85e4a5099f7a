"""The texts that passages were kept from, each by the hash of its words, written once."""

import contextlib
import datetime as dt
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from tuireader.domain.article import Article, Emphasis, Link, NamedPlace, text_hash
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.domain.errors import NotebookError
from tuireader.domain.passage import Passage
from tuireader.notebook.journal import damage, files

_VERSION = 1

hash_of = lru_cache(maxsize=2)(text_hash)
"""The hash of a text; the last two are remembered, for the article that is open is asked often."""


class Texts:
    """A folder of texts, `texts/ab/<hash>.json`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, article: Article) -> str:
        """Keep the article's text if it is not kept yet; its hash. NotebookError if it cannot."""
        name = hash_of(article.text)
        path = self._path(name)
        if not path.exists():
            data = json.dumps(_record_of(article), separators=(",", ":")).encode("ascii")
            try:
                files.write_atomically(path, data)
            except OSError as error:
                raise NotebookError(
                    f"The text was not kept, because {files.reason_of(error)}."
                ) from error
        return name

    def keep_again(self, article: Article) -> None:
        """Keep the text of an article that is open if the file of it was set aside as damaged."""
        name = hash_of(article.text)
        aside = (self._folder.parent / damage.FOLDER).glob(f"{name}-*.json")
        if not self._path(name).exists() and any(aside):
            with contextlib.suppress(NotebookError):
                self.save(article)

    def load(self, name: str) -> Article | None:
        """The article with the text of that hash; None if it is not here or no longer whole."""
        try:
            record = json.loads(self._path(name).read_bytes())
            article = _article_of(record)
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            return None
        return article if text_hash(article.text) == name else None

    def words(self, name: str) -> str | None:
        """The text of that hash without its marks; None as `load`."""
        article = self.load(name)
        return article.text if article else None

    def _path(self, name: str) -> Path:
        safe = name if name.isascii() and name.isalnum() else text_hash(name)
        return self._folder / safe[:2] / f"{safe}.json"


def _record_of(article: Article) -> dict[str, Any]:
    return {
        "v": _VERSION,
        "location": article.location,
        "title": article.title,
        "date": article.date.isoformat() if article.date else None,
        "outlet": article.outlet,
        "author": article.author,
        "language": article.language,
        "source": article.source,
        "blocks": list(article.blocks.rows()),
        "links": [
            [link.passage.start, link.passage.end, link.target, link.place]
            for link in article.links
        ],
        "places": [[place.name, place.offset] for place in article.places],
        "emphases": [
            [emphasis.passage.start, emphasis.passage.end, emphasis.kind]
            for emphasis in article.emphases
        ],
        "text": article.text,
    }


def _article_of(record: dict[str, Any]) -> Article:
    return Article(
        location=record["location"],
        text=record["text"],
        blocks=Blocks(
            Block(BlockKind(kind), start, end, level)
            for kind, start, end, level in record["blocks"]
        ),
        title=record["title"],
        date=dt.date.fromisoformat(record["date"]) if record["date"] else None,
        outlet=record["outlet"],
        author=record["author"],
        language=record["language"],
        source=record["source"],
        links=tuple(
            Link(Passage(start, end), target, *place)
            for start, end, target, *place in record["links"]
        ),
        places=tuple(NamedPlace(name, offset) for name, offset in record.get("places", ())),
        emphases=tuple(
            Emphasis(Passage(start, end), kind) for start, end, kind in record["emphases"]
        ),
    )
