"""Who speaks in many articles, how often, and by which names."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from tuireader.domain.quote import Confidence, Quote
from tuireader.quotes.speaker import Speaker, folded_name_words, is_form_of_name

MOST_VARIANTS = 12
"""Forms of a name that are kept, the commonest first."""
_FORMS_HELD = 4 * MOST_VARIANTS
"""Forms of a name that are counted; a text without end may hold any number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerInArticle:
    """What one speaker said in one article."""

    name: str
    quotes: int
    forms: tuple[str, ...]
    """What the article calls them beside the words, a form once for each time."""
    described: bool
    """Whether the article gives no name."""


@dataclass(slots=True)
class _Count:
    names: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    quotes: int = 0
    articles: int = 0
    described: bool = True


class SpeakerCounts:
    """Adds up the voices of articles, those of one name in whatever form together."""

    def __init__(self) -> None:
        self._counts: defaultdict[tuple[str, ...], _Count] = defaultdict(_Count)

    def add(self, voices: Iterable[SpeakerInArticle]) -> None:
        """Take in the voices of one more article."""
        for voice in voices:
            count = self._counts[_key(voice.name)]
            count.names[voice.name] += voice.quotes
            count.quotes += voice.quotes
            count.articles += 1
            count.described = count.described and voice.described
            for form in voice.forms:
                if form in count.forms or len(count.forms) < _FORMS_HELD:
                    count.forms[form] += 1

    def speakers(self) -> tuple[Speaker, ...]:
        """Everybody who speaks, who says most first.

        Who is called by one word only is taken for the one person whose surname it is,
        if the articles name just one.
        """
        counts = self._joined()
        found = [_speaker(count) for count in counts.values()]
        return tuple(sorted(found, key=lambda who: (-who.quotes, -who.articles, who.name)))

    def _joined(self) -> dict[tuple[str, ...], _Count]:
        bearers: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
        for key, count in self._counts.items():
            if len(key) > 1 and not count.described:
                bearers[key[-1]].append(key)
        joined: dict[tuple[str, ...], _Count] = {}
        for key in sorted(self._counts, key=len, reverse=True):
            count = self._counts[key]
            of_name = bearers[key[0]] if len(key) == 1 else ()
            if len(of_name) == 1 and not count.described:
                _take_in(joined[of_name[0]], count)
            else:
                joined[key] = _Count(
                    count.names.copy(),
                    count.forms.copy(),
                    count.quotes,
                    count.articles,
                    count.described,
                )
        return joined


def _take_in(whole: _Count, part: _Count) -> None:
    whole.names += part.names
    whole.forms += part.forms
    whole.quotes += part.quotes
    whole.articles += part.articles


def _speaker(count: _Count) -> Speaker:
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
        variants=tuple(islice(others, MOST_VARIANTS)),
        names=tuple(count.names),
        described=count.described,
    )


def speakers_in(quotes: Sequence[Quote], text: str) -> tuple[SpeakerInArticle, ...]:
    """The voices of one article; what nobody is named for is left out."""
    by_name: defaultdict[str, list[Quote]] = defaultdict(list)
    for quote in quotes:
        if quote.speaker:
            by_name[quote.speaker].append(quote)
    return tuple(
        SpeakerInArticle(
            name=name,
            quotes=len(said),
            forms=tuple(_form(quote, text) for quote in said if _shows_a_name(quote)),
            described=all(quote.confidence is Confidence.DESCRIBED for quote in said),
        )
        for name, said in by_name.items()
    )


def is_spoken_by(name: str, quote: Quote, quotes: Iterable[Quote], text: str) -> bool:
    """Whether the speaker of a quotation is called so in its article, case and accents aside.

    The name may be the first or the last words of the fullest one, or any form of it
    that stands beside what they said.
    """
    if is_form_of_name(quote.speaker, name):
        return True
    return any(
        other.speaker == quote.speaker
        and _shows_a_name(other)
        and folded_name_words(_form(other, text)) == folded_name_words(name)
        for other in quotes
        if quote.speaker
    )


def _shows_a_name(quote: Quote) -> bool:
    return quote.mention is not None and quote.confidence is Confidence.NAMED


def _form(quote: Quote, text: str) -> str:
    return " ".join(quote.mention.of(text).split()) if quote.mention else ""


def _key(name: str) -> tuple[str, ...]:
    """The words by which a name is the same in two articles: no case, accents, middle initials."""
    words = folded_name_words(name)
    if len(words) < 3:
        return words
    middle = tuple(word for word in words[1:-1] if len(word) > 1)
    return (words[0], *middle, words[-1])
