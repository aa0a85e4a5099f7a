"""The article that the controllers are tested with."""

from typing import Any

from tuireader.domain.article import Article, Passage
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.domain.quote import Confidence, Quote, QuoteKind

TEXT = "“It is only water,” said Mayor Lena Holt. It rained for nine days. Nobody came."


def article_of(text: Any = TEXT, location: Any = "river.txt", **fields: Any) -> Any:
    blocks = Blocks([Block(BlockKind.PARAGRAPH, 0, len(text))])
    return Article(location=location, text=text, blocks=blocks, **fields)


def quote_of(start: Any, end: Any, speaker: Any = "") -> Any:
    span = (Passage(start, end),)
    return Quote(spans=span, speaker=speaker, kind=QuoteKind.DIRECT, confidence=Confidence.NAMED)
