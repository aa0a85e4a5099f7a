"""The filter of the article list, with the search index."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from ui.pilot_reader import Start

from tuireader.app.library_indexer import bring_up_to_date
from tuireader.app.library_search import LibrarySearch
from tuireader.domain.article_list import ListEntry, SortOrder
from tuireader.library.catalogue import Catalogue
from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths
from tuireader.ui.lists.article_filter import ArticleFilter
from tuireader.ui.lists.article_model import AT_ONCE, ArticleModel
from tuireader.ui.widgets.prompt_line import PromptLine

TEXTS = {
    "ferry": "The ferry\n\nIt left at noon. The river was high.\n",
    "river": "The river\n\nIt rained for nine days. “We wait,” said Ada Moor.\n",
    "quay": "The quay\n\nNobody was there.\n",
}


class FilteredList:
    """A model and its filter over real files and a real index; jobs run at once."""

    def __init__(self, folder: Path) -> None:
        paths = AppPaths.find(str(folder / "data"), {})
        files = [folder / f"{name}.txt" for name in TEXTS]
        for file in files:
            file.write_text(TEXTS[file.stem], encoding="utf-8")
        with Notebook.open(paths.data) as notebook:
            notebook.sources.add(*map(str, files))
            bring_up_to_date(paths, notebook, quotations=True)
        catalogue = Catalogue(
            lambda location: ListEntry(location=location, title=f"The {Path(location).stem}")
        )
        catalogue.extend(map(str, files))
        catalogue.read_all(lambda: None)
        self.model = ArticleModel(catalogue)
        self.search = LibrarySearch(paths, lambda: {"Boats": "ferry or boat"})
        host = SimpleNamespace(rearrange=lambda: self.model.arrange(0))
        threads = SimpleNamespace(in_thread=self.run, call=self.run)
        self.filter = ArticleFilter(
            cast("Any", host), self.model, cast("Any", threads), lambda: self.search
        )

    @staticmethod
    def run(job: Callable[[], None]) -> None:
        job()

    def listed(self, query: str) -> list[str]:
        self.filter.query_typed(query)
        return [Path(self.model.location(place)).stem for place in range(len(self.model))]


@pytest.fixture
def filtered(tmp_path: Path) -> Iterator[FilteredList]:
    made = FilteredList(tmp_path)
    yield made
    made.search.close()


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("", ["ferry", "river", "quay"]),
        ("river", ["river", "ferry"]),
        ("noo", ["ferry"]),
        ("ri", ["ferry", "river", "quay"]),
        ("title:river", ["river"]),
        ("speaker:moor", ["river"]),
        ("-river", ["quay"]),
        ("list:boats", ["ferry"]),
        ("nobody or noon", ["ferry", "quay"]),
        ("nobody or noon sort:-title", ["quay", "ferry"]),
    ],
)
def test_a_query_filters_the_list_and_plain_words_match_titles_first(
    filtered: FilteredList, query: str, listed: list[str]
) -> None:
    if query == "ri":  # two letters are looked for in what the list shows only, as in "ferry.txt"
        listed = ["river"]
    assert filtered.listed(query) == listed
    assert filtered.filter.problem() is None


def test_a_sorted_list_stays_sorted(filtered: FilteredList) -> None:
    filtered.model.order = SortOrder.TITLE
    assert filtered.listed("river") == ["ferry", "river"]


def test_a_wrong_query_leaves_the_list_and_says_where_it_is_wrong(filtered: FilteredList) -> None:
    filtered.listed("river")
    assert filtered.listed("river tite:x") == ["river", "ferry"]
    problem = filtered.filter.problem()
    assert problem is not None
    assert (problem.start, problem.end) == (6, 10)
    assert "did you mean “title:”?" in problem.message
    assert filtered.listed("") == ["ferry", "river", "quay"]
    assert filtered.filter.problem() is None


def test_fields_and_values_are_completed(filtered: FilteredList) -> None:
    assert filtered.filter.completions("spea") == ["speaker:"]
    assert filtered.filter.completions("speaker:a") == ['speaker:"Ada Moor"']
    assert filtered.filter.completions("list:b") == ["list:Boats"]


async def test_a_query_is_typed_completed_and_corrected(start: Start, folders: AppPaths) -> None:
    async with start() as reader:
        bring_up_to_date(folders, reader.desk.notebook)
        await reader.press("alt+1", "slash", *"titl", "tab")
        line = reader.screen.query_one(PromptLine)
        assert line.value == "title:"
        assert "needs a value" in reader.screen.status.said
        await reader.press(*"river")
        assert reader.screen.status.said == ""
        assert reader.screen.articles.count == 1
        await reader.press("enter", "slash", *"ninety")
        assert reader.screen.articles.count == 1
        await reader.press("escape")
        assert reader.screen.articles.count == 2


async def test_many_articles_are_filtered_and_sorted_as_few_are(
    start: Start, tmp_path: Path
) -> None:
    count = AT_ONCE + 1500
    file = tmp_path / "many.jsonl"
    rows = (
        {
            "id": str(n),
            "title": f"{'Harbour' if n % 2 else 'River'} {count - n:05}",
            "text": "Text.",
        }
        for n in range(count)
    )
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    async with start(str(file)) as reader:
        articles = reader.screen.articles
        await reader.press("alt+1", "G", "slash", *"harb")
        assert articles.count == count // 2
        assert articles.model.location(articles.cursor).endswith(f"#{count - 1}")
        await reader.press("escape")
        assert articles.count == count
        await reader.press("s", "s")
        assert articles.model.order is SortOrder.TITLE
        assert articles.model.location(0).endswith(f"#{count - 1}")
