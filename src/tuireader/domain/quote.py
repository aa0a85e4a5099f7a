"""Who said what: a quotation and the person who is said to have said it.

What the reader says of an article's quotations.
"""

from dataclasses import dataclass
from enum import StrEnum

from tuireader.domain.article import Passage

_OPENING = "“„‟«»‹›‚‘’「『\"'`"
_CLOSING = "”“«»‹›’‘」』\"'"


class QuoteKind(StrEnum):
    """Whether a whole utterance is quoted or only some of its words."""

    DIRECT = "direct"
    PARTIAL = "partial"


class Confidence(StrEnum):
    """How the speaker was found, in words a reader can weigh."""

    NAMED = "named"
    CARRIED_ON = "carried on"
    PRONOUN = "pronoun"
    DESCRIBED = "described"
    UNKNOWN = "unknown"
    BY_YOU = "by you"
    """The reader said so."""


_CONFIDENCE_LABELS = {
    Confidence.NAMED: "by name",
    Confidence.DESCRIBED: "by description",
    Confidence.PRONOUN: "by pronoun",
    Confidence.CARRIED_ON: "continued",
    Confidence.UNKNOWN: "unknown",
    Confidence.BY_YOU: "by you",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One quotation: its words, without the marks, and who said them.

    An utterance that is broken by "he said" or runs over several paragraphs is
    one quotation with several spans.
    """

    spans: tuple[Passage, ...]
    kind: QuoteKind
    confidence: Confidence
    speaker: str = ""
    """The fullest name that the article gives; empty if nobody is said to have said it."""
    mention: Passage | None = None
    """The words that name the speaker ("he", "Mr Ri")."""
    cue: Passage | None = None
    """The words that say that it was said ("said", "according to")."""
    unattributed: bool = False
    """Whether its words are in quotation marks and seem to be nobody's."""
    dismissed: bool = False
    """Whether the reader said that it is no quotation."""
    found: "Quote | None" = None
    """What it was before the reader corrected it; None also if the reader added it."""
    correction: int = 0
    """The number of the reader's correction; 0 if there is none."""

    @property
    def start(self) -> int:
        """Where its first word begins, in code points."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Where its last word ends, in code points."""
        return self.spans[-1].end


def confidence_label(confidence: Confidence) -> str:
    """Return what readers are told about how a speaker was found, as "by name"."""
    return _CONFIDENCE_LABELS[confidence]


def speaker_label(quote: Quote) -> str:
    """Return the speaker's name as readers see it, or why there is none."""
    if quote.dismissed:
        return "Not a quotation"
    if quote.unattributed:
        return "Unattributed"
    return quote.speaker or "Unknown speaker"


def within_marks(text: str, passage: Passage) -> Passage:
    """The passage without the quotation marks around it, if it has them at both ends."""
    words = passage.of(text)
    if len(words) > 2 and words[0] in _OPENING and words[-1] in _CLOSING:
        return Passage(passage.start + 1, passage.end - 1).trimmed(text)
    return passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What the reader says of one quotation; what is None stays as it is found."""

    id: int
    passage: Passage
    """Where the quotation stands that it is about, or that the reader added."""
    speaker: str | None = None
    """Who said it; empty for somebody who is not named."""
    extent: Passage | None = None
    """From its first to its last word."""
    dismissed: bool = False
    """Whether it is no quotation."""

    @property
    def asserts(self) -> bool:
        """Whether it says enough to stand for a quotation that is not found any more."""
        return self.speaker is not None or self.extent is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class SameSpeaker:
    """In a whole article, one name is another name's bearer."""

    name: str
    speaker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """All that the reader says of one article's quotations."""

    quotes: tuple[Correction, ...] = ()
    names: tuple[SameSpeaker, ...] = ()
    lost: int = 0
    """How many more are kept whose words are not in the text as it is now."""

    def __bool__(self) -> bool:
        """Whether the reader says anything."""
        return bool(self.quotes or self.names)


NO_CORRECTIONS = Corrections()
