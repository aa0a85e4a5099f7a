"""The tree of sources: all, unread and starred articles, tags, feeds in folders, files and folders.

A node stands for some articles of the list, and has the number of those that are unread.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from types import MappingProxyType

from tuireader.domain.article import book_of
from tuireader.domain.bookmark import ReadingProgress
from tuireader.domain.reading import whole_progress
from tuireader.domain.tags import tag_key

TODAY = ""
"""The key of today's articles among the saved searches, of which each has a name."""

SAMPLES = "Samples"
"""The name of the articles that belong to no source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedFeed:
    """A feed of the library."""

    address: str
    title: str
    folder: str = ""
    """The path of its folder in the tree, with slashes, outermost first; "" if it is in none."""
    entries: tuple[str, ...] = ()
    """The locations of its articles."""
    is_paused: bool = False
    """Whether it is left out when all feeds are refreshed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNode:
    """A node of the tree."""

    key: str
    """The identifier of the node, which stays the same when the tree is built again."""
    label: str
    locations: frozenset[str] = field(repr=False)
    """The locations of its articles."""
    unread: int = 0
    depth: int = 0
    """The number of nodes above it; 0 at the top."""
    source: str = ""
    """The location of the source that it stands for; "" if it is another group of articles."""
    is_parent: bool = False
    """Whether there are nodes below it."""
    article: str = ""
    """The article that names it: the contents of a book, or the chapter that it stands for."""
    book: ReadingProgress | None = None
    """How far a book was read; None if it is none."""
    search: str = ""
    """The name of the saved search that it stands for; "" if it is none."""
    is_paused: bool = False
    """Whether it is a feed that is left out when all feeds are refreshed."""


@dataclass(slots=True)
class _Branch:
    """A node while the tree is built."""

    key: str
    label: str
    locations: set[str] = field(default_factory=set)
    source: str = ""
    article: str = ""
    book: ReadingProgress | None = None
    search: str = ""
    is_paused: bool = False
    below: list["_Branch"] = field(default_factory=list)


def source_tree(
    locations: Iterable[str],
    readings: Mapping[str, ReadingProgress],
    sources: Sequence[str],
    feeds: Sequence[FollowedFeed],
    searches: Mapping[str, Iterable[str]] = MappingProxyType({}),
) -> tuple[SourceNode, ...]:
    """Return the nodes of the tree of sources, each followed by the nodes below it.

    The nodes "All articles", "Unread" and "Starred" are always there, even when empty; groups
    without members are left out.

    Args:
        locations: The locations of all articles in the list.
        readings: The progress by location; an article without one is unread. Hidden articles
            are left out of the tree.
        sources: The locations of the sources of the library.
        feeds: Those sources that are feeds.
        searches: The locations that each saved search finds, by its name; under `TODAY`,
            today's articles.
    """
    shown = [place for place in locations if not (readings.get(place) or _NEW).hidden]
    unread = {place for place in shown if not (readings.get(place) or _NEW).finished}
    branches = [
        _Branch("all", "All articles", set(shown)),
        _Branch("unread", "Unread", unread),
        _Branch("starred", "Starred", {at for at in shown if (readings.get(at) or _NEW).starred}),
        *_search_branches(shown, searches),
        *_tag_branches(shown, readings),
        *_feed_branches(shown, feeds),
        *_file_branches(shown, sources, feeds, readings),
    ]
    return tuple(node for branch in branches for node in _nodes(branch, unread, 0))


_NEW = ReadingProgress(location="")


def _nodes(branch: _Branch, unread: set[str], depth: int) -> Iterator[SourceNode]:
    """Yield the node of a branch at a depth, then those below it.

    `unread` has the locations of all unread articles, to count those of each node.
    """
    yield SourceNode(
        key=branch.key,
        label=branch.label,
        locations=frozenset(branch.locations),
        unread=len(branch.locations & unread),
        depth=depth,
        source=branch.source,
        is_parent=bool(branch.below),
        article=branch.article,
        book=branch.book,
        search=branch.search,
        is_paused=branch.is_paused,
    )
    for below in branch.below:
        yield from _nodes(below, unread, depth + 1)


def _search_branches(
    shown: Iterable[str], searches: Mapping[str, Iterable[str]]
) -> Iterator[_Branch]:
    """Yield the branch of today's articles, then one with all saved searches.

    Either is left out if `searches` does not have it. `shown` are the locations that are not
    hidden.
    """
    listed = set(shown)
    found = {name: listed.intersection(places) for name, places in searches.items()}
    if TODAY in found:
        yield _Branch("today", "Today", found.pop(TODAY))
    if found:
        below = [
            _Branch(f"search {name}", name, places, search=name) for name, places in found.items()
        ]
        yield _group("searches", "Saved searches", below)


def _tag_branches(
    shown: Iterable[str], readings: Mapping[str, ReadingProgress]
) -> Iterator[_Branch]:
    """Yield one branch with all tags, sorted by name; nothing if no article has a tag."""
    tags: dict[str, _Branch] = {}
    for place in shown:
        for tag in (readings.get(place) or _NEW).tags:
            name = tag_key(tag)
            branch = tags.setdefault(name, _Branch(f"tag {name}", f"#{tag}"))
            branch.locations.add(place)
    if tags:
        yield _group("tags", "Tags", [tags[name] for name in sorted(tags)])


def _feed_branches(shown: Iterable[str], feeds: Iterable[FollowedFeed]) -> Iterator[_Branch]:
    """Yield one branch with all feeds in their folders; nothing without feeds."""
    listed = set(shown)
    root = _Branch("feeds", "Feeds")
    folders = {"": root}
    for feed in feeds:
        inside = listed.intersection(feed.entries)
        branch = _Branch(f"feed {feed.address}", feed.title, inside, source=feed.address)
        branch.is_paused = feed.is_paused
        _folder_branch(folders, feed.folder).below.append(branch)
    for folder in sorted(folders, key=lambda name: name.count("/"), reverse=True):
        _collect(folders[folder])
    _collect(root)
    if root.below:
        yield root


def _folder_branch(folders: dict[str, _Branch], folder: str) -> _Branch:
    """Return the branch of a folder path, creating it and its outer folders if needed.

    `folders` has the branches by path; new ones are added to it.
    """
    if folder not in folders:
        outer, _, name = folder.rpartition("/")
        branch = folders[folder] = _Branch(f"folder {folder}", name or folder)
        _folder_branch(folders, outer).below.append(branch)
    return folders[folder]


def _file_branches(
    shown: Sequence[str],
    sources: Sequence[str],
    feeds: Iterable[FollowedFeed],
    readings: Mapping[str, ReadingProgress],
) -> Iterator[_Branch]:
    """Yield the branches of sources other than feeds, then two for the remaining articles.

    These are the articles in no source, and single articles that are sources; empty ones are left
    out.
    """
    rest = set(shown)
    for feed in feeds:
        rest.difference_update(feed.entries)
    addresses = {feed.address for feed in feeds}
    inside = _by_source(shown, (source for source in sources if source not in addresses))
    rest.difference_update(*inside.values())
    singles = _Branch("singles", "Single articles")
    for source, places in inside.items():
        if places == [source]:
            singles.locations.add(source)
        elif places:
            yield _file_branch(source, places, readings)
    if rest:
        yield _Branch("samples", "Other articles" if sources else SAMPLES, rest)
    if singles.locations:
        yield singles


def _by_source(shown: Iterable[str], sources: Iterable[str]) -> dict[str, list[str]]:
    """Return the locations of the articles in each of the sources, in their order."""
    inside: dict[str, list[str]] = {source: [] for source in sources}
    for place in shown:
        for source in _around(place):
            if source in inside:
                inside[source].append(place)
    return inside


def _around(place: str) -> Iterator[str]:
    """Yield the location of an article, of its file, and of the folders around it.

    >>> list(_around("/news/sea.epub#1"))
    ['/news/sea.epub#1', '/news/sea.epub', '/news', '']
    """
    yield place
    file, mark, _ = place.partition("#")
    if mark:
        yield file
    while "/" in file:
        file = file.rpartition("/")[0]
        yield file


def _file_branch(
    source: str, inside: Iterable[str], readings: Mapping[str, ReadingProgress]
) -> _Branch:
    """Return the branch of a folder, book or collection, with the files with articles below it.

    `inside` are the locations of its articles. Below a book are its chapters.
    """
    branch = _Branch(f"source {source}", PurePath(source).name or source, source=source)
    files: dict[str, _Branch] = {}
    for place in inside:
        branch.locations.add(place)
        file, mark, _ = place.partition("#")
        if file == source:
            _add_to_file(branch, place)
        elif mark:
            below = files.setdefault(file, _Branch(f"book {file}", PurePath(file).name))
            _add_to_file(below, place)
    branch.below.extend(files.values())
    for each in (branch, *files.values()):
        if each.article:
            chapters = [chapter.article for chapter in each.below]
            each.book = whole_progress(each.article, chapters, readings)
    return branch


def _add_to_file(branch: _Branch, place: str) -> None:
    """Add an article to the branch of its file; in a book it is the contents or a chapter.

    The table of contents is the first article of a book.
    """
    branch.locations.add(place)
    if book_of(place):
        branch.article = place
    elif branch.article:
        name = place.partition("#")[2]
        branch.below.append(_Branch(f"chapter {place}", name, {place}, article=place))


def _group(key: str, label: str, below: list[_Branch]) -> _Branch:
    """Return a branch with the branches `below` it, and with all of their articles."""
    branch = _Branch(key, label, below=below)
    _collect(branch)
    return branch


def _collect(branch: _Branch) -> None:
    """Add the articles of the branches below a branch to its own."""
    for below in branch.below:
        branch.locations |= below.locations


def visible_nodes(
    nodes: Iterable[SourceNode], is_collapsed: Callable[[str], bool]
) -> Iterator[SourceNode]:
    """Yield the nodes that are not below a collapsed node, in order.

    `is_collapsed` is called with a node's key; a collapsed node itself is visible.
    """
    hidden_below: int | None = None
    for node in nodes:
        if hidden_below is not None and node.depth > hidden_below:
            continue
        hidden_below = node.depth if node.is_parent and is_collapsed(node.key) else None
        yield node
