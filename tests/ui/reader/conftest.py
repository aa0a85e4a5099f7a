"""Controllers on a real notebook and without Textual: tasks run at once, dialogs are answered."""

import asyncio
from collections import deque
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from ui.reader.river import article_of

from tuireader.app.quote_cache import QuoteCache
from tuireader.library.catalogue import Catalogue
from tuireader.notebook.notebook import Notebook
from tuireader.quotes.speaker_names import NamesInArticle
from tuireader.ui.notebook_editor import NotebookEditor, Notifier
from tuireader.ui.reader.opener import ArticleOpener
from tuireader.ui.reader.progress import ReadingProgressStore
from tuireader.ui.reader.read_ahead import ReadAhead
from tuireader.ui.reader.session import ArticleSession


class Resume:
    """The first paint's file, in memory."""

    def __init__(self) -> None:
        self.offsets: dict[str, int] = {}
        self.saves = 0

    def offset(self, location: Any) -> Any:
        return self.offsets.get(location, 0)

    def remember(self, location: Any, offset: Any) -> None:
        self.offsets[location] = offset

    def save(self) -> None:
        self.saves += 1


class ImmediateTasks:
    """Runs each job at once; dialogs get the next of the answers."""

    def __init__(self) -> None:
        self.answers: deque[Any] = deque()
        self.asked: list[Any] = []

    def in_thread(
        self, job: Any, *, group: Any, exclusive: Any = True, keys_wait: bool = False
    ) -> None:
        del group, exclusive, keys_wait
        job(lambda: None)

    def call(self, function: Any, *args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    def post(self, function: Any, *args: Any, **kwargs: Any) -> None:
        function(*args, **kwargs)

    def dialog(self, conversation: Any) -> None:
        asyncio.run(conversation)

    async def ask(self, screen: Any) -> Any:
        self.asked.append(screen)
        return self.answers.popleft()


class Desk:
    """All that the controllers are given."""

    def __init__(self, folder: Any) -> None:
        self.articles = {"river.txt": article_of()}
        self.found: Any = ()
        self.said: list[str] = []
        self.errors: list[str] = []
        self.states: list[Any] = []
        self.went: list[int] = []
        self.timers: list[Any] = []
        self.resume = Resume()
        self.notebook = Notebook.open(folder)
        self.tasks = ImmediateTasks()
        self.notifier = Notifier(self.said.append, self.errors.append)
        unknown: Any = None
        context = SimpleNamespace(
            first_article=None,
            notebook=self.notebook,
            catalogue=Catalogue(lambda _: unknown),
            load_head=self.articles.__getitem__,
            load_article=lambda location, _: self.articles[location],
            find_names=lambda *_: NamesInArticle(people=("Lena Holt", "Ada Voss")),
            other_locations=lambda _: (),
            prepare_quotes=lambda *_: self.found,
            load_ahead=self.articles.get,
            article_stamp=lambda location: location,
            quote_cache=QuoteCache(folder / "quotes"),
            has_open_notebook=True,
        )
        self.context = cast("Any", context)
        self.readings: Any = {}
        self.progress = ReadingProgressStore(
            self.resume,
            lambda: self.notebook.progress,
            self._publish,
            lambda _, function: self.timers.append(function),
            self.notifier,
            count_bookmarks=self.notebook.bookmarks.count,
        )
        self.next_location = ""
        ahead = ReadAhead(self.context, lambda: self.next_location)
        self.session = ArticleSession(
            self.context,
            self.tasks,
            self.notifier,
            self.progress,
            ahead=ahead,
            publish=self.states.append,
            go_to=self.went.append,
        )
        self.opener = ArticleOpener(
            self.context,
            self.session,
            self.tasks,
            self.notifier,
            ahead=ahead,
            on_problem=lambda: None,
        )
        self.editor = NotebookEditor(lambda: self.notebook, self.notifier, self.session.renew)

    def _publish(self, readings: Any) -> None:
        self.readings = readings


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    desk = Desk(tmp_path)
    yield desk
    desk.notebook.close()
