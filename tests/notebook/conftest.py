"""Fixtures of the notebook's tests: articles and a folder."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tuireader.domain.article import Article, Passage
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.notebook.notebook import FILE, Notebook

STORY = (
    "The ferry left the harbour an hour late. Nobody on the quay had been told why, and the "
    "children had begun to throw bread at the gulls.\n\n"
    "“We were promised a second boat in spring,” said Marta Lindqvist, who runs the bakery "
    "on the far island. “Now it is autumn and we still have half a boat.”\n\n"
    "The company says the second vessel failed its inspection twice. A third inspection is "
    "planned for the week after next, and the timetable stays as it is until then."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk"


@pytest.fixture
def journal_file(folder: Path) -> Path:
    return folder / FILE


@pytest.fixture
def notebook(folder: Path) -> Iterator[Notebook]:
    with Notebook.open(folder) as opened:
        yield opened


@pytest.fixture
def make_article() -> Callable[..., Article]:
    def make(text: str = STORY, location: str = "/news/ferry.txt", **known: Any) -> Article:
        starts = [0, *(at + 2 for at in range(len(text)) if text.startswith("\n\n", at))]
        ends = [*(start - 2 for start in starts[1:]), len(text)]
        blocks = Blocks(
            Block(BlockKind.PARAGRAPH, start, end) for start, end in zip(starts, ends, strict=True)
        )
        return Article(location=location, text=text, blocks=blocks, **{"title": "Ferry", **known})

    return make


@pytest.fixture
def article(make_article: Callable[..., Article]) -> Article:
    return make_article()


@pytest.fixture
def passage() -> Callable[..., Passage]:
    def find(words: str, text: str = STORY) -> Passage:
        start = text.index(words)
        return Passage(start, start + len(words))

    return find
