"""The tree of sources: all, unread and starred articles, tags, feeds in folders, files and folders.

A node stands for some articles of the list, and has the number of those that are unread.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from types import MappingProxyType

from tuireader.domain.bookmark import ReadingProgress
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
    """The folders that it is in, from the outermost, with slashes between; "" if it is in none."""
    entries: tuple[str, ...] = ()
    """The locations of its articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNode:
    """A node of the tree."""

    key: str
    """What identifies it while the tree changes."""
    label: str
    locations: frozenset[str] = field(repr=False)
    """Its articles."""
    unread: int = 0
    depth: int = 0
    """How many nodes it is below."""
    source: str = ""
    """The source of the library that it stands for; "" if it is another group of articles."""
    is_parent: bool = False
    """Whether there are nodes below it."""


@dataclass(slots=True)
class _Branch:
    """A node while the tree is built."""

    key: str
    label: str
    locations: set[str] = field(default_factory=set)
    source: str = ""
    below: list["_Branch"] = field(default_factory=list)


def source_tree(
    locations: Iterable[str],
    readings: Mapping[str, ReadingProgress],
    sources: Sequence[str],
    feeds: Sequence[FollowedFeed],
    searches: Mapping[str, Iterable[str]] = MappingProxyType({}),
) -> tuple[SourceNode, ...]:
    """Return the nodes of the tree, each before the nodes below it.

    Args:
        locations: All articles that are listed.
        readings: How far each article was read, by location. Hidden articles are left out.
        sources: The sources of the library.
        feeds: Those sources that are feeds.
        searches: The articles that each saved search finds, by its name; `TODAY` is today's.
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
        *_file_branches(shown, sources, feeds),
    ]
    return tuple(node for branch in branches for node in _nodes(branch, unread, 0))


_NEW = ReadingProgress(location="")


def _nodes(branch: _Branch, unread: set[str], depth: int) -> Iterator[SourceNode]:
    """Yield the node of a branch, and those below it."""
    yield SourceNode(
        key=branch.key,
        label=branch.label,
        locations=frozenset(branch.locations),
        unread=len(branch.locations & unread),
        depth=depth,
        source=branch.source,
        is_parent=bool(branch.below),
    )
    for below in branch.below:
        yield from _nodes(below, unread, depth + 1)


def _search_branches(
    shown: Iterable[str], searches: Mapping[str, Iterable[str]]
) -> Iterator[_Branch]:
    """Yield today's articles, then the saved searches as one branch, if there are any."""
    listed = set(shown)
    found = {name: listed.intersection(places) for name, places in searches.items()}
    if TODAY in found:
        yield _Branch("today", "Today", found.pop(TODAY))
    if found:
        below = [_Branch(f"search {name}", name, places) for name, places in found.items()]
        yield _group("searches", "Saved searches", below)


def _tag_branches(
    shown: Iterable[str], readings: Mapping[str, ReadingProgress]
) -> Iterator[_Branch]:
    """Yield the tags of articles as one branch, if there are any."""
    tags: dict[str, _Branch] = {}
    for place in shown:
        for tag in (readings.get(place) or _NEW).tags:
            name = tag_key(tag)
            branch = tags.setdefault(name, _Branch(f"tag {name}", f"#{tag}"))
            branch.locations.add(place)
    if tags:
        yield _group("tags", "Tags", [tags[name] for name in sorted(tags)])


def _feed_branches(shown: Iterable[str], feeds: Iterable[FollowedFeed]) -> Iterator[_Branch]:
    """Yield the feeds as one branch, in their folders, if there are any."""
    listed = set(shown)
    root = _Branch("feeds", "Feeds")
    folders = {"": root}
    for feed in feeds:
        inside = listed.intersection(feed.entries)
        branch = _Branch(f"feed {feed.address}", feed.title, inside, source=feed.address)
        _folder_branch(folders, feed.folder).below.append(branch)
    for folder in sorted(folders, key=lambda name: name.count("/"), reverse=True):
        _collect(folders[folder])
    _collect(root)
    if root.below:
        yield root


def _folder_branch(folders: dict[str, _Branch], folder: str) -> _Branch:
    """Return the branch of a folder of feeds, made with the folders that it is in if needed."""
    if folder not in folders:
        outer, _, name = folder.rpartition("/")
        branch = folders[folder] = _Branch(f"folder {folder}", name or folder)
        _folder_branch(folders, outer).below.append(branch)
    return folders[folder]


def _file_branches(
    shown: Sequence[str], sources: Sequence[str], feeds: Iterable[FollowedFeed]
) -> Iterator[_Branch]:
    """Yield a branch for each file, folder and page, then the articles that are in none of them."""
    rest = set(shown)
    for feed in feeds:
        rest.difference_update(feed.entries)
    addresses = {feed.address for feed in feeds}
    singles = _Branch("singles", "Single articles")
    found: list[_Branch] = []
    for source in sources:
        if source in addresses:
            continue
        inside = [at for at in shown if at == source or at.startswith((f"{source}/", f"{source}#"))]
        rest.difference_update(inside)
        if inside == [source]:
            singles.locations.add(source)
        elif inside:
            found.append(_file_branch(source, inside))
    if rest:
        found.append(_Branch("samples", "Other articles" if sources else SAMPLES, rest))
    yield from found
    if singles.locations:
        yield singles


def _file_branch(source: str, inside: Iterable[str]) -> _Branch:
    """Return the branch of a folder, book or collection, with the books in it below."""
    branch = _Branch(f"source {source}", PurePath(source).name or source, source=source)
    books: dict[str, _Branch] = {}
    for place in inside:
        branch.locations.add(place)
        file, mark, _ = place.partition("#")
        if mark and file != source:
            book = books.setdefault(file, _Branch(f"book {file}", PurePath(file).name))
            book.locations.add(place)
    branch.below.extend(books.values())
    return branch


def _group(key: str, label: str, below: list[_Branch]) -> _Branch:
    """Return a branch with all articles of those below it."""
    branch = _Branch(key, label, below=below)
    _collect(branch)
    return branch


def _collect(branch: _Branch) -> None:
    """Give a branch the articles of those below it."""
    for below in branch.below:
        branch.locations |= below.locations


def visible_nodes(
    nodes: Iterable[SourceNode], is_collapsed: Callable[[str], bool]
) -> Iterator[SourceNode]:
    """Yield the nodes that are not below a collapsed one; `is_collapsed` is given a key."""
    hidden_below: int | None = None
    for node in nodes:
        if hidden_below is not None and node.depth > hidden_below:
            continue
        hidden_below = node.depth if node.is_parent and is_collapsed(node.key) else None
        yield node
