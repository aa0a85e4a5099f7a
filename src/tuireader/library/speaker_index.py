"""The index of speakers: who speaks in which articles of the library."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tuireader.domain.article import Article
from tuireader.domain.quotation_text import quotation_text
from tuireader.domain.quote import Polarity, Quote
from tuireader.quotes.speakers import Speaker, SpeakerCounts, SpeakerInArticle, speakers_in
from tuireader.text.messages import shortened

FIRST_WORDS = 120
"""The most code points that are kept of a speaker's first words in an article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerAppearance:
    """A speaker in one article."""

    location: str
    title: str
    name: str
    """The speaker's name in that article."""
    quotes: int
    """The number of quotations."""
    start: int
    """The offset of the first quotation, in code points."""
    words: str
    """The first words of that quotation, in its marks and on one line."""


class SpeakerIndex:
    """The speakers of the articles that were added. Its size depends on them, not on the texts."""

    def __init__(self, version: int = 0) -> None:
        """Create an empty index.

        `version` is `CorrectionTable.version` of the corrections that the added quotations include;
        with another version the index is out of date.
        """
        self.version = version
        self.seen = 0
        """How many articles of the list were processed, from its beginning."""
        self.unreadable = 0
        """How many of these could not be read."""
        self.listed: tuple[int, tuple[Speaker, ...]] = (0, ())
        """All speakers as `list_speakers` returned them last, and `seen` at that time."""
        self._tally = SpeakerCounts()
        self._appearances: defaultdict[str, list[tuple[SpeakerInArticle, SpeakerAppearance]]]
        self._appearances = defaultdict(list)

    def add(self, article: Article, quotes: Sequence[Quote]) -> None:
        """Add an article and its quotations, which are given in the order of the text.

        An article must be added only once. Quotations without a speaker, and what was
        not said or is alleged, are not counted.
        """
        found = speakers_in(quotes, article.text)
        self._tally.add(found)
        firsts: dict[str, Quote] = {}
        for quote in quotes:
            if quote.polarity is Polarity.SAID:
                firsts.setdefault(quote.speaker, quote)
        for speaker in found:
            first = firsts[speaker.name]
            self._appearances[speaker.name].append(
                (
                    speaker,
                    SpeakerAppearance(
                        location=article.location,
                        title=article.title,
                        name=speaker.name,
                        quotes=speaker.quotes,
                        start=first.start,
                        words=shortened(quotation_text(first.spans, article.text), FIRST_WORDS),
                    ),
                )
            )

    def speakers(self) -> tuple[Speaker, ...]:
        """Return all speakers, those with the most quotations first; empty if none were added."""
        return self._tally.speakers()

    def list_speakers(self) -> tuple[Speaker, ...]:
        """Return all speakers as `speakers` does, and keep them to be shown again at once."""
        seen = self.seen
        self.listed = (seen, self.speakers())
        return self.listed[1]

    def of(self, speaker: Speaker) -> tuple[SpeakerAppearance, ...]:
        """Return the appearances of a speaker, one for each article and form of the name.

        They are grouped by form of the name, then in the order of adding; empty if unknown.
        """
        return tuple(
            appearance
            for name in speaker.names
            for voice, appearance in self._appearances.get(name, ())
            if self._tally.speaker_of(voice).name == speaker.name
        )
