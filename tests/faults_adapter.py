"""The notebook as the program uses it, as plain records, for tools that break stores.

Each record is a kept passage whose note carries it; deleting it is moving the passage to the
trash. Now and then a change is undone and done again, a draft is saved and dropped, and a tag
is set, before the change is acknowledged.
"""

import json
from pathlib import Path
from typing import Any

from tuireader.domain.article import Article, Passage
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.domain.bookmark import Bookmark
from tuireader.notebook.notebook import Notebook

_LEAD = "The words before the passage. "


class Adapter:
    """Records by key; what `put` and `delete` return from is on the disk."""

    def __init__(self, folder: str) -> None:
        self._notebook = Notebook.open(Path(folder))
        self._changes = 0

    def put(self, key: str, record: dict[str, Any]) -> None:
        """Keep the passage of that key, or change the note on it."""
        notebook, article = self._notebook, _article_of(key)
        note = json.dumps({"key": key, "record": record})
        turn = self._next_turn()
        if turn % 5 == 0:
            notebook.drafts.save(article.location, note)
        # Other windows wait meanwhile, so that what is undone here is no change of theirs.
        with notebook._journal.exclusive():
            mark = notebook.bookmarks.keep(article, _passage_of(article), note=note)
            if turn % 7 == 0:
                self._there_and_back()
        if turn % 3 == 0:
            notebook.bookmarks.change(mark.id, tags=[f"turn {turn}"])
        if turn % 5 == 0:
            _demand(notebook.drafts.get(article.location) == note, "the draft is not there")
            notebook.drafts.drop(article.location)
        kept = notebook.bookmarks.get(mark.id)
        _demand(kept is not None and kept.note == note, "the note is not as it was given")

    def all(self) -> dict[str, dict[str, Any]]:
        """Every record that is not in the trash; one whose passage is wrong has a wrong sum."""
        return dict(self._record_of(mark) for mark in self._notebook.bookmarks.all())

    def delete(self, key: str) -> None:
        """Move the passage of that key to the trash, and now and then empty it."""
        marks = self._notebook.bookmarks.for_article(_article_of(key))
        turn = self._next_turn()
        with self._notebook._journal.exclusive():
            self._notebook.trash.put(*(mark.id for mark in marks))
            if turn % 4 == 0:
                self._there_and_back()
            if turn % 6 == 0:
                self._notebook.trash.empty()

    def close(self) -> None:
        self._notebook.close()

    def _there_and_back(self) -> None:
        undone = self._notebook.undo()
        _demand(bool(undone) and self._notebook.redo() == undone, "redo is not what was undone")

    def _record_of(self, mark: Bookmark) -> tuple[str, dict[str, Any]]:
        said = json.loads(mark.note)
        article = _article_of(said["key"])
        is_right = mark.words == _passage_of(article).of(article.text)
        return said["key"], said["record"] if is_right else {**said["record"], "sum": ""}

    def _next_turn(self) -> int:
        self._changes += 1
        return self._changes


class WithTexts(Adapter):
    """The same, in which a record counts only as long as its passage's text is kept whole.

    For faults that damage no file after it was written.
    """

    def _record_of(self, mark: Bookmark) -> tuple[str, dict[str, Any]]:
        key, record = super()._record_of(mark)
        text_hash = mark.anchor.text_hash if mark.anchor else ""
        is_kept = self._notebook.texts.text(text_hash) == _article_of(key).text
        return key, record if is_kept else {**record, "sum": ""}


def _article_of(key: str) -> Article:
    text = f"{_LEAD}What is kept for {key}. The words after it."
    blocks = Blocks([Block(BlockKind.PARAGRAPH, 0, len(text))])
    return Article(location=f"/faults/{key}.txt", text=text, blocks=blocks, title=key)


def _passage_of(article: Article) -> Passage:
    start = len(_LEAD)
    return Passage(start, article.text.index(". ", start) + 1)


def _demand(holds: object, otherwise: str) -> None:
    if not holds:
        raise RuntimeError(f"This must not be acknowledged: {otherwise}.")
