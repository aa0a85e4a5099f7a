"""A speaker across articles, and the forms of a name.

Counts the speakers of many articles, and the names they are called by.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
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
        return not name or any(is_form_of_name(form, name) for form in (self.name, *self.variants))


def folded_name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name without case, accents and full stops."""
    return tuple(fold(name).replace(".", " ").split())


def is_form_of_name(full: str, name: str) -> bool:
    """Return whether a name consists of the first or the last words of a full name."""
    words, all_words = folded_name_words(name), folded_name_words(full)
    return bool(words) and words in (all_words[: len(words)], all_words[-len(words) :])


MAX_VARIANTS = 12
"""The most forms of a name that are kept."""
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
        self._counts: defaultdict[tuple[str, ...], _Count] = defaultdict(_Count)

    def add(self, speakers: Iterable[SpeakerInArticle]) -> None:
        """Add the speakers of one more article."""
        for speaker in speakers:
            count = self._counts[_normalized(speaker.name)]
            count.names[speaker.name] += speaker.quotes
            count.quotes += speaker.quotes
            count.articles += 1
            count.described = count.described and speaker.described
            for form in speaker.forms:
                if form in count.forms or len(count.forms) < _MAX_FORMS:
                    count.forms[form] += 1

    def speakers(self) -> tuple[Speaker, ...]:
        """Return all speakers, the most quoted first.

        A name of one word counts as the one person with that surname, if there is just one.
        """
        counts = self._merged_counts()
        found = [_speaker(count) for count in counts.values()]
        return tuple(
            sorted(found, key=lambda speaker: (-speaker.quotes, -speaker.articles, speaker.name))
        )

    def _merged_counts(self) -> dict[tuple[str, ...], _Count]:
        """Return the counts, those of a lone surname merged into the only full name that has it."""
        keys_by_surname: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
        for key, count in self._counts.items():
            if len(key) > 1 and not count.described:
                keys_by_surname[key[-1]].append(key)
        merged: dict[tuple[str, ...], _Count] = {}
        for key in sorted(self._counts, key=len, reverse=True):
            count = self._counts[key]
            full_names = keys_by_surname[key[0]] if len(key) == 1 else ()
            if len(full_names) == 1 and not count.described:
                _merge(merged[full_names[0]], count)
            else:
                merged[key] = _Count(
                    count.names.copy(),
                    count.forms.copy(),
                    count.quotes,
                    count.articles,
                    count.described,
                )
        return merged


def _merge(whole: _Count, part: _Count) -> None:
    """Add the counts of one form of a name to another."""
    whole.names += part.names
    whole.forms += part.forms
    whole.quotes += part.quotes
    whole.articles += part.articles


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


def speakers_in(quotes: Sequence[Quote], text: str) -> tuple[SpeakerInArticle, ...]:
    """Return the speakers of one article; quotations without a speaker are left out.

    `text` is the article's text.
    """
    by_name: defaultdict[str, list[Quote]] = defaultdict(list)
    for quote in quotes:
        if quote.speaker and quote.polarity is Polarity.SAID:
            by_name[quote.speaker].append(quote)
    return tuple(
        SpeakerInArticle(
            name=name,
            quotes=len(said),
            forms=tuple(_form_of(quote, text) for quote in said if _has_name_beside(quote)),
            described=all(quote.confidence is Confidence.DESCRIBED for quote in said),
        )
        for name, said in by_name.items()
    )


def is_spoken_by(name: str, quote: Quote, quotes: Iterable[Quote], text: str) -> bool:
    """Return whether the speaker of a quotation is called by a name, case and accents aside.

    The name may be the first or the last words of the full one, or any form that the
    article has beside one of the speaker's quotations. `quotes` are all of the article's.
    What the article does not state to have been said is spoken by nobody.
    """
    if quote.polarity is not Polarity.SAID:
        return False
    if is_form_of_name(quote.speaker, name):
        return True
    return any(
        other.speaker == quote.speaker
        and _has_name_beside(other)
        and folded_name_words(_form_of(other, text)) == folded_name_words(name)
        for other in quotes
        if quote.speaker
    )


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
