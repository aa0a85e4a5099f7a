"""Makes an article of a plain text whose metadata is known from elsewhere."""

from itertools import chain

from tuireader.domain.article import Article
from tuireader.domain.errors import SourceError
from tuireader.sources.plaintext.headings import TextBuilder, classify_headings_and_captions
from tuireader.sources.plaintext.paragraphs import (
    ParagraphParser,
    TextBlock,
    line_groups,
    wrap_width,
)
from tuireader.sources.plaintext.title import title_of
from tuireader.text.language import language_of
from tuireader.text.sanitize import sanitize

_STYLE_LINES = 400
"""Lines that tell at which width a text was wrapped."""


def plain_article(text: str, location: str, opening: tuple[TextBlock, ...] = ()) -> Article:
    """Return all of a text as an article, without looking for a header.

    Args:
        text: The text.
        location: The location of the article.
        opening: Blocks to put before the text; none by default.

    Raises SourceError if there are no words.
    """
    lines = sanitize(text).split("\n")
    parser = ParagraphParser(wrap_width(lines[:_STYLE_LINES]))
    pieces = chain.from_iterable(map(parser.pieces, line_groups(lines)))
    builder = TextBuilder()
    for piece in chain(opening, classify_headings_and_captions(pieces)):
        builder.add(piece)
    found = builder.text()
    if not found.strip():
        raise SourceError(location, "it has no text")
    return Article(
        location=location,
        text=found,
        blocks=builder.blocks(),
        title=title_of("", builder.first, location),
        language=language_of(found),
    )
