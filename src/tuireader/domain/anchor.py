"""How a passage is found again after its text has changed."""

from dataclasses import dataclass
from enum import StrEnum

from tuireader.domain.article import Article, text_hash
from tuireader.domain.blocks import BlockKind
from tuireader.domain.passage import Passage

SURROUNDINGS = 64
"""Code points kept before and after a passage; the design asks for 32 to 64."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What is kept of a passage so that it can be found again: never overwritten."""

    text_hash: str
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""
    block: int = 0
    heading: str = ""


class How(StrEnum):
    """By which step a passage was found again."""

    SAME = "same text"
    EXACT = "same words"
    FUZZY = "similar words"
    BY_HAND = "by hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a passage came to stand in one version of a text, how, and how sure (0 to 1)."""

    text_hash: str
    start: int
    end: int
    how: How
    score: float = 1.0
    words: str = ""
    """The words that stand there, if they are others than those that were kept."""


def anchor_of(article: Article, passage: Passage, content_hash: str = "") -> Anchor:
    """The anchor of a passage of the article; hands in the text's hash if it is known."""
    text = article.text
    block = article.blocks.index_at(passage.start)
    return Anchor(
        text_hash=content_hash or text_hash(text),
        start=passage.start,
        end=passage.end,
        exact=passage.of(text),
        prefix=text[max(0, passage.start - SURROUNDINGS) : passage.start],
        suffix=text[passage.end : passage.end + SURROUNDINGS],
        block=block,
        heading=_heading_above(article, block),
    )


def _heading_above(article: Article, block: int) -> str:
    blocks = article.blocks
    if len(blocks) and blocks[block].kind is BlockKind.HEADING:
        return article.text[blocks[block].start : blocks[block].end]
    number = blocks.next_of(BlockKind.HEADING, block, -1)
    return article.text[blocks[number].start : blocks[number].end] if number >= 0 else ""
