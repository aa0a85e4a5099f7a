"""What the screens work on: handed in by the command line, which puts the parts together."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from tuireader.domain.article_list import SortOrder
from tuireader.domain.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from threading import Event

    from tuireader.app.resume import Resume
    from tuireader.domain.article import Article
    from tuireader.domain.quote import Quote
    from tuireader.library.catalogue import Catalogue
    from tuireader.library.speaker_index import SpeakerIndex
    from tuireader.notebook.notebook import Notebook
    from tuireader.settings import Settings
    from tuireader.sources.web.feed_sync import FeedSyncResult

    Pause = Callable[[], None]


@dataclass(kw_only=True)
class AppContext:
    """The parts that a reader's screens use; each does its slow imports when it is called."""

    catalogue: Catalogue
    """The articles of the list, filled while the screen is already there."""
    more: Callable[[], Iterator[str]]
    """The locations of the sources that were named, or of the library; folders take time."""
    head: Callable[[str], Article]
    """The beginning of an article, at once."""
    whole: Callable[[str, Pause], Article]
    """An article to its end; calls the pause now and then."""
    quotes: Callable[[Article, Pause], Iterable[Quote]]
    """Who said what in an article, and what is nobody's; calls the pause now and then."""
    names: Callable[[Article, Pause], Iterable[str]]
    """Who and what is named in an article, the likeliest speakers first; none for a long text."""
    page: Callable[[str], Article]
    """All of a page of the web, with what is around its article."""
    also_at: Callable[[Article], tuple[str, ...]]
    """Where else an article was found; where this one is is remembered."""
    take: Callable[[str], tuple[str, ...]]
    """Adds a source that the reader names to the library; the locations of its articles."""
    feed_named: Callable[[str], str]
    """The feed that a page of the web names and that is not followed; empty if none."""
    refresh: Callable[[Event], Iterator[FeedSyncResult]]
    """Asks the library's feeds for what is new, until the event is set."""
    open_notebook: Callable[[], Notebook]
    """Opens the notebook; it is called once, after the first paint."""
    resume: Resume
    """Where the reader was, for the first paint."""
    settings: Settings
    settings_file: Path
    selector_warnings: Callable[[], Iterable[str]] = tuple
    """What is amiss with the selectors of sites in the settings; takes time to see."""
    first: Article | None = None
    """The article to begin with, or its head."""
    offset: int = 0
    """Where to begin in it, in code points."""
    chorus: SpeakerIndex | None = None
    """Who speaks in the articles that were looked through for it so far."""
    removed: Callable[[], Iterable[str]] = tuple
    """The articles of sources that were taken out of the library since this was asked last."""
    added: Callable[[], Iterable[str]] = tuple
    """The locations that other programs have put into the library since this was asked last."""
    _revision: int = 0
    _told: int = 0
    _not_kept: dict[str, bool] = field(default_factory=dict)
    """Why choices are not in the settings file, and whether the reader was told."""

    def remember(self, **choices: str | int) -> None:
        """Keep a choice in the settings file; one that cannot be written is for this time only."""
        from tuireader.settings import save_setting  # noqa: PLC0415 - slow, and not at the start

        try:
            save_setting(self.settings_file, **choices)
        except SettingsError as error:
            self._not_kept.setdefault(str(error), False)

    def order(self) -> SortOrder:
        """The order of the article list that was chosen."""
        chosen = self.settings.sort
        return SortOrder(chosen) if chosen in set(SortOrder) else SortOrder.GIVEN

    def kept_text(self, location: str) -> Article | None:
        """The newest text of an article that passages are kept of; None if there is none."""
        for mark in self.notebook.bookmarks.all():
            stands = mark.placement or mark.anchor
            if mark.article.location == location and stands:
                return self.notebook.texts.load(stands.text_hash)
        return None

    def new_notices(self) -> tuple[str, ...]:
        """What the reader is to be told of the notebook's file and the settings', each once."""
        not_kept = tuple(why for why, told in self._not_kept.items() if not told)
        self._not_kept.update(dict.fromkeys(not_kept, True))
        if "notebook" not in self.__dict__:
            return not_kept
        new = self.notebook.notices[self._told :]
        self._told += len(new)
        return (*not_kept, *new)

    def notebook_stands(self) -> bool:
        """Whether the notebook is as it was when `notebook_changed` was asked; never waits."""
        return "notebook" not in self.__dict__ or self.notebook.stands_at(self._revision)

    def notebook_changed(self) -> bool:
        """Whether the notebook has other contents than when this was asked last."""
        before, self._revision = self._revision, self.notebook.revision
        return before != self._revision

    @cached_property
    def notebook(self) -> Notebook:
        """The notebook, opened when it is first needed."""
        return self.open_notebook()
