"""Quotations with their speakers, and the reader's corrections of them."""

from dataclasses import dataclass
from enum import StrEnum

from tuireader.domain.article import Passage

_OPENING = "“„‟«»‹›‚‘’「『\"'`"
_CLOSING = "”“«»‹›’‘」』\"'"


UNSURE_BELOW = 0.7
"""The probability of a speaker below which the name is shown with a question mark."""


class QuoteKind(StrEnum):
    """Whether a whole utterance is quoted (DIRECT) or only some of its words (PARTIAL)."""

    DIRECT = "direct"
    PARTIAL = "partial"


class Polarity(StrEnum):
    """Whether the article states that the words were said; the value is the word in JSON."""

    SAID = "said"
    NOT_SAID = "not said"
    """Denied or hypothetical: "she never said “…”", "he should have said “…”"."""
    ALLEGED = "alleged"
    """Said by hearsay: "he allegedly said “…”"."""


class Confidence(StrEnum):
    """How the speaker of a quotation was found; the value is the word in JSON.

    NAMED: by a name near the quotation. CARRIED_ON: it continues the quotation before it. PRONOUN,
    DESCRIBED: by a pronoun or a description that was resolved. UNKNOWN: not found.
    """

    NAMED = "named"
    CARRIED_ON = "carried on"
    PRONOUN = "pronoun"
    DESCRIBED = "described"
    UNKNOWN = "unknown"
    BY_YOU = "by you"
    """The reader named the speaker or corrected the quotation."""


_CONFIDENCE_LABELS = {
    Confidence.NAMED: "by name",
    Confidence.DESCRIBED: "by description",
    Confidence.PRONOUN: "by pronoun",
    Confidence.CARRIED_ON: "continued",
    Confidence.UNKNOWN: "unknown",
    Confidence.BY_YOU: "by you",
}


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """Somebody else who may have said a quotation."""

    speaker: str
    """The name; "" stands for nobody, which means that the words are no quotation."""
    probability: float
    """From 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a quotation has its speaker: the answer to "why?"."""

    rule: str = ""
    """The rule of grammar that decided, in a few words; "" if the mentions were ranked."""
    features: tuple[str, ...] = ()
    """What speaks for the mention that was chosen, in a few words each."""
    runners_up: tuple[RunnerUp, ...] = ()
    """The others who may have said it, the most probable first; at most three."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A quotation: where its words are, and who said them.

    An utterance that is interrupted by "he said", or continues over several paragraphs, is one
    quotation with several spans.
    """

    spans: tuple[Passage, ...]
    """Its words without the quotation marks, in the order of the text; at least one span."""
    kind: QuoteKind
    confidence: Confidence
    speaker: str = ""
    """The fullest name of the speaker in the article; "" if the speaker is unknown."""
    probability: float = 1.0
    """The probability that `speaker` is right, from 0 to 1; 0 if the speaker is unknown.

    Measured on articles that were not learnt from: of those at 0.9, nine in ten are right. What
    the reader corrected has 1.
    """
    reason: Reason | None = None
    """Why it has its speaker; None if it was not found by the program."""
    mention: Passage | None = None
    """The words that name the speaker ("he", "Mr Ri"); None if there are none."""
    cue: Passage | None = None
    """The words that attribute it ("said", "according to"); None if there are none."""
    polarity: Polarity = Polarity.SAID
    """Whether the article states that its words were said."""
    unattributed: bool = False
    """Whether its words are in quotation marks but seem not to be quoted from anybody."""
    dismissed: bool = False
    """Whether the reader marked it as not a quotation."""
    found: "Quote | None" = None
    """The quotation before the reader corrected it; None if it was not corrected, or was added."""
    correction: int = 0
    """The id of the correction that was applied to it; 0 if there is none."""
    follows: int = 0
    """The id of the correction of another quotation that it follows; 0 if there is none."""

    @property
    def is_unsure(self) -> bool:
        """Whether it has a speaker who may well be the wrong one."""
        return bool(self.speaker) and self.probability < UNSURE_BELOW

    @property
    def start(self) -> int:
        """The offset of its first word, in code points of the article's text."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """The offset of the end of its last word, in code points of the article's text."""
        return self.spans[-1].end


def attribution_label(quote: Quote) -> str:
    """Return the words on the screen for how the speaker of a quotation was found.

    They are those of `confidence_label`, and "with another" for a quotation that follows the
    correction of another one.
    """
    return "with another" if quote.follows else confidence_label(quote.confidence)


def confidence_label(confidence: Confidence) -> str:
    """Return the words on the screen for how a speaker was found.

    "by name", "by description", "by pronoun", "continued", "unknown" or "by you".
    """
    return _CONFIDENCE_LABELS[confidence]


def speaker_label(quote: Quote) -> str:
    """Return the speaker's name for the screen, or what stands in its place.

    A name that is not sure has a question mark. What was not said is never under a name alone: it
    is "Not said by Jane Roe" or "Allegedly Jane Roe". "Not a quotation" if the reader dismissed it,
    "Unattributed" or "Unknown speaker".
    """
    if quote.dismissed:
        return "Not a quotation"
    if quote.unattributed:
        return "Unattributed"
    name = f"{quote.speaker}?" if quote.is_unsure else quote.speaker
    label = attributed(name or UNKNOWN_SPEAKERS[quote.polarity], quote.polarity)
    return label[0].upper() + label[1:]


UNKNOWN_SPEAKERS = {
    Polarity.SAID: "unknown speaker",
    Polarity.NOT_SAID: "anybody",
    Polarity.ALLEGED: "an unknown speaker",
}
"""What stands in the place of a name that is not known."""


def attributed(name: str, polarity: Polarity) -> str:
    """Return a speaker's name with what tells that the words were not said, or are alleged.

    >>> attributed("Jane Roe", Polarity.NOT_SAID), attributed("Jane Roe", Polarity.SAID)
    ('not said by Jane Roe', 'Jane Roe')
    """
    before = {Polarity.NOT_SAID: "not said by ", Polarity.ALLEGED: "allegedly "}
    return before.get(polarity, "") + name


def within_marks(text: str, passage: Passage) -> Passage:
    """Return a passage without its quotation marks, if it has them at both ends.

    `text` is the text that it is a range of. White space inside the marks is left out, too. Without
    marks at both ends, or with nothing between them, the passage is returned unchanged.
    """
    words = passage.of(text)
    if len(words) > 2 and words[0] in _OPENING and words[-1] in _CLOSING:
        return Passage(passage.start + 1, passage.end - 1).trimmed(text)
    return passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The reader's correction of one quotation; a None leaves that field as it was found."""

    id: int
    """The number of its record in the notebook."""
    passage: Passage
    """The quotation that is corrected, or that the reader added, from first to last word."""
    speaker: str | None = None
    """Who said it; "" for an unknown speaker."""
    extent: Passage | None = None
    """The corrected extent, from first to last word."""
    dismissed: bool = False
    """Whether it is not a quotation."""

    @property
    def defines_quote(self) -> bool:
        """Whether it makes a quotation by itself if none was found at its place."""
        return self.speaker is not None or self.extent is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class SameSpeaker:
    """The reader's statement that two names in an article are of the same speaker."""

    name: str
    """A name that quotations are attributed to."""
    speaker: str
    """The name that replaces it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """All corrections of the quotations of one article; `NO_CORRECTIONS` if there are none."""

    quotes: tuple[Correction, ...] = ()
    """The corrections of single quotations that apply to the present text."""
    names: tuple[SameSpeaker, ...] = ()
    """The names that the reader declared to be of the same speaker."""
    lost: int = 0
    """The number of other corrections, whose words are not in the present text."""

    def __bool__(self) -> bool:
        """Return whether any correction applies to the present text; `lost` does not count."""
        return bool(self.quotes or self.names)


NO_CORRECTIONS = Corrections()
