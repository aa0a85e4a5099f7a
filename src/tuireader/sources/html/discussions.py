"""Discussions on Hacker News and Reddit: the post, and its comments with their authors, nested."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from tuireader.domain.blocks import BlockKind
from tuireader.sources.article_builder import ArticleBuilder
from tuireader.sources.html.renderer import HtmlRenderer, LinkTarget

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

_POST_LEVEL, _COMMENT_LEVEL = 1, 3
"""Levels of the headings of a post and of a comment; that of a reply is one deeper, up to 6."""
_DEEPEST = 200
_INDENT = 40
"""The width of Hacker News' indent for one level of replies, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post or a comment: its author, its age as the page words it, and the element with its text.

    `body` is None for a post that is only a link.
    """

    author: str
    age: str
    body: "_Element | None"
    title: str = ""
    """The title of a post; empty for a comment."""
    depth: int = 0
    """How many comments it is nested in: 0 for a post, and for a comment on the post itself."""


_SIGNS = ("fatitem", "comtr", "shreddit-comment", "usertext-body")


def is_discussion(page: str) -> bool:
    """Return whether the source text of a page has a sign of Hacker News or Reddit.

    A page for which it is true may still be something else.
    """
    return any(sign in page for sign in _SIGNS)


def render_discussion(tree: "HtmlElement", target: LinkTarget) -> ArticleBuilder | None:
    """Return a discussion's post and comments as text.

    Args:
        tree: The page.
        target: Resolves links.

    Returns None if the page has no comments, or is of no known site.
    """
    for read in _READERS:
        posts = list(read(tree))
        if any(not post.title for post in posts):
            break
    else:
        return None
    builder = ArticleBuilder()
    for post in posts:
        if post.title:
            builder.add(post.title)
            builder.end(BlockKind.HEADING, _POST_LEVEL)
        builder.add(f"{post.author} {post.age}")
        level = min(6, _COMMENT_LEVEL + post.depth)
        builder.end(
            BlockKind.CAPTION if post.title else BlockKind.HEADING, 0 if post.title else level
        )
        if post.body is not None:
            HtmlRenderer(target, builder, quotes=post.depth).render(post.body)
    return builder


def _hacker_news(tree: "HtmlElement") -> Iterable[Post]:
    """Yield the posts and comments of a page of Hacker News; nothing for other pages."""
    for item in _of_class(tree, "fatitem")[:1]:
        yield Post(
            author=_text(_of_class(item, "hnuser")),
            age=_text(_of_class(item, "age")),
            title=_text(_of_class(item, "titleline") or _of_class(item, "storylink")) or " ",
            body=next(iter(_of_class(item, "toptext")), None),
        )
    for row in _of_class(tree, "comtr"):
        body = next(iter(_of_class(row, "commtext")), None)
        if body is not None:
            yield Post(
                author=_text(_of_class(row, "hnuser")),
                age=_text(_of_class(row, "age")),
                body=body,
                depth=_indent(row),
            )


def _indent(row: "_Element") -> int:
    """Return in how many comments a comment of Hacker News is nested; 0 if not stated."""
    for cell in _of_class(row, "ind"):
        given = cell.get("indent") or ""
        if given.isdecimal():
            return min(int(given[:6]), _DEEPEST)
        width = next((image.get("width") or "" for image in cell.iter("img")), "")
        return min(int(width[:6]) // _INDENT, _DEEPEST) if width.isdecimal() else 0
    return 0


def _old_reddit(tree: "HtmlElement") -> Iterable[Post]:
    """Yield the posts and comments of Reddit's older design; nothing for other pages."""
    things = _of_class(tree, "thing")
    for thing in things:
        kinds = (thing.get("class") or "").split()
        entry = next((child for child in thing if "entry" in _classes(child)), None)
        if entry is None or not {"link", "comment"} & set(kinds):
            continue
        is_comment = "comment" in kinds
        body = next(
            (text for area in _of_class(entry, "usertext-body") for text in _of_class(area, "md")),
            None,
        )
        if is_comment and body is None:
            continue
        yield Post(
            author=_text(_of_class(entry, "author")),
            age=_text(islice(entry.iter("time"), 1)),
            title="" if is_comment else _text(_of_class(entry, "title")) or " ",
            body=body,
            depth=sum("comment" in _classes(above) for above in thing.iterancestors("div")),
        )


def _new_reddit(tree: "HtmlElement") -> Iterable[Post]:
    """Yield the posts and comments of Reddit's present design; nothing for other pages."""
    for post in list(tree.iter("shreddit-post"))[:1]:
        yield Post(
            author=post.get("author") or "",
            age=_text(islice(post.iter("faceplate-timeago", "time"), 1)),
            title=post.get("post-title") or " ",
            body=_slot(post, "text-body"),
        )
    for comment in tree.iter("shreddit-comment"):
        body = _slot(comment, "comment")
        depth = comment.get("depth") or "0"
        if body is not None:
            yield Post(
                author=comment.get("author") or "",
                age=_text(islice(comment.iter("faceplate-timeago", "time"), 1)),
                body=body,
                depth=min(int(depth[:6]), _DEEPEST) if depth.isdecimal() else 0,
            )


_READERS: tuple[Callable[["HtmlElement"], Iterable[Post]], ...] = (
    _hacker_news,
    _old_reddit,
    _new_reddit,
)


def _classes(element: "_Element") -> list[str]:
    return (element.get("class") or "").split()


def _of_class(element: "_Element", name: str) -> "list[_Element]":
    """Return the elements within another one that have a class, in order; none if not found."""
    found = element.xpath(f"descendant::*[contains(@class, '{name}')]")
    return [part for part in found if name in _classes(part)] if isinstance(found, list) else []


def _slot(element: "_Element", name: str) -> "_Element | None":
    """Return the child of a custom element in the slot of a name; None if there is none."""
    return next((child for child in element if child.get("slot") == name), None)


def _text(elements: "Iterable[_Element]") -> str:
    """Return the text of the first of some elements in one line; empty if there is none."""
    first = next(iter(elements), None)
    return " ".join("".join(first.itertext()).split()) if first is not None else ""
