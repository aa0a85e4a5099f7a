"""Parses the lines of a plain text into blocks, and joins hard-wrapped lines again."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from tuireader.domain.blocks import BlockKind
from tuireader.text.lazy_pattern import lazy_pattern

_FEW_LINES = 8
"""Lines below which the width at which a text was wrapped must be plain."""
_FEWEST_IN_GROUP = 3
"""Lines of a group that tell whether a text of few lines was wrapped."""
_NARROWEST, _WIDEST = 40, 110


def wrap_width(lines: list[str]) -> int:
    """Return the width at which a text's lines were wrapped, in code points; 0 if they were not.

    Most lines of a wrapped text end within 16 columns of the width. In a text of few lines, nearly
    all must have no room for the next line's first word, and begin in the middle of a sentence.
    """
    pairs = [
        (line, following)
        for line, following in pairwise(lines)
        if line.strip() and following.strip()
    ]
    lengths = sorted(len(line.rstrip()) for line, _ in pairs)
    if len(lengths) < _FEW_LINES:
        return _width_of_few(lines)
    width = lengths[int(len(lengths) * 0.97)]
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    near = sum(width - 16 <= length for length in lengths)
    return width if near >= 0.6 * len(lengths) else 0


def _width_of_few(lines: list[str]) -> int:
    """Return the width at which few lines of a text were wrapped; 0 if that is not plain.

    It is counted in code points.
    """
    pairs = [
        pair
        for group in line_groups(lines)
        if len(group.lines) >= _FEWEST_IN_GROUP
        for pair in pairwise(group.lines)
    ]
    width = max((len(line.rstrip()) for line, _ in pairs), default=0)
    if not pairs or not _NARROWEST <= width <= _WIDEST:
        return 0
    full = sum(is_full(line, following, width) for line, following in pairs)
    inside = sum(following.lstrip()[0].islower() for _, following in pairs)
    return width if full >= 0.75 * len(pairs) and inside >= 0.5 * len(pairs) else 0


def is_full(line: str, following: str, width: int) -> bool:
    """Return whether a line has no room for the first word of the following line.

    `width` is the width in code points at which the lines were wrapped.
    """
    word = following.split(maxsplit=1)[0]
    return len(line.rstrip()) + 1 + len(word) > width - 2


def paragraph_starts(lines: list[str]) -> set[int]:
    """Return the indexes of the lines that start a paragraph by a deeper indent.

    Empty if there are none, or too many of them. There must be a line.
    """
    indents = [len(line) - len(line.lstrip()) for line in lines]
    base = min(indents)
    deeper = [number for number, indent in enumerate(indents) if number and indent > base]
    if not deeper or len(deeper) > 0.6 * len(lines):
        return set()
    return set(deeper)


def join_lines(lines: list[str]) -> str:
    """Join lines, of which none is empty, with spaces; without in scripts that have none."""
    if all(line[-1] < "\u2e80" for line in lines):
        return " ".join(lines)
    text = lines[0]
    for line in lines[1:]:
        text += line if is_wide(text[-1]) and is_wide(line[0]) else f" {line}"
    return text


def is_wide(char: str) -> bool:
    """Return whether a character is of a script that is written without spaces."""
    return "\u2e80" <= char < "\uac00" or "\uff00" <= char < "\uffa0"


LONGEST = 400
"""Lines after which a line group is cut, so that decisions stay local and work stays linear."""
LARGEST = 20_000
"""Code points after which a line group is cut, for the same reason."""

_LONGEST_VERSE = 120
_DEEPEST_INDENT = 40

_MARKED = lazy_pattern(r"[ \t]*(?:[-*•‣◦>|`~=_]|\d{1,3}[.)])")
_RULE = lazy_pattern(r"[ \t]*([-*_=~•·])(?:[ \t]?\1){2,}[ \t]*$")
_ITEM = lazy_pattern(r"([ \t]*)([-*•‣◦]|\d{1,3}[.)])[ \t]+(?=\S)")
_QUOTED = lazy_pattern(r"[ \t]*>")
_QUOTE_MARKS = lazy_pattern(r"[ \t]*((?:>[ \t]?)+)")
_FENCE = lazy_pattern(r"[ \t]*(?:```+|~~~+)[\w+-]*[ \t]*$")
_UNDERLINE = lazy_pattern(r"(?:={3,}|-{3,})[ \t]*$")
_GAP = lazy_pattern(r"\S(?: {3,}|[ ]*\t[ \t]*)\S")
_CODE_LIKE = lazy_pattern(
    r"[;{}]\s*$|\w\(.{0,80}\)|\s[=!<>]=?\s|^\s*(?:def|class|import|from|return|#include|//)\b"
)
_DASHES = ("—", "–", "―")
_SENTENCE_END = lazy_pattern(r"[.!?…:][\"”’»)\]]*$")


class TextBlock(NamedTuple):
    """A block of a text that has no offsets yet.

    `level` is that of a heading from 1, of a list item or quotation from 0; `tight` tells that one
    newline, instead of two, separates the block from the one before.
    """

    kind: BlockKind
    text: str
    level: int = 0
    tight: bool = False


class LineGroup(NamedTuple):
    """Consecutive lines that are not blank.

    `continued` tells that the group before was cut for length, so that this one goes on with it.
    """

    lines: list[str]
    continued: bool


def line_groups(lines: Iterable[str]) -> Iterator[LineGroup]:
    """Yield the groups of lines between blank lines; long groups are cut.

    Nothing if all lines are blank.
    """
    group: list[str] = []
    size, continued = 0, False
    for line in lines:
        if not line or line.isspace():
            if group:
                yield LineGroup(group, continued)
                group, size = [], 0
            continued = False
            continue
        group.append(line)
        size += len(line)
        if size >= LARGEST or len(group) >= LONGEST:
            yield LineGroup(group, continued)
            group, size, continued = [], 0, True
    if group:
        yield LineGroup(group, continued)


class ParagraphParser:
    """Parses the line groups of one text, in order, into text blocks.

    It tracks whether a code fence is open.
    """

    def __init__(self, width: int) -> None:
        """Take the wrap width of the text, as `wrap_width` returns it."""
        self._width = width
        self._fenced = False

    def pieces(self, group: LineGroup) -> list[TextBlock]:
        """Return the text blocks of the next line group; none for a code fence alone."""
        lines = group.lines
        if len(lines) == 1 and not self._fenced:
            line = lines[0]
            if len(line) > 1 and not _MARKED.match(line):
                return [_line_piece(line, continued=group.continued)]
        if self._fenced or any(map(_FENCE.match, lines)):
            return self._fenced_pieces(group)
        return self._open_pieces(group)

    def _fenced_pieces(self, group: LineGroup) -> list[TextBlock]:
        """Return the blocks of a line group with a code fence, or inside an open one."""
        pieces: list[TextBlock] = []
        run: list[str] = []
        for line in [*group.lines, None]:
            if line is not None and not _FENCE.match(line):
                run.append(line)
                continue
            if run and self._fenced:
                pieces.append(TextBlock(BlockKind.CODE, "\n".join(run).rstrip().lstrip("\n")))
            elif run:
                pieces += self._open_pieces(LineGroup(run, False))
            run = []
            if line is not None:
                self._fenced = not self._fenced
        return pieces

    def _open_pieces(self, group: LineGroup) -> list[TextBlock]:
        """Return the blocks of a line group outside code fences."""
        lines = group.lines
        if all(map(_QUOTED.match, lines)):
            return self._quoted_pieces(lines)
        if len(lines) == 2 and _UNDERLINE.match(lines[1]) and len(lines[0]) <= 120:
            return [TextBlock(BlockKind.HEADING, lines[0].strip(), 1 if lines[1][0] == "=" else 2)]
        if len(lines) > 1 and (_is_table(lines) or _is_code(lines)):
            return [TextBlock(BlockKind.CODE, "\n".join(map(str.rstrip, lines)).strip("\n"))]
        if any(map(_MARKED.match, lines)):
            return self._marked_pieces(group)
        return self._prose_pieces(lines, continued=group.continued)

    def _quoted_pieces(self, lines: list[str]) -> list[TextBlock]:
        """Return the block quotations of lines that all start with ">"."""
        marks = _QUOTE_MARKS.match(lines[0])
        level = marks[1].count(">") - 1 if marks else 0
        bare = [line[found.end() :] for line in lines if (found := _QUOTE_MARKS.match(line))]
        pieces: list[TextBlock] = []
        for group in line_groups(bare):
            pieces += [
                piece._replace(kind=BlockKind.BLOCKQUOTE, level=level)
                for piece in self._prose_pieces(group.lines, continued=False)
            ]
        return pieces

    def _marked_pieces(self, group: LineGroup) -> list[TextBlock]:
        """Return rules and list items, and the prose between them."""
        pieces: list[TextBlock] = []
        run: list[str] = []

        def close() -> None:
            if run:
                pieces.extend(self._run_pieces(run, tight_after=pieces[-1:]))
                run.clear()

        for line in group.lines:
            if _RULE.match(line):
                close()
                pieces.append(TextBlock(BlockKind.RULE, line.strip()))
            elif _ITEM.match(line):
                close()
                run.append(line)
            else:
                run.append(line)
        close()
        if group.continued and pieces[0].kind is BlockKind.LIST_ITEM:
            pieces[0] = pieces[0]._replace(tight=True)
        return pieces

    def _run_pieces(self, run: list[str], tight_after: list[TextBlock]) -> list[TextBlock]:
        """Return a list item with its continuation lines, or prose.

        `tight_after` holds the block before, if any: an item behind an item is tight.
        """
        item = _ITEM.match(run[0])
        if not item:
            return self._prose_pieces(run, continued=False)
        words = join_lines([line.strip() for line in run])
        level = min(len(item[1].expandtabs(4)) // 2, 9)
        tight = bool(tight_after) and tight_after[0].kind is BlockKind.LIST_ITEM
        return [TextBlock(BlockKind.LIST_ITEM, words, level, tight)]

    def _prose_pieces(self, lines: list[str], *, continued: bool) -> list[TextBlock]:
        """Return lines as paragraphs: joined if they were wrapped, else one for each line.

        `continued` is that of their `LineGroup`.
        """
        if len(lines) == 1:
            return [_line_piece(lines[0], continued=continued)]
        if max(map(len, lines)) > _LONGEST_VERSE:
            return [TextBlock(BlockKind.PARAGRAPH, line.strip()) for line in lines]
        breaks = paragraph_starts(lines)
        if self._is_wrapped(lines, breaks):
            return self._joined_pieces(lines, breaks)
        return [
            TextBlock(BlockKind.PARAGRAPH, verse, 0, continued or number > 0)
            for number, verse in enumerate(_verses(lines))
        ]

    def _is_wrapped(self, lines: list[str], breaks: set[int]) -> bool:
        """Return whether most lines have no room for the next line's first word.

        `breaks` are the indexes of lines that start a paragraph by their indent.
        """
        width = self._width
        if not width:
            width = max(map(len, lines))
            if len(lines) < 4 or not 40 <= width <= 110:
                return False
        pairs = [
            (line, lines[number])
            for number, line in enumerate(lines[:-1], 1)
            if number not in breaks
        ]
        if not pairs:
            return bool(self._width)
        full = sum(is_full(line, following, width) for line, following in pairs)
        if full < (0.6 if self._width else 0.8) * len(pairs):
            return False
        capitals = sum(following.lstrip()[0].isupper() for _, following in pairs)
        return (len(pairs) < 3 and bool(self._width)) or capitals < 0.8 * len(pairs)

    def _joined_pieces(self, lines: list[str], breaks: set[int]) -> list[TextBlock]:
        """Return wrapped lines joined into paragraphs.

        A line whose index is in `breaks` starts a new one.
        """
        return [
            TextBlock(BlockKind.PARAGRAPH, join_lines([line.strip() for line in lines[first:end]]))
            for first, end in self._runs(lines, breaks)
        ]

    def _runs(self, lines: list[str], breaks: set[int]) -> Iterator[tuple[int, int]]:
        """Yield the index of the first line of each paragraph, and that behind its last line.

        `breaks` are those of `_is_wrapped`.
        """
        first = 0
        for number, line in enumerate(lines[1:], 1):
            above = lines[number - 1]
            ended = (
                self._width
                and _SENTENCE_END.search(above.rstrip()[-4:])
                and not is_full(above, line, self._width - 8)
            )
            if number in breaks or ended:
                yield first, number
                first = number
        yield first, len(lines)

    def line_runs(self, lines: list[str]) -> Iterator[tuple[int, int]]:
        """Yield the lines of a group that belong together: one each, unless they were wrapped.

        Each is given by the index of its first line, and that behind its last. A line with a mark
        of its own, such as a list item, begins a new one.
        """
        wrapped = len(lines) > 1 and max(map(len, lines)) <= _LONGEST_VERSE
        breaks = paragraph_starts(lines) if wrapped else set()
        if not wrapped or not self._is_wrapped(lines, breaks) or any(map(_FENCE.match, lines)):
            yield from ((number, number + 1) for number in range(len(lines)))
            return
        marked = {number for number, line in enumerate(lines) if number and _MARKED.match(line)}
        spoken = {
            number
            for number, line in enumerate(lines)
            if number
            and line.lstrip().startswith(_DASHES)
            and _SENTENCE_END.search(lines[number - 1].rstrip()[-4:])
        }
        yield from self._runs(lines, breaks | marked | spoken)


def _verses(lines: list[str]) -> Iterator[str]:
    """Yield lines of verse with their indents, less the indent that all have in common."""
    spread = [line.rstrip().expandtabs(4) for line in lines]
    indents = [len(line) - len(line.lstrip()) for line in spread]
    least = min(indents)
    for line, indent in zip(spread, indents, strict=True):
        yield " " * min(indent - least, _DEEPEST_INDENT) + line.lstrip()


def _line_piece(line: str, *, continued: bool) -> TextBlock:
    """Return one line as a paragraph, tight if it goes on with the group before it.

    `continued` is that of its `LineGroup`.
    """
    return TextBlock(
        BlockKind.PARAGRAPH, line.strip(), 0, continued and len(line) <= _LONGEST_VERSE
    )


def _is_table(lines: list[str]) -> bool:
    """Return whether lines are a table, by bars or by aligned gaps."""
    barred = sum(line.count("|") >= 2 for line in lines)
    if barred == len(lines):
        return True
    gaps = sum(_GAP.search(line) is not None for line in lines)
    return len(lines) >= 3 and gaps >= 0.8 * len(lines)


def _is_code(lines: list[str]) -> bool:
    """Return whether all lines are indented and most look like code."""
    if not all(line.startswith(("    ", "\t")) for line in lines):
        return False
    return sum(_CODE_LIKE.search(line) is not None for line in lines) >= 0.6 * len(lines)
