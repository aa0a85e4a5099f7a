"""The colours of code: of the blocks on the screen, in the languages that their source states."""

from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from tuireader.domain.article import Article
from tuireader.domain.blocks import Block, BlockKind
from tuireader.ui.widgets.styles import NO_SPANS, StyleSpan, StyleSpans

if TYPE_CHECKING:
    from pygments.lexer import Lexer

MAX_LENGTH = 20_000
"""Code points of a block that is coloured at most."""

MAX_CACHED = 50
"""Blocks whose colours are kept."""

_STYLES = (
    ("Token.Comment", "code-comment"),
    ("Token.Keyword", "code-keyword"),
    ("Token.Operator.Word", "code-keyword"),
    ("Token.Literal.String", "code-string"),
    ("Token.Literal.Number", "code-number"),
    ("Token.Name.Function", "code-name"),
    ("Token.Name.Class", "code-name"),
    ("Token.Name.Tag", "code-name"),
    ("Token.Name.Decorator", "code-name"),
)
"""The kinds of Pygments' tokens that have a style of their own; the others are plain code."""


@cache
def _lexer(language: str) -> "Lexer | None":
    """Return Pygments' lexer of a language by its name; None if it has none."""
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415 - only where there is code
    from pygments.util import ClassNotFound  # noqa: PLC0415 - as above

    try:
        return get_lexer_by_name(language)
    except ClassNotFound:
        return None


@cache
def _style(token: str) -> str:
    """Return the style of a kind of token, by its name in Pygments; "" if it has none."""
    return next((style for kind, style in _STYLES if token.startswith(kind)), "")


class CodeColours:
    """The colours of an article's code, found for a block when it is first on the screen."""

    def __init__(self, article: Article) -> None:
        """Find nothing yet."""
        self._article = article
        self._blocks: dict[int, StyleSpans] = {}

    def over(self, start: int, end: int) -> list[StyleSpan]:
        """Return the spans that overlap [start, end), which is in one block."""
        article = self._article
        if not article.code_languages or not len(article.blocks):
            return []
        block = article.blocks[article.blocks.index_at(start)]
        if block.kind is not BlockKind.CODE:
            return []
        spans = self._blocks.get(block.start)
        if spans is None:
            if len(self._blocks) >= MAX_CACHED:
                self._blocks.clear()
            spans = self._blocks[block.start] = self._coloured(block)
        return spans.over(start, end)

    def _coloured(self, block: Block) -> StyleSpans:
        """Return the spans of a block; none if it is long, or its language is not known."""
        languages = self._article.code_languages
        number = bisect_left(languages, block.start, key=lambda place: place.offset)
        if number == len(languages) or languages[number].offset >= block.end:
            return NO_SPANS
        lexer = _lexer(languages[number].name) if block.end - block.start <= MAX_LENGTH else None
        if lexer is None:
            return NO_SPANS
        start = languages[number].offset
        words = self._article.text[start : block.end]
        return StyleSpans(
            StyleSpan(start + index, start + index + len(value), style)
            for index, token, value in lexer.get_tokens_unprocessed(words)
            if value.strip() and (style := _style(str(token)))
        )
