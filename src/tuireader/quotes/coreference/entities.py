"""Merges the names of an article into entities, each under its fullest name."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tuireader.quotes.coreference.spelling import is_misspelt
from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.lexicon.loader import first_names
from tuireader.quotes.mentions.mention import NAME, Mention
from tuireader.quotes.mentions.name_forms import (
    is_initial,
    plain_given_name,
    title_case_name,
    trim_apostrophe,
)

Words = tuple[str, ...]
_MAX_FREQUENCY_RATIO = 2
"""A name that is so many times rarer than another with its surname is not preferred as near."""
_MAX_SPELLINGS = 50
"""The most surnames with the same first letter that a misspelt one is compared with."""
_MAX_DISTANCE = 3
"""The most paragraphs between a full name and the surname that stands for it."""


def acronyms_in(mentions: Iterable[Mention]) -> Iterator[tuple[Words, Words]]:
    """Yield each acronym in brackets with the name before it whose initials it consists of."""
    for name, acronym in pairwise(mentions):
        if (
            len(acronym.words) == 1
            and acronym.words[0].isupper()
            and acronym.nested
            and acronym.paragraph_number == name.paragraph_number
            and acronym.first == name.last + 2
            and _initials(name.words) == acronym.words[0]
        ):
            yield acronym.words, name.words


def _initials(words: Words) -> str:
    """Return the initials of a name's capitalised words."""
    return "".join(word[0] for word in words if word[0].isupper())


@dataclass(slots=True)
class Entity:
    """A person or an organisation that the article names."""

    name: str
    words: Words
    count: int = 0
    locative_count: int = 0
    """The number of mentions after a preposition of place."""
    cue_count: int = 0
    """The number of mentions beside a verb of saying."""
    gender: str = ""
    is_person: bool = False
    """Whether it is known to be a human being."""
    certain: bool = False
    """Whether some mention of it cannot be a common noun."""
    has_gendered_title: bool = False
    """Whether a title shows its gender."""
    roles: set[str] = field(default_factory=set)
    """The roles and titles that the article gives it, in lower case."""


@dataclass(slots=True)
class _Forms:
    """The counts of each form of a name, and what its mentions in the article show."""

    counts: Counter[Words] = field(default_factory=Counter)
    locative_counts: Counter[Words] = field(default_factory=Counter)
    cue_counts: Counter[Words] = field(default_factory=Counter)
    genders: defaultdict[Words, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    roles: defaultdict[Words, set[str]] = field(default_factory=lambda: defaultdict(set))
    certain: set[Words] = field(default_factory=set)
    paragraphs: defaultdict[Words, list[int]] = field(default_factory=lambda: defaultdict(list))
    """The numbers of the paragraphs that have a form of two words or more."""

    def add(self, words: Words, mention: Mention) -> None:
        """Count one mention with a form of a name."""
        self.counts[words] += 1
        self.locative_counts[words] += mention.locative
        self.cue_counts[words] += mention.beside_cue
        if not mention.common_noun:
            self.certain.add(words)
        if mention.gender:
            self.genders[words][mention.gender] += 1
        self.roles[words].update(mention.roles)
        if len(words) > 1:
            self.paragraphs[words].append(mention.paragraph_number)

    def last_paragraph(self, words: Words, paragraph_number: int) -> int:
        """Return the number of the nearest paragraph, up to one, with a form; -1 if it is far."""
        numbers = self.paragraphs[words]
        last = bisect_right(numbers, paragraph_number) - 1
        near = last >= 0 and paragraph_number - numbers[last] <= _MAX_DISTANCE
        return numbers[last] if near else -1


class Entities:
    """The entities of one article, found by the words of their names."""

    def __init__(
        self,
        mentions: Iterable[Mention],
        language: Language,
        heading_mentions: Iterable[Mention] = (),
    ) -> None:
        """Merge the names among the mentions.

        In headings and captions a run of capitals may be more than a name, so the names among
        `heading_mentions` count for entities of the running text where possible.
        """
        self._language = language
        self._normalized_names: dict[Words, Words] = {}
        self._forms = _Forms()
        named = [mention for mention in mentions if mention.kind is NAME]
        self._endings = language.genitive_endings
        self._last_words = {mention.words[-1] for mention in named} if self._endings else set()
        for mention in named:
            self._forms.add(self._normalized(mention.words), mention)
        self._acronyms = {
            self._normalized(short): self._normalized(full) for short, full in acronyms_in(named)
        }
        self._by_last: defaultdict[str, list[Words]] = defaultdict(list)
        self._by_word: defaultdict[str, list[Words]] = defaultdict(list)
        self._full_names: dict[Words, Words] = {}
        self._entities: dict[Words, Entity] = {}
        self._by_initial: defaultdict[str, list[Words]] | None = None
        self._by_mention: dict[tuple[Words, str, int], Entity] = {}
        self._merge_forms()
        for mention in heading_mentions:
            if mention.kind is NAME:
                self._add_title(self._normalized(mention.words))

    def _add_title(self, words: Words) -> None:
        """Count a name in a heading for an entity of the running text, or make it a new one."""
        if words in self._full_names:
            return
        full = (
            self._longer_name(words)
            or self._name_of_word(words[-1], "")
            or self._name_of_word(words[0], "")
        )
        if full is None:
            full = words
            self._entities[words] = Entity(trim_apostrophe(words), words)
            _set_gender(self._entities[words], self._forms.genders[words], self._language)
        self._full_names[words] = self._full_names.get(full, full)

    def _normalized(self, words: Words) -> Words:
        """Return a name's words without suffix, genitive ending and upper-case given name."""
        known = self._normalized_names.get(words)
        if known is None:
            known = self._normalized_names[words] = self._normalize(words)
        return known

    def _normalize(self, words: Words) -> Words:
        """Return what `_normalized` keeps for each name."""
        if len(words) > 1 and words[-1].lower().rstrip(".") in self._language.name_suffixes:
            words = words[:-1]
        for ending in self._endings:
            stem = words[-1].removesuffix(ending)
            if stem != words[-1] and stem in self._last_words:
                # "Bergs" is the genitive of "Berg".
                return (*words[:-1], stem)
        return tuple(map(plain_given_name, words)) if any(map(str.isupper, words)) else words

    def _merge_forms(self) -> None:
        """Find the full name of each form, and add the forms up to entities."""
        by_length = sorted(
            self._forms.counts, key=lambda words: _sort_key(words, self._forms.counts[words])
        )
        self._merge_upper_case(by_length)
        for words in by_length:
            if len(words) > 1 and words not in self._full_names:
                self._full_names[words] = (
                    self._longer_name(words) or self._trailing_name(words) or words
                )
                if self._full_names[words] == words:
                    for word in set(words):
                        self._by_word[word.lower()].append(words)
        for words in by_length:
            if len(words) == 1 and words not in self._full_names:
                full = self._acronyms.get(words)
                self._full_names[words] = (
                    full or self._name_of_word(words[0], "") or self._misspelt_name(words) or words
                )
        for words, full in self._full_names.items():
            self._full_names[words] = self._full_names[full]
        for words, full in self._full_names.items():
            self._add_form(words, full)
        for full, entity in self._entities.items():
            _set_gender(entity, self._forms.genders[full], self._language)

    def _merge_upper_case(self, by_length: Iterable[Words]) -> None:
        """Count names in upper case for the same names in title case, if there are any."""
        for words in by_length:
            self._by_last[words[-1]].append(words)
            lower_words = tuple(map(title_case_name, words))
            if lower_words != words and lower_words in self._forms.counts:
                self._full_names[words] = lower_words

    def _add_form(self, words: Words, full: Words) -> None:
        """Add the counts of one form of a name to its entity."""
        entity = self._entities.get(full)
        if entity is None:
            entity = self._entities[full] = Entity(trim_apostrophe(full), full)
        entity.count += self._forms.counts[words]
        entity.locative_count += self._forms.locative_counts[words]
        entity.cue_count += self._forms.cue_counts[words]
        entity.certain = entity.certain or words in self._forms.certain
        entity.roles |= self._forms.roles[words]
        if words != full:
            self._forms.genders[full] += self._forms.genders[words]

    def _longer_name(self, words: Words) -> Words | None:
        """Return a longer name with the same first and last word that was found before."""
        is_body = self._language.is_organisation_name(words)
        for other in self._by_word.get(words[-1].lower(), ()):
            # "Bank of Holm" is another bank than "Bank of New Holm".
            if (
                not is_body
                and other[-1] == words[-1]
                and (other[0] == words[0] or (is_initial(words[0]) and other[0][0] == words[0][0]))
            ):
                return other
            if len(other) > len(words) and other[-len(words) :] == words:
                return other
        return self._containing_name(words)

    def _containing_name(self, words: Words) -> Words | None:
        """Return the longer name that contains a name with a particle first: "De la Fuente"."""
        lower_words = [word.lower() for word in words]
        if lower_words[0] not in self._language.name_particles:
            return None
        for other in self._by_word.get(lower_words[-1], ()):
            folded = [word.lower() for word in other]
            starts = range(1, len(folded) - len(lower_words) + 1)
            if any(folded[start : start + len(lower_words)] == lower_words for start in starts):
                return other
        return None

    def _trailing_name(self, words: Words) -> Words | None:
        """Return the name whose surname ends a run of capitals: "Washington Post Trump"."""
        if (
            words[0].lower() in first_names()
            or is_initial(words[0])
            or self._forms.counts[words] > 2
        ):
            return None
        for other in self._by_last[words[-1]]:
            if (
                len(other) > 1
                and other[0].lower() in first_names()
                and self._forms.counts[other] + self._forms.counts[(words[-1],)]
                > 3 * self._forms.counts[words]
            ):
                return other
        return None

    def _misspelt_name(self, words: Words) -> Words | None:
        """Return the full name whose surname a speaker's single name is with a slip in it."""
        word = words[0]
        if not self._forms.cue_counts[words] or word.isupper() or word.lower() in first_names():
            return None
        for full in self._people_by_initial()[word[0]][:_MAX_SPELLINGS]:
            if is_misspelt(word, full[-1]):
                known = self._forms.counts[full] + self._forms.counts[(full[-1],)]
                if known >= self._forms.counts[words]:
                    return full
        return None

    def _people_by_initial(self) -> defaultdict[str, list[Words]]:
        """Return the full names of people by the first letter of their surnames."""
        if self._by_initial is None:
            self._by_initial = defaultdict(list)
            for full in self._full_names:
                if len(full) > 1 and full[0].lower() in first_names():
                    self._by_initial[full[-1][0]].append(full)
        return self._by_initial

    def _name_of_word(
        self, word: str, gender: str, paragraph_number: int | None = None
    ) -> Words | None:
        """Return the fullest name that one word stands for: by surname, else by given name.

        Of two with the same surname it is the one named in full shortly before the paragraph,
        else the more frequent one.
        """
        best: Words | None = None
        rank = (-1, -1, -1)
        most = max(
            (self._forms.counts[words] for words in self._by_word.get(word.lower(), ())), default=0
        )
        bodies = self._language.organisation_words
        for words in self._by_word.get(word.lower(), ()):
            if words[-1].lower() in bodies or not (word[0].isupper() or word.startswith("al-")):
                continue
            known = self._forms.genders[words].most_common(1)
            if gender and known and known[0][0] != gender:
                continue
            match_rank = 2 if words[-1] == word else 1 if words[0] == word else 0
            is_rare = self._forms.counts[words] * _MAX_FREQUENCY_RATIO < most
            nearness = (
                -1
                if paragraph_number is None or is_rare
                else self._forms.last_paragraph(words, paragraph_number)
            )
            if (match_rank, nearness, self._forms.counts[words]) > rank:
                best, rank = words, (match_rank, nearness, self._forms.counts[words])
        return best

    def of_name(self, mention: Mention) -> Entity:
        """Return the entity of a name; the mention must be one of this article's."""
        place = mention.words, mention.gender, mention.paragraph_number
        known = self._by_mention.get(place)
        if known is None:
            known = self._by_mention[place] = self._of_name(mention)
        return known

    def _of_name(self, mention: Mention) -> Entity:
        """Return what `of_name` keeps for each name in each paragraph."""
        key = self._normalized(mention.words)
        if len(key) == 1 and (mention.gender or len(self._by_word[key[0].lower()]) > 1):
            full = self._name_of_word(key[0], mention.gender, mention.paragraph_number)
            if full is not None:
                return self._entities[self._full_names[full]]
        return self._entities[self._full_names[key]]

    def of_words(self, words: Words) -> Entity | None:
        """Return the entity that has these words as its name, or None."""
        full = self._full_names.get(words) or (
            self._name_of_word(words[0], "") if len(words) == 1 else None
        )
        return self._entities.get(full) if full else None

    def all(self) -> Sequence[Entity]:
        """Return all entities of the article."""
        return tuple(self._entities.values())


def _set_gender(entity: Entity, counts: Counter[str], language: Language) -> None:
    """Set an entity's gender, and whether it is a person, from the genders of its mentions."""
    if counts:
        entity.gender = counts.most_common(1)[0][0]
    gendered_titles = language.masculine_titles | language.feminine_titles
    entity.has_gendered_title = bool(entity.roles & gendered_titles)
    is_organisation = any(word.lower() in language.organisation_words for word in entity.words)
    given = entity.words[0].lower() in first_names() and not entity.locative_count
    entity.is_person = not is_organisation and (entity.has_gendered_title or given or bool(counts))


def _sort_key(words: Words, count: int) -> tuple[int, bool, int, Words]:
    """Return the sort key of a form of a name: the fullest first, then the most frequent."""
    return -len(words), is_initial(words[0]) or words[-1].isupper(), -count, words
