"""All that a list of an article's quotations shows: also nobody's words, and who is named."""

from collections.abc import Callable
from dataclasses import replace

from tuireader.domain.article import Article
from tuireader.domain.quote import Quote
from tuireader.quotes.extraction import desks
from tuireader.quotes.links import LinkKind
from tuireader.quotes.quotations import quotations
from tuireader.quotes.weights import load_weights


def extract_all(article: Article, pause: Callable[[], None] | None = None) -> tuple[Quote, ...]:
    """The quotations in the order of the text, and among them, marked so, what is nobody's words.

    `pause` is as for `extract`.
    """
    weights = load_weights()
    every: list[Quote] = []
    for desk in desks(article, pause or (lambda: None)):
        parts = list(desk.attributed(weights))
        every += quotations(article.text, parts)
        nobody = [part for part in parts if part.link.kind is LinkKind.NOBODY]
        others = quotations(article.text, nobody, unattributed=True)
        every += (replace(quote, unattributed=True) for quote in others)
    return tuple(sorted(every, key=lambda quote: quote.start))


def names_in(article: Article, pause: Callable[[], None] | None = None) -> tuple[str, ...]:
    """Everybody and everything that an article names, the people first, then by how often."""
    people = [
        person for desk in desks(article, pause or (lambda: None)) for person in desk.people.all()
    ]
    ranked = sorted(people, key=lambda person: (not person.person, -person.count))
    return tuple(dict.fromkeys(person.name for person in ranked if person.name))
