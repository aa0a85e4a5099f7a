"""The services and values that the screens use, as one object that is handed to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePath
from threading import RLock
from typing import TYPE_CHECKING

from tuireader.app.usage import Usage
from tuireader.domain.article_list import MISSING_FILE, ListEntry, SortOrder
from tuireader.domain.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from threading import Event

    from tuireader.app.article_loader import LoadedHead
    from tuireader.app.background_indexer import BackgroundIndexer
    from tuireader.app.library_search import LibrarySearch
    from tuireader.app.quote_cache import QuoteCache
    from tuireader.app.resume import Resume
    from tuireader.domain.article import Article
    from tuireader.domain.bookmark import Citation
    from tuireader.domain.quote import Quote
    from tuireader.library.catalogue import Catalogue
    from tuireader.library.source_tree import FollowedFeed
    from tuireader.library.speaker_index import SpeakerIndex
    from tuireader.notebook.notebook import Notebook
    from tuireader.paths import AppPaths
    from tuireader.quotes.speaker_names import NamesInArticle
    from tuireader.settings import Settings
    from tuireader.sources.web.feed_sync import FeedSyncResult

    Pause = Callable[[], None]


@dataclass(kw_only=True)
class AppContext:
    """The services and values that the screens use.

    Modules that are slow to import are imported when a service is first called. Locations name
    articles, as in `ArticleLoader`.
    """

    catalogue: Catalogue
    """The articles of the list; filled while the screen is shown."""
    find_locations: Callable[[], Iterator[str]] = lambda: iter(())
    """Yields the locations of all articles of the listed sources or the library. Takes time."""
    load_head: Callable[[str], Article]
    """Loads the beginning of the article at a location. Raises SourceError."""
    loaded_head: Callable[[str], LoadedHead | None]
    """Returns what `load_head` loaded last for a location; None if that is long ago."""
    cite: Callable[[Citation], Citation]
    """Reads an article, and returns its citation; the given one if it cannot be opened."""
    load_article: Callable[[str, Pause], Article]
    """Loads a whole article. Calls the function many times a second. Raises SourceError."""
    find_quotes: Callable[[Article, Pause], Iterable[Quote]]
    """Finds the quotations of an article, unattributed ones included. Raises TooLongError."""
    find_names: Callable[[Article, Pause], NamesInArticle]
    """Finds the names in an article, the likeliest speakers first; none in a long text."""
    load_ahead: Callable[[str], Article | None]
    """Loads the beginning of an article; None if it must be fetched. Raises SourceError."""
    article_stamp: Callable[[str], object]
    """Returns a value that changes when the file or page of an article does."""
    load_page: Callable[[str], Article]
    """Loads all text of a web page, not only its article. Raises SourceError."""
    other_locations: Callable[[Article], tuple[str, ...]]
    """Returns the other locations of the same article, () if there are none; records this one."""
    add_source: Callable[[str], tuple[str, ...]]
    """Adds a source to the library and returns its articles' locations. Raises SourceError."""
    source_of: Callable[[str], str]
    """Returns the source of the library that contains a location; "" if none does."""
    kept_articles: Callable[[str], tuple[str, ...]]
    """Returns the articles of a web source with the user's notes, tags or stars; () for files."""
    followed_feeds: Callable[[], tuple[FollowedFeed, ...]]
    """Returns the feeds of the library, with the names and folders that the user gave them."""
    unfollowed_feed: Callable[[str], str]
    """Returns the address of a feed that a web page links to; "" if none, or it is followed."""
    refresh_feeds: Callable[[Event, tuple[str, ...]], Iterator[FeedSyncResult]]
    """Fetches new entries of the named feeds, all if () is given, until the event is set."""
    open_notebook: Callable[[], Notebook]
    """Opens the notebook; called once, after the first paint."""
    open_search: Callable[[], LibrarySearch]
    """Returns a new search over the library; called once, when it is first needed."""
    resume: Resume
    """The last reading positions, for the first paint."""
    settings: Settings
    """The settings as they were when the program started."""
    folders: AppPaths
    """Where the program keeps its files."""
    selector_warnings: Callable[[], Iterable[str]] = tuple
    """Returns a message for each site in the settings whose selector is not valid. Takes time."""
    choose_encoding: Callable[[str, str], None] = lambda _location, _encoding: None
    """Remembers the encoding of a location's file; "" detects it. Raises OSError."""
    first_article: Article | None = None
    """The article, or its beginning, that is shown first; None if none could be opened."""
    indexer: BackgroundIndexer | None = None
    """The process that keeps the search index up to date; None if there is to be none."""
    program: tuple[str, ...] = ()
    """The command line that runs this program on the same folders, without a command."""
    verbs: Mapping[str, str] = field(default_factory=dict)
    """The summaries of the program's commands in the shell, by name."""
    complete_verb: Callable[[Sequence[str], str], Sequence[str]] = lambda _words, _typed: ()
    """Returns what completes a word of a command in the shell, after the words before it."""
    usage: Usage = field(default_factory=Usage)
    """What was typed and used before."""
    listed_sources: tuple[str, ...] = ()
    """The sources whose articles are listed; empty for the whole library."""
    first_offset: int = 0
    """The position in the first article, in code points."""
    speaker_index: SpeakerIndex | None = None
    """The speakers of the articles that have been searched so far; None before the first search."""
    removed_locations: Callable[[], Iterable[str]] = tuple
    """Returns the articles of sources that were removed since the last call; () for none."""
    missing_locations: Callable[[], Iterable[str]] = tuple
    """Returns the articles of the library that the notebook knows and whose files are missing."""
    added_locations: Callable[[], Iterable[str]] = tuple
    """Returns the articles of sources that other programs added since the last call."""
    _notebook: Notebook | None = None
    _opening: RLock = field(default_factory=RLock)
    _search: LibrarySearch | None = None
    _revision: int = 0
    _notices_shown: int = 0
    _save_errors: dict[str, bool] = field(default_factory=dict)
    """Why choices could not be saved, and whether the reader was told of each."""

    @property
    def notebook(self) -> Notebook:
        """The notebook; opened when it is first needed, once, whichever thread needs it."""
        if self._notebook is None:
            with self._opening:
                if self._notebook is None:
                    self._notebook = self.open_notebook()
        return self._notebook

    @property
    def settings_file(self) -> Path:
        """The path of the settings file, which may not exist."""
        return self.folders.settings

    @cached_property
    def quote_cache(self) -> QuoteCache:
        """The quotations of articles that were read before."""
        from tuireader.app.quote_cache import QuoteCache  # noqa: PLC0415 - not at the start

        return QuoteCache(self.folders.cache / "quotes")

    @property
    def has_open_notebook(self) -> bool:
        """Whether the notebook is open already."""
        return self._notebook is not None

    def prepare_quotes(self, article: Article, pause: Pause) -> tuple[Quote, ...]:
        """Return the quotations of an article as `find_quotes` does, and remember them.

        Those that are remembered from an earlier reading are not searched again. `pause` is called
        many times a second and may raise. Raises TooLongError if the text cannot be searched.
        """
        known = self.quote_cache.get(article)
        found = known.found if known else tuple(self.find_quotes(article, pause))
        has_corrections = bool(self.notebook.corrections.for_article(article))
        if known is None or known.has_corrections != has_corrections:
            from tuireader.app.quote_cache import KnownQuotes  # noqa: PLC0415 - not at the start

            self.quote_cache.put(article, KnownQuotes(found, has_corrections))
        return found

    def count_bookmarks(self, location: str) -> int:
        """Return the number of bookmarks of an article, 0 if there are none; opens the notebook."""
        return self.notebook.bookmarks.count(location)

    def is_listed(self, location: str) -> bool:
        """Return whether an article belongs to the sources that are listed.

        Always true if the whole library is listed.
        """
        return not self.listed_sources or any(
            location == source or location.startswith((f"{source}/", f"{source}#"))
            for source in self.listed_sources
        )

    def opens_with_library(self, location: str) -> bool:
        """Return whether a start without sources opens an article: it was read last, and is listed.

        Without a library that is one of the samples. False while the notebook is not open.
        """
        if self._notebook is None or self.resume.last_location() != location:
            return False
        sources = self._notebook.sources.all()
        if not sources and not self.listed_sources:
            return location in self.find_locations()  # the samples
        return any(location.startswith(source) for source in sources)

    def end_indexing(self) -> None:
        """Stop the indexing process and close the search, if they were started."""
        if self.indexer is not None:
            self.indexer.stop()
        if self._search is not None:
            self._search.close()

    def library_search(self) -> LibrarySearch:
        """Return the search over the library; the same object at every call."""
        if self._search is None:
            self._search = self.open_search()
        return self._search

    def close_notebook(self) -> None:
        """Close the notebook if it is open."""
        if self._notebook is not None:
            self._notebook.close()

    def save_choice(self, **choices: str | int) -> None:
        """Save choices in the settings file, as `theme="nord"`.

        Does not raise: `new_notices` tells once why it failed.
        """
        from tuireader.settings import save_setting  # noqa: PLC0415 - slow, and not at the start

        try:
            save_setting(self.settings_file, **choices)
        except SettingsError as error:
            self._save_errors.setdefault(str(error), False)

    def sort_order(self) -> SortOrder:
        """Return the order of the article list that the settings name; "as opened" by default."""
        chosen = self.settings.sort
        return SortOrder(chosen) if chosen in set(SortOrder) else SortOrder.GIVEN

    def stored_text(self, location: str) -> Article | None:
        """Return the newest stored text of an article that was opened or has bookmarks.

        None if its text is not stored.
        """
        for bookmark in self.notebook.bookmarks.all():
            place = bookmark.placement or bookmark.anchor
            if bookmark.article.location == location and place:
                return self.notebook.texts.load(place.text_hash)
        versions = self.notebook.versions.for_location(location)
        return self.notebook.texts.load(versions[-1].text_hash) if versions else None

    def missing_entry(self, location: str) -> ListEntry:
        """Return the list entry of an article whose file is missing, with the title as stored."""
        stored = self.stored_text(location)
        title = stored.title if stored else ""
        return ListEntry(
            location=location, title=title or PurePath(location).stem, problem=MISSING_FILE
        )

    def new_notices(self) -> tuple[str, ...]:
        """Return the sentences about the notebook and the settings that were not returned before.

        Empty if there are none. Does not open the notebook.
        """
        save_errors = tuple(why for why, told in self._save_errors.items() if not told)
        self._save_errors.update(dict.fromkeys(save_errors, True))
        if self._notebook is None:
            return save_errors
        new = self._notebook.notices[self._notices_shown :]
        self._notices_shown += len(new)
        return (*save_errors, *new)

    def is_notebook_current(self) -> bool:
        """Return whether the notebook is unchanged since `notebook_changed` was called last.

        True while it is not open. Never waits for another process.
        """
        return self._notebook is None or self._notebook.is_current(self._revision)

    def notebook_changed(self) -> bool:
        """Return whether the notebook has changed since the last call, here or elsewhere.

        Opens the notebook if necessary.
        """
        before, self._revision = self._revision, self.notebook.revision
        return before != self._revision
