"""Builds an article's text block by block from inline text with links and emphasis."""

from dataclasses import dataclass, replace

from tuireader.domain.article import Emphasis, Link, NamedPlace, Passage, Picture
from tuireader.domain.blocks import BlockKind
from tuireader.sources.plaintext.headings import TextBuilder
from tuireader.sources.plaintext.paragraphs import TextBlock
from tuireader.text.sanitize import sanitize

_INDENTS = "\N{NO-BREAK SPACE}\N{EN SPACE}\N{EM SPACE}"


@dataclass(slots=True)
class _Mark:
    """A link or an emphasis that is not yet in the article, as `ArticleBuilder.open` was given it.

    `start` is the offset in the current block, in code points, at which it begins.
    """

    kind: str
    target: str
    place: str
    start: int


class ArticleBuilder:
    """Collects inline text, links and emphasis, and adds them to the article block by block.

    The current block is the text since the last `end`. White space is collapsed as in a browser;
    explicit line breaks stay. `text_builder`, `links`, `emphases` and `places` hold what is
    finished.
    """

    def __init__(self) -> None:
        self.text_builder = TextBuilder()
        self.links: list[Link] = []
        self.emphases: list[Emphasis] = []
        self.places: list[NamedPlace] = []
        self._parts: list[str] = []
        self._length = 0
        self._last = "\n"
        """The last character of the current block; a newline if it is empty."""
        self._open: list[_Mark] = []
        self._closed: list[tuple[_Mark, int]] = []
        self._names: list[tuple[str, int]] = []
        self.pictures: list[Picture] = []
        self.code_languages: list[NamedPlace] = []
        self._pictures: list[Picture] = []
        self._language = ""

    @property
    def is_empty(self) -> bool:
        """Whether the current block has no text yet."""
        return not self._length

    @property
    def last(self) -> str:
        """The last character of the current block; a newline if it is empty."""
        return self._last

    def trim(self) -> None:
        """Remove a space at the end of the current block; do nothing if there is none."""
        if self._last == " ":
            self._shorten()
            self._last = self._parts[-1][-1:] or " "

    def add(self, text: str, *, verbatim: bool = False) -> None:
        """Add text to the current block; keep its white space only if `verbatim`.

        Otherwise white space becomes one space, or nothing at the start of a line; no-break spaces
        behind a line break indent a verse and become spaces. Control characters are removed.
        """
        text = sanitize(text)
        if not verbatim:
            words = text.split()
            before = " " if text[:1].isspace() and not self._last.isspace() else ""
            if self._last == "\n" and words:
                before = _indent_of(text)
            if not words:
                self._append(before)
                return
            text = before + " ".join(words) + (" " if text[-1:].isspace() else "")
        self._append(text)

    def line_break(self) -> bool:
        """Add a line break to the current block; return whether it was added.

        It is not if the block is empty or ends with a line break.
        """
        if self._last == "\n":
            return False
        if self._last == " ":
            self._shorten()
        self._append("\n")
        return True

    def open(self, kind: str, target: str = "", place: str = "") -> None:
        """Start a link or an emphasis at the end of the current block.

        Args:
            kind: `link`, or the emphasis `em`, `strong`, `code` or `small-caps`.
            target: The address or location that a link leads to; empty for a place in this
                article.
            place: The name of the place that a link leads to, as given to `name`; empty for
                none.

        A link without either is left out. What is still open at the end of a block goes on in the
        next one.
        """
        self._open.append(_Mark(kind, target, place, self._length))

    def close(self) -> None:
        """End the link or emphasis that was started last; raise IndexError if none is open."""
        mark = self._open.pop()
        self._closed.append((mark, self._length))

    def name(self, name: str) -> None:
        """Name the end of the current block, as an `id` does in HTML, so that links lead to it."""
        self._names.append((name, self._length))

    def picture(self, target: str, description: str) -> None:
        """Note that a picture stands at the end of the current block; "" as target adds none."""
        if target.strip():
            words = sanitize(" ".join(description.split()))
            self._pictures.append(Picture(self._length, sanitize(target.strip()), words))

    def language(self, name: str) -> None:
        """Set the language of the current block, if it becomes a code block."""
        self._language = sanitize(name)

    def end(
        self, kind: BlockKind, level: int = 0, marker: str = "", *, tight: bool = False
    ) -> bool:
        """Add the current block to the article and begin an empty one.

        Args:
            kind: The kind of the block.
            level: The level of a heading from 1, or the depth of a list item from 0; 0 for
                others.
            marker: Text to put before the block, such as "• " or "3. ".
            tight: Whether one newline instead of two separates it from the block before.

        Returns whether the block has words; one that has none is not added.
        """
        text = "".join(self._parts).rstrip()
        begun = self.text_builder.length + (
            0 if not self.text_builder.length else 1 if tight else 2
        )
        if text.strip():
            begun += len(marker)
            if kind is BlockKind.CODE:
                self.text_builder.add(TextBlock(kind, marker + text, level, tight))
            else:
                first, *others = text.split("\n")
                self.text_builder.add(TextBlock(kind, marker + first, level, tight))
                for line in others:
                    self.text_builder.add(TextBlock(kind, line, level, True))
            self._keep_marks(begun, len(text))
        if kind is BlockKind.CODE and text.strip() and self._language:
            self.code_languages.append(NamedPlace(self._language, begun))
        self._keep_places(begun, len(text))
        for mark in self._open:
            mark.start = 0
        self._parts, self._length, self._last = [], 0, "\n"
        self._closed, self._names = [], []
        self._pictures, self._language = [], ""
        return bool(text.strip())

    def _keep_places(self, begun: int, size: int) -> None:
        """Add the block's pictures and named places; the parameters are those of `_keep_marks`."""
        self.pictures += [
            replace(picture, offset=begun + min(picture.offset, size)) for picture in self._pictures
        ]
        self.places += [NamedPlace(name, begun + min(at, size)) for name, at in self._names]

    def _keep_marks(self, begun: int, size: int) -> None:
        """Add the block's links and emphases; the empty ones are left out.

        Args:
            begun: The offset in the article at which the block's text starts.
            size: The length of that text in code points.
        """
        found = self._closed + [(mark, size) for mark in self._open]
        for mark, stop in sorted(found, key=lambda pair: (pair[0].start, -pair[1])):
            passage = Passage(begun + mark.start, begun + min(stop, size))
            if mark.start >= min(stop, size):
                continue
            if mark.kind == "link" and (mark.target or mark.place):
                self.links.append(Link(passage, mark.target, mark.place))
            elif mark.kind != "link":
                self.emphases.append(Emphasis(passage, mark.kind))

    def _append(self, text: str) -> None:
        """Append text to the current block unchanged; do nothing if it is empty."""
        if text:
            self._parts.append(text)
            self._length += len(text)
            self._last = text[-1]

    def _shorten(self) -> None:
        """Remove the last character of the current block, which must be a space."""
        self._parts[-1] = self._parts[-1][:-1]
        self._length -= 1


def _indent_of(text: str) -> str:
    """Return the indent of a line of verse as spaces, one for each no-break, en or em space.

    Empty if it has none.
    """
    line = text.lstrip(" \t\r\n\f")
    return " " * sum(char in _INDENTS for char in line[: len(line) - len(line.lstrip())])
