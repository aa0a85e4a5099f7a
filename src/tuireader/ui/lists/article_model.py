"""The model of the article list: which articles are listed, in what order, and their rows."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence

from tuireader.domain.article_list import SortOrder
from tuireader.domain.bookmark import ReadingProgress
from tuireader.domain.reading import whole_progress
from tuireader.layout.border import counts_room, fitting_counts
from tuireader.library.article_order import Arrangement, ArticleOrder
from tuireader.library.catalogue import Catalogue
from tuireader.library.source_tree import SourceNode
from tuireader.ui.lists.article_rows import ArticleRow
from tuireader.ui.lists.article_selection import ArticleSelection
from tuireader.ui.lists.model import ItemRows, ListModel
from tuireader.ui.lists.read_count import ReadCount, unread_words

TITLE = "Articles"
"""The title in the heading."""

HEADING_WORDS = 18
"""Cells that the heading's other words take: "Articles", a number, "so far"."""

AT_ONCE = 2000
"""Articles that are filtered and sorted at once; more are in a thread."""


class ArticleModel(ListModel[int]):
    """The articles of a catalogue, sorted and filtered; an item is a number in the catalogue.

    An article is read for the list only if the list is sorted or filtered, or shows it.
    """

    def __init__(self, catalogue: Catalogue, order: SortOrder = SortOrder.GIVEN) -> None:
        """Take the articles, and the order in which they are listed."""
        super().__init__(range(len(catalogue)))
        self.catalogue = catalogue
        self.order = order
        """How the list is sorted."""
        self.readings: Mapping[str, ReadingProgress] = {}
        """How far each article was read, by location."""
        self.selection: ArticleSelection = ArticleSelection()
        self.hidden: frozenset[str] = frozenset()
        """The locations of articles that the user hid from the list."""
        self.source: SourceNode | None = None
        """The source or group whose articles are listed; None for all."""
        self.opened = ""
        """The location of the article in the text pane."""
        self.filling = False
        """Whether more articles are still being found."""
        self.describing = False
        """Whether the titles that sorting and filtering need are still being read."""
        self.width = 0
        """The width of the pane inside of its frame, in cells."""

        self.rest: Iterator[Sequence[int]] | None = None
        """Yields the list so far while many articles are filtered or sorted; the last is complete.

        None if all is listed.
        """
        self._order = ArticleOrder(catalogue)
        self._expected: tuple[int, int] | None = None
        """The article that the cursor is to be on when all is listed, and its index until then."""
        self._counted: tuple[object, int] | None = None
        """How many articles are visible, with what that depends on."""
        self.found: Sequence[str] = ()
        """The locations that the search index has found for the filter, in its order."""
        self.is_plain_query = True
        """Whether the filter is nothing but words, which are looked for in the list itself, too."""
        self._read_count = ReadCount(catalogue)

    @property
    def is_arranged(self) -> bool:
        """Whether the list is sorted or filtered."""
        return bool(self.query) or self.order is not SortOrder.GIVEN

    def arranged(self) -> Sequence[int]:
        """Return the numbers of the articles to list, in order.

        They match the filter, are of the source that is shown, and are not hidden. Of many
        articles, those listed before or the first matches are returned, and `rest` yields the
        others.
        """
        self.items = range(len(self.catalogue))
        self.rest = None
        if not self.is_arranged:
            return self.visible(self.items)
        steps = self._order.steps(self._wanted())
        if len(self.items) <= AT_ONCE:
            return self.visible(_last(steps))
        self.rest = map(self.visible, steps)
        first = next(self.rest)
        is_preview = self.query and self.is_plain_query and self.order is SortOrder.GIVEN
        return first if is_preview else [each for each in self.listed if each in self.items]

    def arrange(self, cursor: int) -> int:
        """Filter and sort again; return the new index of the article at the index `cursor`.

        See `place_of` for an article that is not listed any more.
        """
        return self.show(self.arranged(), cursor)

    def show(self, numbers: Sequence[int], cursor: int) -> int:
        """List the articles with these numbers; return the new index of the cursor.

        It stays on its article. Until all are listed, the article that was under it before is
        remembered, unless the user moves the cursor.
        """
        item = self.item(cursor)
        if self._expected is not None and self._expected[1] == cursor:
            item = self._expected[0]
        self.listed = numbers
        place = 0 if item is None else max(0, self.place_of(item, cursor))
        self._expected = None if self.rest is None or item is None else (item, place)
        return place

    def _wanted(self) -> Arrangement:
        """Return what the list shows: its filter and its order."""
        return Arrangement(
            query=self.query,
            is_plain=self.is_plain_query,
            found=self.found,
            order=self.order,
            readings=self.readings,
        )

    def visible(self, numbers: Sequence[int]) -> Sequence[int]:
        """Return the numbers of the articles that are of the source and not hidden."""
        catalogue, source = self.catalogue, self.source
        if source is not None:
            of_source = set(map(catalogue.number, source.locations))
            numbers = [number for number in numbers if number in of_source]
        if self.hidden:
            hidden = set(map(catalogue.number, self.hidden))
            numbers = [number for number in numbers if number not in hidden]
        return numbers

    @property
    def needs_titles(self) -> bool:
        """Whether the titles of all articles have to be known for the list."""
        return self.order is not SortOrder.GIVEN or bool(self.query and self.is_plain_query)

    @property
    def is_limited(self) -> bool:
        """Whether articles are hidden, or only those of a source are listed."""
        return self.source is not None or bool(self.hidden)

    def set_readings(self, readings: Mapping[str, ReadingProgress]) -> bool:
        """Take how far each article was read, by location.

        Returns whether other articles are hidden from the list than before.
        """
        self.readings = readings
        hidden = frozenset(place for place, reading in readings.items() if reading.hidden)
        before, self.hidden = self.hidden, hidden
        return hidden != before

    def place_of(self, item: int, cursor: int) -> int:
        """Return the new index of an article after the list was arranged again.

        `item` is its number and `cursor` its old index. If it was hidden, it is the old index or
        the last one; else, if it is not listed, 0.
        """
        if item < len(self.catalogue) and self.catalogue.location(item) in self.hidden:
            return min(cursor, max(0, len(self.listed) - 1))
        return super().place_of(item, cursor)

    def targets(self, cursor: int) -> tuple[str, ...]:
        """Return the locations of the selected articles, in the order of the list.

        Only those that are listed count. Without a selection it is the article at the index
        `cursor`, or () if there is none.
        """
        if self.selection:
            return tuple(place for place in self.locations() if place in self.selection)
        here = self.location(cursor)
        return (here,) if here else ()

    def deselect(self) -> bool:
        """End the selection; return whether there was one."""
        was = bool(self.selection)
        self.selection.clear()
        return was

    def locations(self) -> tuple[str, ...]:
        """Return the locations of all listed articles, in the order of the list."""
        numbers = self.listed
        if self.rest is not None:
            numbers = self.visible(_last(self._order.steps(self._wanted())))
        return tuple(map(self.catalogue.location, numbers))

    def location(self, index: int) -> str:
        """Return the location of the article listed at an index; "" if there is none."""
        number = self.item(index)
        return "" if number is None else self.catalogue.location(number)

    def index(self, location: str) -> int:
        """Return the index at which an article is listed; -1 if it is not."""
        try:
            return self.listed.index(self.catalogue.number(location))
        except ValueError:
            return -1

    def neighbour(self, steps: int) -> str:
        """Return the location `steps` places after the open article; "" if it is at that end.

        Negative steps go back. With too many steps, it is the last article or the first.
        """
        here = self.index(self.opened)
        target = max(0, min(here + steps, len(self) - 1))
        return self.location(target) if (target - here) * steps > 0 else ""

    def next_unread(self) -> str:
        """Return the location of the next unread article after the open one.

        The search goes on from the top of the list. Returns "" if no other one is unread.
        """
        start = self.index(self.opened) + 1
        for index in (*range(start, len(self)), *range(max(0, start - 1))):
            location = self.location(index)
            reading = self.readings.get(location)
            if not (reading and reading.finished):
                return location
        return ""

    def undescribed(self, start: int, end: int) -> list[int]:
        """Return the numbers of the articles listed in [start, end) whose titles are not known.

        The two are indexes of the list, and may be out of range.
        """
        near = self.listed[max(0, start) : max(0, end)]
        return [number for number in near if not self.catalogue.is_described(number)]

    def insert(self, locations: Sequence[str], before: str) -> int:
        """Put new articles before the one at a location, and return how many are new.

        They come at the end if `before` is "" or unknown. They are listed when the list is arranged
        again.
        """
        place = self.catalogue.number(before)
        added = self.catalogue.insert(locations, before)
        self._expected = None
        if added and place >= 0:
            self.listed = [number + added if number >= place else number for number in self.listed]
        return added

    def drop_removed(self) -> None:
        """Remove the articles that are no longer in the catalogue."""
        total = len(self.catalogue)
        if self._expected is not None and self._expected[0] >= total:
            self._expected = None
        if isinstance(self.listed, range):
            self.items = range(total)
            self.listed = self.arranged() if self.is_limited else self.items
        else:
            self.listed = [number for number in self.listed if number < total]

    def heading(self) -> str:
        """Return how many articles are listed, of how many, and in what order."""
        how = self.query or self.order
        if self.source is not None:
            how = f"{self.source.label} · {how}"
        if self.selection:
            chosen = len(self.selection)
            variants = (
                f"{self.counted()} · {chosen:,} selected",
                f"{chosen:,} selected",
                f"{chosen:,} +",
            )
            return f"Articles {fitting_counts(variants, counts_room(TITLE, self.width + 2))}"
        if self.describing and self.is_arranged:
            listed = f"{len(self):,} so far" if self.query else f"{len(self):,}"
            read, total = self.catalogue.described_count, len(self.catalogue)
            return f"Articles {listed}, {progress_words(read, total, self.width)} · {how}"
        if self.query or self.filling:
            return f"Articles {self.counted()}{'…' if self.filling else ''} · {how}"
        read = self._read_count.of(self.listed, self.readings)
        unread = unread_words(len(self), len(self) - read, counts_room(TITLE, self.width + 2))
        return f"Articles {unread} · {how}"

    def counted(self) -> str:
        """Return how many articles there are, as "3/12" while a filter hides some."""
        total = len(self.catalogue)
        if self.is_limited:
            facts = total, self.source, self.hidden
            if self._counted is None or self._counted[0] != facts:
                self._counted = facts, len(self.visible(range(total)))
            total = self._counted[1]
        return f"{len(self)}/{total}" if self.query else f"{total}"

    def empty_text(self) -> str:
        """Return why the list is empty."""
        if not self.query:
            return "No articles yet"
        return "No matching article so far" if self.describing else "No matching article"

    def book_progress(self, location: str) -> ReadingProgress | None:
        """Return how far a book was read, given the location of its contents; else None."""
        chapters = self.catalogue.chapters(location)
        return whole_progress(location, chapters, self.readings) if chapters else None

    def next_step(self) -> str:
        """Return what the user can do while no article is listed."""
        if self.query:
            return super().next_step()
        return "Press I to add a file, a folder or a web address, or ? for all keys."

    def rows(self, index: int, width: int) -> ItemRows:
        """Return the rows of the article at an index of the list for `width` cells.

        They have its title, then bookmarks, progress, date and outlet, or what is wrong with it.
        """
        entry = self.catalogue.entry(self.listed[index])
        row = ArticleRow(
            entry=entry,
            reading=self.readings.get(entry.location),
            is_open=entry.location == self.opened,
            is_selected=entry.location in self.selection,
            book=self.book_progress(entry.location),
        )
        return row.spoken_rows(width) if self.is_spoken else row.rows(width)


def _last(steps: Iterator[Sequence[int]]) -> Sequence[int]:
    """Return the last of some sequences, of which there is one; the others are not kept."""
    return deque(steps, maxlen=1)[0]


def progress_words(read: int, total: int, width: int) -> str:
    """Return how many titles of how many were read, as text for the heading.

    If `width`, that of the heading in cells, is too small, it is a percentage.
    """
    words = f"reading titles {read:,} of {total:,}…"
    return words if width >= len(words) + HEADING_WORDS else f"{read / max(1, total):.0%} read…"
