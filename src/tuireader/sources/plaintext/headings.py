"""Builds a text from blocks, and recognises headings and captions among paragraphs."""

from array import array
from collections.abc import Iterable, Iterator

from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.sources.plaintext.captions import (
    is_caption,
    is_credit,
    is_named_credit,
    may_be_caption,
)
from tuireader.sources.plaintext.paragraphs import TextBlock
from tuireader.text.lazy_pattern import lazy_pattern

OPENING_PIECES = 12
"""Blocks at the start of a text in which its title is searched."""
LONGEST_HEADING = 100
LONGEST_CAPTION = 700

_STOPPED = lazy_pattern(r"[.,;:…。、，][\"”’»)\]]*$|[!?！？][\"”’»]$")
_QUESTION = lazy_pattern(r"[!?！？][\"”’»)\]]*$")
_HEADING_START = lazy_pattern(r"[\"“‘«„(\[¿¡]?[^\W_]")
_SPOKEN = ("“", '"', "«", "„", "-", "–", "—")


class TextBuilder:
    """Builds a text and its blocks from text blocks that are added one by one.

    `length` is the length of the text so far, in code points; `first` holds its first blocks.
    Offsets are stored in arrays, because a million block objects would double the time.
    """

    def __init__(self) -> None:
        self.first: list[TextBlock] = []
        """The first few text blocks, in which the title is searched."""
        self.length = 0
        self._parts: list[str] = []
        self._kinds: list[BlockKind] = []
        self._starts = array("q")
        self._levels = bytearray()

    def add(self, piece: TextBlock) -> None:
        """Append a text block.

        One newline separates it from the block before if it is tight, else two do.
        """
        kind, text, level, tight = piece
        if len(self.first) < OPENING_PIECES:
            self.first.append(piece)
        if self.length:
            gap = "\n" if tight else "\n\n"
            self._parts.append(gap)
            self.length += len(gap)
        self._kinds.append(kind)
        self._starts.append(self.length)
        self._levels.append(min(level, 255))
        self._parts.append(text)
        self.length += len(text)

    def last_kind(self) -> BlockKind | None:
        """Return the kind of the last block; None if there is none."""
        return self._kinds[-1] if self._kinds else None

    def text(self) -> str:
        """Return the text so far."""
        return "".join(self._parts)

    def blocks(self) -> Blocks:
        """Return the blocks of the text so far."""
        lengths = map(len, self._parts[::2])
        rows = zip(self._kinds, self._starts, lengths, self._levels, strict=True)
        return Blocks(Block(kind, start, start + size, level) for kind, start, size, level in rows)


def classify_headings_and_captions(pieces: Iterable[TextBlock]) -> Iterator[TextBlock]:
    """Yield the text blocks, with paragraphs that are headings or captions marked as such.

    Each is judged by its own text and by the block before and after it. No blocks give nothing.
    """
    before: TextBlock | None = None
    current: TextBlock | None = None
    for following in pieces:
        if current is not None:
            yield _classified(before, current, following)
        before, current = current, following
    if current is not None:
        yield _classified(before, current, None)


def _classified(
    before: TextBlock | None, piece: TextBlock, following: TextBlock | None
) -> TextBlock:
    """Return a block of the kind that its text and its neighbours suggest.

    `before` and `following` are None at the start and the end of the text.
    """
    if piece.kind is not BlockKind.PARAGRAPH or len(piece.text) > LONGEST_CAPTION:
        return piece
    stands_alone = not piece.tight and not (following and following.tight)
    if piece.tight and before and before.tight and following and following.tight:
        return piece  # a line of verse, or one of many short lines
    if is_caption(piece.text, opening=before is None) or _is_caption_or_its_credit(
        before, piece, following
    ):
        return piece._replace(kind=BlockKind.CAPTION)
    if _is_heading(before, piece, following, stands_alone=stands_alone):
        return piece._replace(kind=BlockKind.HEADING, level=2 if before else 1)
    return piece


def _is_caption_or_its_credit(
    before: TextBlock | None, piece: TextBlock, following: TextBlock | None
) -> bool:
    """Return whether a block is a caption with its credit on the next line, or that credit.

    `before` and `following` are those of `_classified`.
    """
    if following and _is_credited_by(piece, following):
        return True
    return before is not None and piece.tight and _is_credited_by(before, piece)


def _is_credited_by(piece: TextBlock, following: TextBlock) -> bool:
    """Return whether a block is a caption and the following block its credit."""
    if len(piece.text) > 300 or len(following.text) > 100:
        return False
    if following.tight and not piece.tight and len(piece.text.split()) >= 5:
        return is_named_credit(following.text)
    if following.tight and not piece.tight:
        return is_credit(following.text)
    return may_be_caption(piece.text) and is_credit(following.text)


def _is_heading(
    before: TextBlock | None, piece: TextBlock, following: TextBlock | None, *, stands_alone: bool
) -> bool:
    """Return whether a paragraph is a heading.

    Args:
        before: The block before it; None at the start of the text.
        piece: The paragraph.
        following: The block behind it; None at the end of the text.
        stands_alone: Whether blank lines separate it from both.
    """
    text = piece.text
    if len(text) > LONGEST_HEADING or not following or _STOPPED.search(text[-4:]):
        return False
    if not _HEADING_START.match(text) or text.count("|") > 1:
        return False
    if before is None:
        return not piece.tight
    if not stands_alone or len(text) > 80 or text[0].islower():
        return False
    # A question or something spoken, on its own line, is dialogue more often than a heading.
    return not (text.startswith(_SPOKEN) or _QUESTION.search(text[-4:]))
