"""Controllers on a real notebook and without Textual: tasks run at once, dialogs are answered."""

import asyncio
from collections import deque
from types import SimpleNamespace

import pytest
from ui.reader.river import article_of

from tuireader.library.catalogue import Catalogue
from tuireader.notebook.notebook import Notebook
from tuireader.ui.notebook_editor import NotebookEditor, Notifier
from tuireader.ui.reader.progress import ReadingProgressStore
from tuireader.ui.reader.session import ArticleOpener, ArticleSession


class Resume:
    """The first paint's file, in memory."""

    def __init__(self):
        self.offsets = {}
        self.saves = 0

    def offset(self, location):
        return self.offsets.get(location, 0)

    def remember(self, location, offset):
        self.offsets[location] = offset

    def save(self):
        self.saves += 1


class ImmediateTasks:
    """Runs each job at once; dialogs get the next of the answers."""

    def __init__(self):
        self.answers = deque()
        self.asked = []

    def in_thread(self, job, *, group, exclusive=True):
        del group, exclusive
        job(lambda: None)

    def call(self, function, *args, **kwargs):
        return function(*args, **kwargs)

    def dialog(self, conversation):
        asyncio.run(conversation)

    async def ask(self, screen):
        self.asked.append(screen)
        return self.answers.popleft()


class Desk:
    """All that the controllers are given."""

    def __init__(self, folder):
        self.articles = {"river.txt": article_of()}
        self.found = ()
        self.said, self.errors, self.states, self.went = [], [], [], []
        self.timers = []
        self.resume = Resume()
        self.notebook = Notebook.open(folder)
        self.tasks = ImmediateTasks()
        self.notifier = Notifier(self.said.append, self.errors.append)
        self.context = SimpleNamespace(
            first_article=None,
            notebook=self.notebook,
            catalogue=Catalogue(lambda _: None),
            load_head=self.articles.__getitem__,
            load_article=lambda location, _: self.articles[location],
            find_quotes=lambda *_: self.found,
            find_names=lambda *_: ["Lena Holt", "Ada Voss"],
            other_locations=lambda _: (),
        )
        self.readings = {}
        self.progress = ReadingProgressStore(
            self.resume,
            lambda: self.notebook.progress,
            self._publish,
            lambda _, function: self.timers.append(function),
            self.notifier,
            count_bookmarks=self.notebook.bookmarks.count,
        )
        self.session = ArticleSession(
            self.context,
            self.tasks,
            self.notifier,
            self.progress,
            publish=self.states.append,
            go_to=self.went.append,
        )
        self.opener = ArticleOpener(
            self.context, self.session, self.tasks, self.notifier, lambda: None
        )
        self.editor = NotebookEditor(lambda: self.notebook, self.notifier, self.session.renew)

    def _publish(self, readings):
        self.readings = readings


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.notebook.close()
