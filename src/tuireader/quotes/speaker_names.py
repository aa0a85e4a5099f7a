"""The names of an article that may be a speaker's: its people, and its organisations."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tuireader.domain.article import Article
from tuireader.domain.quote import Confidence, Quote
from tuireader.quotes.coreference.entities import Entities, Entity
from tuireader.quotes.mentions.mention import NAME
from tuireader.quotes.parse import ParsedParagraph
from tuireader.quotes.parsed_article import parse_sections
from tuireader.quotes.soft_hyphens import VisibleText

_PHOTO_AGENCIES = frozenset(
    [
        "afp",
        "alamy",
        "ansa",
        "ap",
        "belga",
        "epa",
        "epa-efe",
        "getty",
        "imago",
        "istock",
        "keystone",
        "shutterstock",
        "tass",
        "xinhua",
        "kcna",
        "picture",
        "pictures",
        "images",
        "photo",
        "photos",
        "foto",
        "fotos",
        "bild",
        "bilder",
        "press",
        "alliance",
        "via",
        "associated",
        "reuters",
        "dpa",
    ]
)
"""The words of which the names in the credits of pictures consist."""
_FIRST_IDEOGRAPH = "\u2e80"
_MAX_IDEOGRAPHS = 8
"""The most letters of a name in a script without spaces; what is longer is part of a sentence."""
_CLAUSE_WORDS = frozenset(
    "的了是在说称道示这那也都就不没我他她你们將将被把从因为以但而るはがをにで"
)
"""Letters of words that stand in a sentence, but in no name."""


@dataclass(frozen=True, slots=True)
class NamesInArticle:
    """The names of an article, each group with the likeliest speakers first."""

    people: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    """Organisations, and what else is neither known to be a person nor a place."""


def names_in_article(article: Article, pause: Callable[[], None] | None = None) -> NamesInArticle:
    """Return the names in the text of an article, without those of agencies in picture credits.

    `pause` is as for `engine.extract`. An article without quoted spans has none.
    """
    entities: dict[str, Entity] = {}
    for parsed in parse_sections(VisibleText(article).article, pause or (lambda: None)):
        for entity in _entities_in_text(parsed.paragraphs, parsed.entities):
            entities.setdefault(entity.name, entity)
    ranked = sorted(entities.values(), key=lambda each: (-each.cue_count, -each.count))
    named = [each for each in ranked if is_whole_name(each.name) and not _is_agency(each.name)]
    return NamesInArticle(
        people=tuple(each.name for each in named if each.is_person),
        bodies=tuple(each.name for each in named if not (each.is_person or _is_place(each))),
    )


def _entities_in_text(
    paragraphs: Iterable[ParsedParagraph], entities: Entities
) -> Iterable[Entity]:
    """Yield the entities that prose names, and the people whom a caption names."""
    prose: dict[int, Entity] = {}
    for paragraph in paragraphs:
        for mention in paragraph.mentions:
            if mention.kind is NAME:
                entity = entities.of_name(mention)
                if not paragraph.outside_prose or (entity.is_person and not entity.name.isupper()):
                    prose[id(entity)] = entity
    return prose.values()


def _is_place(entity: Entity) -> bool:
    """Return whether an entity is a place that says nothing: most mentions are "in Oslo"."""
    return not entity.cue_count and 2 * entity.locative_count > entity.count


def _is_agency(name: str) -> bool:
    """Return whether a name consists of words of the credits of pictures."""
    words = name.lower().replace("/", " ").split()
    return all(word in _PHOTO_AGENCIES for word in words)


def is_whole_name(name: str) -> bool:
    """Return whether what is taken for a name or a description is one, and no part of a clause.

    Only in a script without spaces can a clause be taken for a name.

    >>> is_whole_name("毛宁"), is_whole_name("外交部发言人毛宁在例行记者会上")
    (True, False)
    """
    ideographs = [letter for letter in name if letter >= _FIRST_IDEOGRAPH]
    if not ideographs or "・" in name or "·" in name:
        return bool(name)
    return len(ideographs) <= _MAX_IDEOGRAPHS and not _CLAUSE_WORDS.intersection(ideographs)


def speaker_choices(quotes: Iterable[Quote], names: NamesInArticle) -> tuple[str, ...]:
    """Return the names to choose a speaker from: people first, then bodies, then descriptions.

    In each group those who are quoted most come first. A name that the text does not have, which
    the reader gave, counts as a person.
    """
    counts = Counter(quote.speaker for quote in quotes if quote.speaker)
    described = {quote.speaker for quote in quotes if quote.confidence is Confidence.DESCRIBED}
    known = {*names.people, *names.bodies}
    given = [name for name in counts if name not in known and name not in described]
    descriptions = [name for name in counts if name in described and name not in known]
    groups = ((*given, *names.people), names.bodies, descriptions)
    return tuple(
        dict.fromkeys(
            name
            for group in groups
            for name in sorted(group, key=lambda each: -counts[each])
            if is_whole_name(name)
        )
    )
