"""Running text with links and emphases in it, set block by block into an article's text."""

from dataclasses import dataclass

from tuireader.domain.article import Emphasis, Link, NamedPlace, Passage
from tuireader.domain.blocks import BlockKind
from tuireader.sources.plaintext.headings import TextBuilder
from tuireader.sources.plaintext.paragraphs import TextBlock
from tuireader.text.sanitize import sanitize


@dataclass(slots=True)
class _Mark:
    """A link or an emphasis that is open, and where it began in the run."""

    kind: str
    target: str
    place: str
    start: int


class ArticleBuilder:
    """Gathers a run of inline text, and sets it as one block when the run ends.

    White space is collapsed as browsers do it; a line break stays one.
    """

    def __init__(self) -> None:
        self.progress = TextBuilder()
        self.links: list[Link] = []
        self.emphases: list[Emphasis] = []
        self.places: list[NamedPlace] = []
        self._parts: list[str] = []
        self._length = 0
        self._last = "\n"
        """The last character of the run; a newline if it is empty."""
        self._open: list[_Mark] = []
        self._closed: list[tuple[_Mark, int]] = []
        self._names: list[tuple[str, int]] = []

    @property
    def is_empty(self) -> bool:
        """Whether the run holds no word yet."""
        return not self._length

    def add(self, text: str, *, verbatim: bool = False) -> None:
        """Add words to the run, with their line ends only if verbatim."""
        text = sanitize(text)
        if not verbatim:
            words = text.split()
            before = " " if text[:1].isspace() and not self._last.isspace() else ""
            if not words:
                self._append(before)
                return
            text = before + " ".join(words) + (" " if text[-1:].isspace() else "")
        self._append(text)

    def line_break(self) -> bool:
        """Begin a new line in the run; False, and nothing is done, behind another line break."""
        if self._last == "\n":
            return False
        if self._last == " ":
            self._shorten()
        self._append("\n")
        return True

    def open(self, kind: str, target: str = "", place: str = "") -> None:
        """Begin a `link` to a target, or an emphasis: `em`, `strong` or `code`."""
        self._open.append(_Mark(kind, target, place, self._length))

    def close(self) -> None:
        """End the link or emphasis that was begun last."""
        mark = self._open.pop()
        self._closed.append((mark, self._length))

    def name(self, name: str) -> None:
        """Give this place a name that links can lead to."""
        self._names.append((name, self._length))

    def end(
        self, kind: BlockKind, level: int = 0, marker: str = "", *, tight: bool = False
    ) -> bool:
        """Set the run as a block with the marker before it; whether it held any word."""
        text = "".join(self._parts).rstrip()
        begun = self.progress.length + (0 if not self.progress.length else 1 if tight else 2)
        if text.strip():
            begun += len(marker)
            if kind is BlockKind.CODE:
                self.progress.add(TextBlock(kind, marker + text, level, tight))
            else:
                first, *others = text.split("\n")
                self.progress.add(TextBlock(kind, marker + first, level, tight))
                for line in others:
                    self.progress.add(TextBlock(kind, line, level, True))
            self._keep_marks(begun, len(text))
        self.places += [NamedPlace(name, begun + min(at, len(text))) for name, at in self._names]
        for mark in self._open:
            mark.start = 0
        self._parts, self._length, self._last = [], 0, "\n"
        self._closed, self._names = [], []
        return bool(text.strip())

    def _keep_marks(self, begun: int, size: int) -> None:
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
        if text:
            self._parts.append(text)
            self._length += len(text)
            self._last = text[-1]

    def _shorten(self) -> None:
        """Take the blank at the end of the run away again."""
        self._parts[-1] = self._parts[-1][:-1]
        self._length -= 1
