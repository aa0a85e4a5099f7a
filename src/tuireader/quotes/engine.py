"""Extracts the quotations of an article: who said what."""

from collections.abc import Callable
from dataclasses import replace

from tuireader.domain.article import Article
from tuireader.domain.quote import Quote
from tuireader.quotes.assemble import assemble_quotes
from tuireader.quotes.attribution.linker import SpanLinker
from tuireader.quotes.attribution.model import LinkKind, load_weights
from tuireader.quotes.parsed_article import parse_sections
from tuireader.quotes.soft_hyphens import VisibleText


def extract(
    article: Article,
    pause: Callable[[], None] | None = None,
    *,
    unattributed: bool = False,
) -> tuple[Quote, ...]:
    """Return the quotations of an article, in the order of its text.

    Args:
        article: its language decides which word lists are used.
        pause: is called every few hundredths of a second; it may sleep, or raise to stop.
        unattributed: whether to return words in quotation marks that are no speech, too.
    """
    weights = load_weights()
    visible = VisibleText(article)
    return visible.restored(
        quote
        for parsed in parse_sections(visible.article, pause or _no_pause)
        for quote in assemble_quotes(
            visible.article.text,
            SpanLinker(parsed, weights).attribute_spans(),
            unattributed=unattributed,
        )
    )


def _no_pause() -> None:
    """Do nothing; the default for `pause`."""


def extract_all(article: Article, pause: Callable[[], None] | None = None) -> tuple[Quote, ...]:
    """Return all quoted spans of an article as quotations, in the order of the text.

    Those that are no speech have `unattributed` set. `pause` is as for `extract`.
    """
    weights = load_weights()
    visible = VisibleText(article)
    text = visible.article.text
    every: list[Quote] = []
    for parsed in parse_sections(visible.article, pause or _no_pause):
        parts = list(SpanLinker(parsed, weights).attribute_spans())
        every += assemble_quotes(text, parts)
        nobody = [part for part in parts if part.link.kind is LinkKind.UNATTRIBUTED]
        others = assemble_quotes(text, nobody, unattributed=True)
        every += (replace(quote, unattributed=True) for quote in others)
    return visible.restored(sorted(every, key=lambda quote: quote.start))
