"""What the user does with whole articles: read, star, tag, hide, export; one or several."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from tuireader.domain.bookmark import Citation
from tuireader.domain.tags import format_tags, has_tag, parse_tags
from tuireader.sources.files import is_address
from tuireader.text.messages import counted, shortened
from tuireader.ui.reader.bulk_change import BACKGROUND_COUNT, BulkChange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuireader.app.context import AppContext
    from tuireader.domain.bookmark import ReadingProgress
    from tuireader.ui.lists.articles import ArticleList
    from tuireader.ui.notebook_editor import NotebookEditor, Notifier
    from tuireader.ui.reader.session import ArticleSession
    from tuireader.ui.workers import Pause, Tasks

MOST_UNASKED = 20
"""Articles that are changed at once without a question."""

ArticleVerb = Literal["read", "star", "tag", "all_read", "remove", "export"]
"""What can be done with articles.

"read" and "star" set the mark, or remove it if all have it; "tag" asks for tags; "all_read" marks
all listed ones as read; "remove" hides them, or removes a source; "export" writes their bookmarks
and notes to a file.
"""


class ListedArticles:
    """The articles in the list that an action is for."""

    def __init__(self, articles: ArticleList, session: ArticleSession) -> None:
        """Take the list, and the session with the open article."""
        self._articles = articles
        self._session = session

    def targets(self) -> tuple[str, ...]:
        """Return the locations of the articles that a command is for.

        With the focus on the list, they are the selected articles, else the one at the cursor;
        without it, the open article. () if there is none.
        """
        if self._articles.has_focus:
            return self._articles.model.targets(self._articles.cursor)
        return (self._session.article.location,) if self._session.article else ()

    def all_shown(self) -> tuple[str, ...]:
        """Return the locations of all articles in the list, in its order."""
        return self._articles.model.locations()

    def selected(self) -> tuple[str, ...]:
        """Return the locations of the selected articles, if the list has the focus; else ()."""
        has_selection = self._articles.has_focus and self._articles.model.selection
        return self.targets() if has_selection else ()

    def deselect(self) -> None:
        """End the selection."""
        if self._articles.model.deselect():
            self._articles.renew()


class Targets(Protocol):
    """What the actions need of the list."""

    def targets(self) -> Sequence[str]:
        """Return the locations of the articles that a command is for; empty if there is none."""

    def all_shown(self) -> Sequence[str]:
        """Return the locations of all articles in the list."""

    def selected(self) -> Sequence[str]:
        """Return the locations of the selected articles; empty if there are none."""

    def deselect(self) -> None:
        """End the selection."""


class ArticleActions:
    """Changes the state of articles, and takes them off the list; each as one undo step."""

    def __init__(
        self,
        context: AppContext,
        notifier: Notifier,
        tasks: Tasks,
        *,
        editor: NotebookEditor,
        listed: Targets,
    ) -> None:
        """Take the services of the screen; `listed` tells which articles a command is for."""
        self._context = context
        self._notifier = notifier
        self._tasks = tasks
        self._editor = editor
        self._listed = listed
        self._bulk = BulkChange(notifier, tasks, editor)

    def do(self, verb: ArticleVerb, locations: Sequence[str] = ()) -> None:
        """Run a command on articles; for (), on those that are selected or at the cursor.

        If they are more than `MOST_UNASKED`, ask first; if there is none, say so. If a change of
        many articles is running, it is stopped instead.
        """
        if self._bulk.stop():
            return
        if not locations:
            locations = self._listed.all_shown() if verb == "all_read" else self._listed.targets()
        if not locations:
            self._notifier.say("No article here")
        elif verb == "export":
            self._tasks.dialog(self._export(locations))
        elif len(locations) > MOST_UNASKED:
            self._tasks.dialog(self._ask_and_do(verb, locations))
        else:
            self._do(verb, locations)

    async def _ask_and_do(self, verb: ArticleVerb, locations: Sequence[str]) -> None:
        """Run a command on the articles at some locations if the user agrees."""
        from tuireader.ui.screens.dialogs import OptionScreen  # noqa: PLC0415 - not at the start

        count = counted(len(locations), "article")
        question = {
            "read": f"Mark {count} as {'read' if self._is_read_next(locations) else 'unread'}",
            "star": f"{'Star' if self._is_star_next(locations) else 'Remove the star of'} {count}",
            "tag": f"Tag {count}",
            "all_read": f"Mark {count} as read",
            "remove": f"Hide {count} of folders and feeds from now on",
        }[verb]
        if await self._tasks.ask(OptionScreen(f"{question}?", [(question, True)])):
            if verb == "tag":
                await self._ask_tags(locations)
            else:
                self._do(verb, locations)

    def _do(self, verb: ArticleVerb, locations: Sequence[str]) -> None:
        """Run a command on the articles at some locations, at least one, without a question."""
        match verb:
            case "read" | "all_read":
                self.mark_read(locations, read=verb == "all_read" or self._is_read_next(locations))
            case "star":
                self._star(locations)
            case "tag":
                self._tasks.dialog(self._ask_tags(locations))
            case "remove":
                self._remove(locations)
            case "export":
                self._tasks.dialog(self._export(locations))

    def mark_read(self, locations: Sequence[str], *, read: bool = True) -> None:
        """Mark the articles at some locations as read, or as unread if `read` is False.

        Those that are so already are not counted.
        """
        reading = self._reader_of_states(locations)
        others = [at for at in locations if bool((known := reading(at)) and known.finished) != read]
        states, articles = self._context.notebook.states, self._cited(others or locations)
        self._change(
            lambda pause: states.mark_read(articles, read=read, pause=pause),
            len(articles),
            f"{self._named(articles)} marked as {'read' if read else 'unread'}",
        )

    def _star(self, locations: Sequence[str]) -> None:
        """Star articles, or remove the stars if all have one."""
        starred = self._is_star_next(locations)
        states, articles = self._context.notebook.states, self._cited(locations)
        self._change(
            lambda pause: states.star(articles, starred=starred, pause=pause),
            len(articles),
            f"{'Starred' if starred else 'Star removed'}: {self._named(articles)}",
        )

    async def _ask_tags(self, locations: Sequence[str]) -> None:
        """Ask for tags: all of one article's, or some to add to or remove from several articles.

        If the user cancels, nothing changes; an empty answer removes the tags of a single article.
        """
        from tuireader.ui.screens.dialogs import QuestionScreen  # noqa: PLC0415 - not at the start

        notebook = self._context.notebook
        one = len(locations) == 1
        before = notebook.bookmarks.article_tags().get(locations[0], ()) if one else ()
        count = counted(len(locations), "article")
        several = f"Tags to add to {count}; -tag removes one"
        question = "Tags of the article, separated by spaces" if one else several
        answer = await self._tasks.ask(QuestionScreen(question, format_tags(before)))
        if answer is None:
            return
        added, removed = _added_and_removed(parse_tags(answer))
        removed = tuple(tag for tag in before if not has_tag(added, tag)) if one else removed
        if not removed and all(one and has_tag(before, tag) for tag in added):
            return
        what = f"Tagged {format_tags(added, '#')}" if added else "Tags removed"
        # Many are read in the background, where the change of many articles runs.
        few = len(locations) < BACKGROUND_COUNT
        read = await to_thread(self._read, locations) if few else []
        self._change(
            lambda pause: notebook.states.tag(
                read or self._read(locations, pause), add=added, remove=removed, pause=pause
            ),
            len(locations),
            f"{what}: {self._named(self._cited(locations))}",
        )

    async def _export(self, locations: Sequence[str]) -> None:
        """Ask for a format and a file, and write the bookmarks and notes on articles to it."""
        from tuireader.exporters.note_formats import (  # noqa: PLC0415 - not at the start
            NOTE_FORMATS,
            counted_notes,
        )
        from tuireader.ui.screens.dialogs import OptionScreen  # noqa: PLC0415 - the same
        from tuireader.ui.screens.export import export_screen, remember_folder  # noqa: PLC0415 - same

        wanted, count = frozenset(locations), counted(len(locations), "article")
        bookmarks = tuple(
            mark
            for mark in self._context.notebook.bookmarks.all()
            if mark.article.location in wanted
        )
        number = counted_notes(bookmarks)
        if not bookmarks:
            self._notifier.say(f"No bookmarks or notes to export in {count}")
            return
        formats = [(each.title, each) for each in NOTE_FORMATS]
        chosen = await self._tasks.ask(OptionScreen(f"Export {number} of {count} as", formats))
        if chosen is None:
            return
        path = await self._tasks.ask(export_screen(self._context, bookmarks, chosen))
        if path is not None:
            remember_folder(self._context, path)
            self._notifier.say(f"Exported {number} of {count} to {path}.")
            self._listed.deselect()

    def feeds_to_refresh(self) -> tuple[str, ...] | None:
        """Return the addresses of the feeds that the selected articles are from.

        () if no article is selected, which stands for all feeds; None if none is from a feed, which
        is then shown.
        """
        selected = frozenset(self._listed.selected())
        if not selected:
            return ()
        feeds = self._context.followed_feeds()
        found = tuple(feed.address for feed in feeds if selected.intersection(feed.entries))
        if not found:
            count = counted(len(selected), "selected article")
            self._notifier.say(f"No feed to refresh: {count}, none of them from a feed")
        return found or None

    def _remove(self, locations: Sequence[str]) -> None:
        """Hide articles; of a single one, ask whether its source is meant."""
        if len(locations) > 1:
            self._hide(locations)
            return
        location = locations[0]
        source = self._context.source_of(location)
        if source == location:
            self.remove_source(source)
        elif source:
            self._tasks.dialog(self._ask_source(location, source))
        else:
            self._hide(locations)

    async def _ask_source(self, location: str, source: str) -> None:
        """Ask whether to hide the article at a location, or to remove its whole source."""
        from tuireader.ui.screens.dialogs import OptionScreen  # noqa: PLC0415 - not at the start

        kind = source_kind(source)
        hide = f"Hide this article of the {kind} from now on; no file is deleted"
        remove = f"Remove the whole {kind} {source} from the library"
        title = self._named(self._cited([location]))
        options = [(hide, "hide"), (remove, "remove")]
        answer = await self._tasks.ask(OptionScreen(f"Remove {title}", options))
        if answer == "hide":
            self._hide([location])
        elif answer == "remove":
            self.remove_source(source)

    def _hide(self, locations: Sequence[str]) -> None:
        """Hide articles from the list."""
        states, articles = self._context.notebook.states, self._cited(locations)
        self._change(
            lambda pause: states.hide(articles, pause=pause),
            len(articles),
            f"Hidden from now on: {self._named(articles)}. Press u to undo.",
        )

    async def ask_and_remove_source(self, source: str, count: int) -> None:
        """Remove a source of `count` articles from the library if the user agrees."""
        from tuireader.ui.screens.dialogs import OptionScreen  # noqa: PLC0415 - not at the start

        what = f"{source_kind(source)} with {counted(count, 'article')} from the library"
        option = f"Remove the {what}; no file is deleted"
        if await self._tasks.ask(OptionScreen(f"Remove {source}?", [(option, True)])):
            self.remove_source(source)

    def remove_source(self, source: str) -> None:
        """Remove a source from the library."""
        sources = self._context.notebook.sources
        kept = self._context.kept_articles(source)
        what = f"{source}, and all articles in it" if source_kind(source) != "file" else source
        but = f", except {counted(len(kept), 'article')} with your notes or stars" if kept else ""
        message = f"Removed from the library: {what}{but}. Press u to undo."
        if self._editor.change(lambda: sources.remove(source, keep=kept), message):
            self._listed.deselect()

    def _change(self, action: Callable[[Pause], object], count: int, message: str) -> None:
        """Change the states of `count` articles, then end the selection and show the message.

        `action` gets a function that it calls after each article; see `BulkChange.run`.
        """
        self._bulk.run(action, count, message, self._listed.deselect)

    def _is_read_next(self, locations: Sequence[str]) -> bool:
        """Return whether "read" marks articles as read: True unless all of them are."""
        reading = self._reader_of_states(locations)
        return not all((known := reading(at)) and known.finished for at in locations)

    def _is_star_next(self, locations: Sequence[str]) -> bool:
        """Return whether "star" gives articles a star: True unless all of them have one."""
        reading = self._reader_of_states(locations)
        return not all((known := reading(at)) and known.starred for at in locations)

    def _reader_of_states(
        self, locations: Sequence[str]
    ) -> Callable[[str], ReadingProgress | None]:
        """Return a function that returns the progress of one of the articles at some locations.

        The states of many are read at once, because that is faster.
        """
        progress = self._context.notebook.progress
        return progress.all().get if len(locations) > MOST_UNASKED else progress.get

    def _cited(self, locations: Sequence[str]) -> list[Citation]:
        """Return citations of the articles at some locations, in their order, to name them.

        Of more than `MOST_UNASKED` articles they have the locations only, because each would have
        to be read.
        """
        if len(locations) > MOST_UNASKED:
            return [Citation(location=location) for location in locations]
        return [self._listed_as(location) for location in locations]

    def _read(self, locations: Sequence[str], pause: Pause = lambda: None) -> list[Citation]:
        """Return citations of the articles at some locations as those of bookmarks are.

        Each article is read, and `pause` is called after it.
        """
        found: list[Citation] = []
        for location in locations:
            found.append(self._context.cite(self._listed_as(location)))
            pause()
        return found

    def _listed_as(self, location: str) -> Citation:
        """Return what the list tells of the article at a location; if it is listed."""
        number = self._context.catalogue.number(location)
        if number < 0:
            return Citation(location=location)
        entry = self._context.catalogue.entry(number)
        return Citation(location=location, title=entry.title, outlet=entry.outlet, date=entry.date)

    @staticmethod
    def _named(articles: Sequence[Citation]) -> str:
        """Return the title of a single article in quotation marks, else how many there are."""
        if len(articles) != 1:
            return counted(len(articles), "article")
        return f"“{shortened(articles[0].title or articles[0].location)}”"


def _added_and_removed(tags: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the tags to add, and those to remove, which begin with "-".

    >>> _added_and_removed(["sea", "-boats"])
    (('sea',), ('boats',))
    """
    removed = tuple(tag.lstrip("-") for tag in tags if tag.startswith("-") and tag.strip("-"))
    return tuple(tag for tag in tags if not tag.startswith("-")), removed


def source_kind(source: str) -> str:
    """Return what a source is in words: "web source", "folder" or "file".

    `source` is its address or path.
    """
    if is_address(source):
        return "web source"
    return "folder" if Path(source).is_dir() else "file"
