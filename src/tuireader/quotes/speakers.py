"""A speaker across articles, and the forms of a name.

Counts the speakers of many articles, and the names they are called by.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import islice

from tuireader.domain.quote import Confidence, Polarity, Quote
from tuireader.text.folding import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A person or an organisation that is quoted in the articles."""

    name: str
    quotes: int
    """The number of quotations."""
    articles: int
    """The number of articles with these quotations."""
    variants: tuple[str, ...] = ()
    """The other forms of the name, the most frequent first."""
    names: tuple[str, ...] = ()
    """The full names in the articles."""
    described: bool = False
    """Whether no article gives a name."""

    def is_called(self, name: str) -> bool:
        """Return whether a name is one of the speaker's forms, or an end of one; "" always is."""
        forms = (self.name, *self.names, *self.variants)
        return not name or any(is_form_of_name(form, name) for form in forms)


def folded_name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name without case, accents and full stops."""
    return tuple(fold(name).replace(".", " ").split())


def is_form_of_name(full: str, name: str) -> bool:
    """Return whether a name consists of the first or the last words of a full name."""
    words, all_words = folded_name_words(name), folded_name_words(full)
    return bool(words) and words in (all_words[: len(words)], all_words[-len(words) :])


MAX_VARIANTS = 12
"""The most forms of a name that are kept."""
_MAX_FULL_NAMES = 200
"""The most names that are looked at to find out whether a text names somebody in full."""
_MAX_NAME_WORDS = 4
"""The most words before the last one of a name."""
_MAX_BEFORE = 60
"""The most code points of these words."""
_MAX_FORMS = 4 * MAX_VARIANTS
"""The most forms of a name that are counted; a very long text may have any number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerInArticle:
    """What one speaker says in one article."""

    name: str
    quotes: int
    forms: tuple[str, ...]
    """The names beside their quotations, each as often as it occurs."""
    described: bool
    """Whether the article gives no name."""
    full_names: frozenset[tuple[str, ...]] = frozenset()
    """If the name is one word: the longer names of the article's text that end with it.

    Each is the words of a name without case, accents and middle initials.
    """


_Key = tuple[tuple[str, ...], frozenset[tuple[str, ...]]]
"""What tells speakers of different articles apart: the name's words, and the longer names."""


@dataclass(slots=True)
class _Count:
    """The counts of one name over all articles."""

    names: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    quotes: int = 0
    articles: int = 0
    described: bool = True


class SpeakerCounts:
    """Adds up the speakers of articles; different forms of a name count as one speaker."""

    def __init__(self) -> None:
        """Start with no speakers."""
        self._counts: defaultdict[_Key, _Count] = defaultdict(_Count)
        self._found: dict[_Key, Speaker] = {}
        """The speaker that each count belongs to; empty after something was added."""

    def add(self, speakers: Iterable[SpeakerInArticle]) -> None:
        """Add the speakers of one more article."""
        self._found.clear()
        for speaker in speakers:
            count = self._counts[_key_of(speaker)]
            count.names[speaker.name] += speaker.quotes
            count.quotes += speaker.quotes
            count.articles += 1
            count.described = count.described and speaker.described
            for form in speaker.forms:
                if form in count.forms or len(count.forms) < _MAX_FORMS:
                    count.forms[form] += 1

    def speakers(self) -> tuple[Speaker, ...]:
        """Return all speakers, the most quoted first.

        A name of one word counts as a person of another article only if its own article names that
        person in full, and no other person whose name ends with that word.
        """
        found = {speaker.name: speaker for speaker in self._speaker_by_key().values()}
        return tuple(
            sorted(
                found.values(),
                key=lambda speaker: (-speaker.quotes, -speaker.articles, speaker.name),
            )
        )

    def speaker_of(self, speaker: SpeakerInArticle) -> Speaker:
        """Return the speaker that a speaker of one article, who was added, is counted as.

        Raises KeyError if that one was not added.
        """
        return self._speaker_by_key()[_key_of(speaker)]

    def _speaker_by_key(self) -> dict[_Key, Speaker]:
        """Return the speaker that each count belongs to, counted over all articles."""
        if not self._found:
            known = {key[0] for key, count in self._counts.items() if not count.described}
            owners = {key: _owner(key, count, known) for key, count in self._counts.items()}
            merged: defaultdict[tuple[str, ...], _Count] = defaultdict(_Count)
            for key, count in self._counts.items():
                _merge(merged[owners[key]], count)
            speakers = {words: _speaker(count) for words, count in merged.items()}
            self._found = {key: speakers[words] for key, words in owners.items()}
        return self._found


def _key_of(speaker: SpeakerInArticle) -> _Key:
    """Return the key under which a speaker of one article is counted."""
    return _normalized(speaker.name), speaker.full_names


def _owner(key: _Key, count: _Count, known: AbstractSet[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the words of the name that a count belongs to; `known` are those of all speakers."""
    words, full_names = key
    full = full_names & known
    return next(iter(full)) if len(full) == 1 and not count.described else words


def _merge(whole: _Count, part: _Count) -> None:
    """Add the counts of one form of a name to another."""
    whole.names += part.names
    whole.forms += part.forms
    whole.quotes += part.quotes
    whole.articles += part.articles
    whole.described = whole.described and part.described


def _speaker(count: _Count) -> Speaker:
    """Return the speaker of a count, under the fullest of the names."""
    name = max(count.names, key=lambda form: (len(form.split()), count.names[form], form))
    forms = count.forms + count.names
    others = (
        form
        for form, _ in forms.most_common()
        if folded_name_words(form) != folded_name_words(name)
    )
    return Speaker(
        name=name,
        quotes=count.quotes,
        articles=count.articles,
        variants=tuple(islice(others, MAX_VARIANTS)),
        names=tuple(count.names),
        described=count.described,
    )


SAID_ONLY = frozenset({Polarity.SAID})
"""What counts as somebody's words."""


def speakers_in(
    quotes: Sequence[Quote], text: str, polarities: AbstractSet[Polarity] = SAID_ONLY
) -> tuple[SpeakerInArticle, ...]:
    """Return the speakers of one article; quotations without a speaker are left out.

    `text` is the article's text. Only quotations of the given polarities count; by default those
    that the article states to have been said.
    """
    by_name: defaultdict[str, list[Quote]] = defaultdict(list)
    for quote in quotes:
        if quote.speaker and quote.polarity in polarities:
            by_name[quote.speaker].append(quote)
    return tuple(
        SpeakerInArticle(
            name=name,
            quotes=len(said),
            forms=tuple(_form_of(quote, text) for quote in said if _has_name_beside(quote)),
            described=all(quote.confidence is Confidence.DESCRIBED for quote in said),
            full_names=_full_names(name, text),
        )
        for name, said in by_name.items()
    )


def _full_names(name: str, text: str) -> frozenset[tuple[str, ...]]:
    """Return the names of several words in a text that end with a name of one word."""
    if len(_normalized(name)) != 1:
        return frozenset()
    found: set[tuple[str, ...]] = set()
    place = text.find(name)
    while place >= 0 and len(found) < _MAX_FULL_NAMES:
        before = text[max(0, place - _MAX_BEFORE) : place]
        if before[-1:].isspace() and not text[place + len(name) : place + len(name) + 1].isalnum():
            words = before.split()[-_MAX_NAME_WORDS:]
            found |= {_normalized(" ".join([*words[at:], name])) for at in range(len(words))}
        place = text.find(name, place + len(name))
    return frozenset(full for full in found if len(full) > 1)


def _has_name_beside(quote: Quote) -> bool:
    """Return whether the quotation's mention is a name."""
    return quote.mention is not None and quote.confidence is Confidence.NAMED


def _form_of(quote: Quote, text: str) -> str:
    """Return the words of a quotation's mention."""
    return " ".join(quote.mention.of(text).split()) if quote.mention else ""


def _normalized(name: str) -> tuple[str, ...]:
    """Return a name's words without case, accents and middle initials."""
    words = folded_name_words(name)
    if len(words) < 3:
        return words
    middle = tuple(word for word in words[1:-1] if len(word) > 1)
    return (words[0], *middle, words[-1])
