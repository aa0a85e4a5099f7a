"""Letters that stand for a name: "the Israel Defense Forces (IDF)".

Who is meant: the mentions of an article drawn together under their fullest names.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.lexicon.loader import first_names
from tuireader.quotes.mentions.mentions import Mention, MentionKind
from tuireader.quotes.mentions.names import (
    is_initial,
    plain_given_name,
    title_case_name,
    trim_apostrophe,
)

Words = tuple[str, ...]


def acronyms_in(mentions: Iterable[Mention]) -> Iterator[tuple[Words, Words]]:
    """Each name that stands in brackets behind the one whose initials it is, and that one."""
    for name, letters in pairwise(mentions):
        if (
            len(letters.words) == 1
            and letters.words[0].isupper()
            and letters.inside
            and letters.paragraph == name.paragraph
            and letters.first == name.last + 2
            and _initials(name.words) == letters.words[0]
        ):
            yield letters.words, name.words


def _initials(words: Words) -> str:
    return "".join(word[0] for word in words if word[0].isupper())


_RARE = 2
"""How many times more often another bearer of the surname must be named to outweigh that."""
_NEAR = 3
"""Paragraphs within which a name in full decides who bears its surname alone."""


@dataclass(slots=True)
class Entity:
    """Somebody, or a body, that the article names."""

    name: str
    words: Words
    count: int = 0
    placed: int = 0
    """How many of the mentions have a preposition of place before them."""
    says: int = 0
    """How many have a verb of saying beside them."""
    gender: str = ""
    person: bool = False
    """Whether it is known to be a human being."""
    sure: bool = False
    """Whether some mention of it can be no common noun."""
    titled: bool = False
    """Whether a title shows the sex."""
    roles: set[str] = field(default_factory=set)
    """Nouns in lower case that the article gives to them."""


class Entities:
    """The people of one article, by the words of their names."""

    def __init__(
        self, mentions: Iterable[Mention], language: Language, titles: Iterable[Mention] = ()
    ) -> None:
        """Draw the names among the mentions together.

        `titles` stand in headings and captions, where a run of capitals may be more
        than a name: they are given to the names of the text where they can be.
        """
        self._language = language
        self._counts: Counter[Words] = Counter()
        self._placed: Counter[Words] = Counter()
        self._says: Counter[Words] = Counter()
        self._genders: defaultdict[Words, Counter[str]] = defaultdict(Counter)
        self._roles: defaultdict[Words, set[str]] = defaultdict(set)
        self._sure: set[Words] = set()
        self._seen: defaultdict[Words, list[int]] = defaultdict(list)
        named = [mention for mention in mentions if mention.kind is MentionKind.NAME]
        self._endings = language.genitive_endings
        self._bare = {mention.words[-1] for mention in named} if self._endings else set()
        for mention in named:
            key = self._key(mention.words)
            self._counts[key] += 1
            self._placed[key] += mention.placed
            self._says[key] += mention.says
            if not mention.noun:
                self._sure.add(key)
            if mention.gender:
                self._genders[key][mention.gender] += 1
            self._roles[key].update(mention.roles)
            if len(key) > 1:
                self._seen[key].append(mention.paragraph)
        self._letters = {self._key(short): self._key(full) for short, full in acronyms_in(named)}
        self._by_last: defaultdict[str, list[Words]] = defaultdict(list)
        self._by_word: defaultdict[str, list[Words]] = defaultdict(list)
        self._full: dict[Words, Words] = {}
        self._people: dict[Words, Entity] = {}
        self._gather()
        for mention in titles:
            if mention.kind is MentionKind.NAME:
                self._add_title(self._key(mention.words))

    def _add_title(self, words: Words) -> None:
        """Give a name in a heading to somebody of the text, else keep it as it is."""
        if words in self._full:
            return
        full = self._longer(words) or self._one_word(words[-1], "") or self._one_word(words[0], "")
        if full is None:
            full = words
            self._people[words] = Entity(trim_apostrophe(words), words)
            self._describe(words, self._people[words])
        self._full[words] = self._full.get(full, full)

    def _key(self, words: Words) -> Words:
        if len(words) > 1 and words[-1].lower().rstrip(".") in self._language.name_suffixes:
            words = words[:-1]
        for ending in self._endings:
            bare = words[-1].removesuffix(ending)
            if bare != words[-1] and bare in self._bare:
                # "Bergs" is Berg's.
                return (*words[:-1], bare)
        return tuple(map(plain_given_name, words)) if any(map(str.isupper, words)) else words

    def _gather(self) -> None:
        longest = sorted(self._counts, key=lambda words: _rank(words, self._counts[words]))
        self._join_small(longest)
        for words in longest:
            if len(words) > 1 and words not in self._full:
                self._full[words] = self._longer(words) or self._behind_others(words) or words
                if self._full[words] == words:
                    for word in set(words):
                        self._by_word[word.lower()].append(words)
        for words in longest:
            if len(words) == 1 and words not in self._full:
                full = self._letters.get(words)
                self._full[words] = full or self._one_word(words[0], "") or words
        for words, full in self._full.items():
            self._full[words] = self._full[full]
        for words, full in self._full.items():
            self._add_up(words, full)
        for full, person in self._people.items():
            self._describe(full, person)

    def _join_small(self, longest: Iterable[Words]) -> None:
        """Give names in capitals throughout to the same ones that are not."""
        for words in longest:
            self._by_last[words[-1]].append(words)
            small = tuple(map(title_case_name, words))
            if small != words and small in self._counts:
                self._full[words] = small

    def _add_up(self, words: Words, full: Words) -> None:
        """Add what is known of one form of a name to whose it is."""
        person = self._people.get(full)
        if person is None:
            person = self._people[full] = Entity(trim_apostrophe(full), full)
        person.count += self._counts[words]
        person.placed += self._placed[words]
        person.says += self._says[words]
        person.sure = person.sure or words in self._sure
        person.roles |= self._roles[words]
        if words != full:
            self._genders[full] += self._genders[words]

    def _describe(self, full: Words, person: Entity) -> None:
        counts = self._genders[full]
        if counts:
            person.gender = counts.most_common(1)[0][0]
        language = self._language
        person.titled = bool(person.roles & (language.masculine_titles | language.feminine_titles))
        body = any(word.lower() in language.organisation_words for word in full)
        given = full[0].lower() in first_names() and not person.placed
        person.person = not body and (person.titled or given or bool(counts))

    def _longer(self, words: Words) -> Words | None:
        """A longer name with the same first and last word, gathered before."""
        for other in self._by_word.get(words[-1].lower(), ()):
            if other[-1] == words[-1] and (
                other[0] == words[0] or (is_initial(words[0]) and other[0][0] == words[0][0])
            ):
                return other
            if len(other) > len(words) and other[-len(words) :] == words:
                return other
        return self._around(words)

    def _around(self, words: Words) -> Words | None:
        """A longer name that holds one which begins with a particle: "De la Fuente"."""
        small = [word.lower() for word in words]
        if small[0] not in self._language.name_particles:
            return None
        for other in self._by_word.get(small[-1], ()):
            folded = [word.lower() for word in other]
            starts = range(1, len(folded) - len(small) + 1)
            if any(folded[at : at + len(small)] == small for at in starts):
                return other
        return None

    def _behind_others(self, words: Words) -> Words | None:
        """Whose surname stands behind other capitals by chance: "Washington Post Trump"."""
        if words[0].lower() in first_names() or is_initial(words[0]) or self._counts[words] > 2:
            return None
        for other in self._by_last[words[-1]]:
            if (
                len(other) > 1
                and other[0].lower() in first_names()
                and self._counts[other] + self._counts[(words[-1],)] > 3 * self._counts[words]
            ):
                return other
        return None

    def _one_word(self, word: str, gender: str, paragraph: int | None = None) -> Words | None:
        """The fullest name that one word stands for: by surname, else by given name.

        Of two of one surname it is whoever was named in full a little before the
        paragraph, else whoever is named most.
        """
        best: Words | None = None
        rank = (-1, -1, -1)
        most = max(
            (self._counts[words] for words in self._by_word.get(word.lower(), ())), default=0
        )
        bodies = self._language.organisation_words
        for words in self._by_word.get(word.lower(), ()):
            if words[-1].lower() in bodies or not (word[0].isupper() or word.startswith("al-")):
                continue
            known = self._genders[words].most_common(1)
            if gender and known and known[0][0] != gender:
                continue
            place = 2 if words[-1] == word else 1 if words[0] == word else 0
            rare = self._counts[words] * _RARE < most
            near = -1 if paragraph is None or rare else self._nearness(words, paragraph)
            if (place, near, self._counts[words]) > rank:
                best, rank = words, (place, near, self._counts[words])
        return best

    def _nearness(self, words: Words, paragraph: int) -> int:
        """The last paragraph that names somebody in full, if it is not far before."""
        seen = self._seen[words]
        last = bisect_right(seen, paragraph) - 1
        return seen[last] if last >= 0 and paragraph - seen[last] <= _NEAR else -1

    def of_name(self, mention: Mention) -> Entity:
        """Who a name stands for."""
        key = self._key(mention.words)
        if len(key) == 1 and (mention.gender or len(self._by_word[key[0].lower()]) > 1):
            full = self._one_word(key[0], mention.gender, mention.paragraph)
            if full is not None:
                return self._people[self._full[full]]
        return self._people[self._full[key]]

    def of_words(self, words: Words) -> Entity | None:
        """Who is called so, if anybody is."""
        full = self._full.get(words) or (self._one_word(words[0], "") if len(words) == 1 else None)
        return self._people.get(full) if full else None

    def all(self) -> Sequence[Entity]:
        """Everybody that the article names."""
        return tuple(self._people.values())


def _rank(words: Words, count: int) -> tuple[int, bool, int, Words]:
    """Where a form of a name stands among all: the fullest first, then the most frequent."""
    return -len(words), is_initial(words[0]) or words[-1].isupper(), -count, words
