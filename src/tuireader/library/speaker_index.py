"""Who speaks in the articles of the library, and in which of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tuireader.domain.article import Article
from tuireader.domain.quote import Quote
from tuireader.quotes.speakers import Speaker, SpeakerCounts, speakers_in

FIRST_WORDS = 120
"""Code points of a speaker's first words in an article that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerAppearance:
    """One speaker in one article."""

    location: str
    title: str
    name: str
    """What they are called there."""
    quotes: int
    start: int
    """Where their first quotation begins, in code points."""
    words: str
    """Its first words."""


class SpeakerIndex:
    """The speakers of all articles that were taken in; it grows with them, not with the texts."""

    def __init__(self, version: int = 0) -> None:
        """Begin with nobody; `version` is that of the corrections that are applied."""
        self.version = version
        self.seen = 0
        """Articles of the list that were looked through, from its beginning."""
        self.unreadable = 0
        """How many of them could not be read."""
        self._tally = SpeakerCounts()
        self._appearances: defaultdict[str, list[SpeakerAppearance]] = defaultdict(list)

    def add(self, article: Article, quotes: Sequence[Quote]) -> None:
        """Take in one more article, with its quotations in order."""
        self._tally.add(speakers_in(quotes, article.text))
        by_name: dict[str, list[Quote]] = {}
        for quote in quotes:
            if quote.speaker:
                by_name.setdefault(quote.speaker, []).append(quote)
        for name, said in by_name.items():
            first = said[0].spans[0]
            words = article.text[first.start : min(first.end, first.start + FIRST_WORDS)]
            self._appearances[name].append(
                SpeakerAppearance(
                    location=article.location,
                    title=article.title,
                    name=name,
                    quotes=len(said),
                    start=first.start,
                    words=" ".join(words.split()),
                )
            )

    def speakers(self) -> tuple[Speaker, ...]:
        """Everybody who speaks, who says most first."""
        return self._tally.speakers()

    def of(self, speaker: Speaker) -> tuple[SpeakerAppearance, ...]:
        """Where somebody speaks, those of one form of the name together."""
        return tuple(each for name in speaker.names for each in self._appearances.get(name, ()))
