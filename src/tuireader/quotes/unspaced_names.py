"""Splits Chinese and Japanese, which have no spaces, and Korean words into words and names.

A run of letters is split by the words that are known: titles, verbs of saying, particles and
days. A family name and one to three letters beside a title or before a verb of saying are a
name, and so is a foreign name beside a title. What is neither stays as it is, so that no half
clause passes for a name.

A name is a single token. A part of a name that the article gave in full stands for it.
"""

from collections.abc import Iterator
from functools import cache

from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.tokens import Token

_MAX_WORD = 8
"""The most letters of a known word in a script without spaces."""
_MAX_GIVEN = 3
"""The most letters of a Japanese given name; a Chinese one has one less."""
_MAX_FOREIGN = 12
"""The most letters of a foreign name in such a script."""
_KATAKANA = ("\u30a0", "\u30ff")
_UNSPACED = ("\u3005", "\u9fff")
"""The first and the last letter of Kana and Han."""
_CASE_ENDINGS = ("에", "를", "을", "는", "로", "과", "와", "인", "된", "던", "할")
"""Korean particles and endings of adjectives that hardly a given name ends with."""
_HANGUL = ("\uac00", "\ud7af")


class KnownNames:
    """The names in full that an article has given so far, which parts of them stand for."""

    def __init__(self) -> None:
        """Begin without names."""
        self._full: dict[str, set[str]] = {}

    def add(self, name: str, *parts: str) -> None:
        """Add a name in full with the parts that may stand for it."""
        for part in (name, *parts):
            self._full.setdefault(part, set()).add(name)

    def full_name_of(self, part: str) -> str:
        """Return the only name that a part stands for, or ""."""
        names = self._full.get(part, set())
        return next(iter(names)) if len(names) == 1 else part if part in names else ""

    def longest_at(self, word: str, position: int) -> int:
        """Return the length of the longest name in full at a position of a word, or 0."""
        for size in range(min(_MAX_FOREIGN, len(word) - position), 1, -1):
            part = word[position : position + size]
            if part in self._full.get(part, ()):
                return size
        return 0


def split_unspaced(tokens: list[Token], language: Language, known: KnownNames) -> list[Token]:
    """Return the tokens of a paragraph, with names in scripts without spaces as names.

    Korean words are separated from their particles. `known` holds the names of the paragraphs
    before; those found here are added to it.
    """
    result: list[Token] = []
    for position, token in enumerate(tokens):
        first = token.word[0]
        if token.kind == "w" and _UNSPACED[0] <= first <= _UNSPACED[1]:
            before = tokens[position - 1] if position else None
            result += _Run(token, before, language, known).parts()
        elif token.kind == "w" and _HANGUL[0] <= first <= _HANGUL[1]:
            result += _without_particle(token, language, known)
        else:
            result.append(token)
    return result


class _Run:
    """A run of letters without spaces, which is split into known words and names."""

    def __init__(
        self, token: Token, before: Token | None, language: Language, known: KnownNames
    ) -> None:
        """Take the token of the run and the token before it."""
        self.token, self.language, self.known = token, language, known
        self.word = token.word
        self.follows_cue = before is not None and before.kind == "Q"

    def parts(self) -> Iterator[Token]:
        """Yield the known words and the names of the run, and what is between them."""
        position = unknown = 0
        before = "^"
        while position < len(self.word):
            name = self.known.longest_at(self.word, position)
            size = name or self._known_word(position)
            if not size:
                size = name = (
                    self._name_length(position, before) if before else self._titled_family(position)
                )
            if not size:
                before = ""
                position += 1
                continue
            if unknown < position:
                yield self._part(unknown, position)
            before = self.word[position : position + size]
            if name:
                # A title after a name belongs to it.
                title = self._title_size(position + size)
                end = self.token.start + position + size + title
                named = self._named(position, position + size)
                named.end = end
                yield named
                size += title
            else:
                yield self._part(position, position + size)
            position = unknown = position + size
        if unknown < len(self.word):
            yield self._part(unknown, len(self.word))

    def _part(self, first: int, end: int) -> Token:
        """Return the token of a part of the run."""
        words = self.word[first:end]
        start = self.token.start + first
        return self.token.part(words, start, start + end - first)

    def _named(self, first: int, end: int) -> Token:
        """Return the token of a name, and remember it; a family name stands for the whole."""
        part = self._part(first, end)
        name = self.known.full_name_of(part.word)
        if not name:
            name = part.word
            family = self._family_size(first)
            if family and end - first > family:
                self.known.add(name, name[:family])
            elif "・" in name or "·" in name:
                self.known.add(name, name.replace("·", "・").rpartition("・")[2])
            elif len(name) > 1:
                self.known.add(name)
        part.kind, part.word, part.lower = "N", name, name.lower()
        return part

    def _known_word(self, position: int) -> int:
        """Return the length of the longest known word at a position, or 0."""
        known = known_words(self.language)
        for size in range(min(_MAX_WORD, len(self.word) - position), 0, -1):
            if self.word[position : position + size] in known:
                # "教育部长" is "教育" and "部长", not "教育部" and "长".
                last = position + size - 1
                titled = size > 1 and self.word[last : last + 2] in self.language.titles
                return size - 1 if titled else size
        return 0

    def _family_size(self, position: int) -> int:
        """Return the length of the family name at a position, or 0."""
        for size in (3, 2, 1):
            if self.word[position : position + size] in self.language.family_names:
                return size
        return 0

    def _titled_family(self, position: int) -> int:
        """Return the length of a family name before a title, after unknown letters; or 0."""
        size = self._family_size(position)
        return size if size > 1 and self._title_size(position + size) else 0

    def _name_length(self, position: int, before: str) -> int:
        """Return the length of the name at a position, after a known word; 0 if there is none."""
        after_title = before in self.language.titles
        family = self._family_size(position)
        if family and self._title_size(position + family):
            return family
        if family:
            sizes = [
                size
                for size in self._given_sizes(family)
                if self._may_end(position, size, family, after_title=after_title)
            ]
            if sizes:
                longer = len(sizes) > 1 and self._ends_in_small_word(position, *sizes[:2])
                return sizes[longer]
        return self._foreign_length(position, after_title=after_title)

    def _given_sizes(self, family: int) -> range:
        """Return the lengths of a name with a family name of this length."""
        most = _MAX_GIVEN - bool(self.language.transliteration_letters)
        return range(family + 1, family + most + 1)

    def _may_end(self, position: int, size: int, family: int, *, after_title: bool) -> bool:
        """Return whether a name of this length may stand at a position."""
        end = position + size
        if end > len(self.word):
            return False
        if self._title_size(end):
            return True
        return (after_title or size <= family + 2) and self._ends_name(end, after_title=after_title)

    def _ends_in_small_word(self, position: int, shorter: int, longer: int) -> bool:
        """Return whether the longer of two names ends in a known word of one letter.

        It may be part of the name, unless it is a verb of saying.
        """
        end = position + shorter
        size = self._known_word(end)
        word = self.word[end : end + size]
        return size == 1 == longer - shorter and word not in self.language.cue_words

    def _title_size(self, position: int) -> int:
        """Return the length of the title at a position, or 0."""
        size = self._known_word(position)
        return size if self.word[position : position + size] in self.language.titles else 0

    def _ends_name(self, end: int, *, after_title: bool) -> bool:
        """Return whether a name may end at a position: a verb of saying follows.

        After a title, the end of the run and any known word end it, too.
        """
        language = self.language
        while size := self._known_word(end):
            word = self.word[end : end + size]
            if word in language.cue_words:
                return True
            if after_title and word not in language.roles:
                return True
            if word not in language.intervening_words or word in language.subject_particles:
                return False
            end += size
        return end >= len(self.word) and (after_title or self.follows_cue)

    def _foreign_length(self, position: int, *, after_title: bool) -> int:
        """Return the length of a foreign name beside a title at a position, or 0."""
        letters = self.language.transliteration_letters
        end = position
        while end < min(len(self.word), position + _MAX_FOREIGN):
            letter = self.word[end]
            katakana = _KATAKANA[0] <= letter <= _KATAKANA[1]
            if not (letter in letters or letter == "·" or (katakana and not letters)):
                break
            if end > position + 1 and self._known_word(end) > 1:
                break
            end += 1
        if end - position < 2:
            return 0
        if self._title_size(end):
            return end - position if not letters or "·" in self.word[position:end] else 0
        ended = after_title and self._ends_name(end, after_title=True)
        return end - position if ended else 0


def _without_particle(token: Token, language: Language, known: KnownNames) -> Iterator[Token]:
    """Yield a Korean word and the particle at its end, if the word before it is known."""
    word = token.word
    words = known_words(language)
    if word not in words:
        for particle in language.subject_particles:
            stem = word.removesuffix(particle)
            if stem in ("", word):
                continue
            title = _title_at_end(stem, language)
            if (
                title
                or stem in words
                or known.full_name_of(stem)
                or has_korean_form(stem, language)
            ):
                middle = token.start + len(stem)
                yield token.part(stem, token.start, middle)
                yield token.part(particle, middle, token.end)
                return
    yield token


def _title_at_end(word: str, language: Language) -> str:
    """Return the title that a Korean word ends with, or ""."""
    return next((word[first:] for first in range(len(word)) if word[first:] in language.titles), "")


def has_korean_form(word: str, language: Language) -> bool:
    """Return whether a Korean word has the form of a name in full, and is not that of a body."""
    family = 2 if word[:2] in language.family_names else 1
    return (
        word[:family] in language.family_names
        and len(word) in (3, family + 2)
        and not word.endswith(tuple(language.organisation_words))
        and not word.endswith(_CASE_ENDINGS)
    )


@cache
def known_words(language: Language) -> frozenset[str]:
    """Return the words that are no part of a name."""
    return (
        language.cue_words
        | language.titles
        | language.roles
        | language.intervening_words
        | language.function_words
        | language.prepositions
        | language.conjunctions
        | language.subordinators
        | language.complementizers
        | language.subject_pronouns
        | language.departments
        | language.organisation_words
        | language.subject_particles
        | language.cue_nouns
        | language.negations
        | language.negations_after
        | language.negative_subjects
        | {word for phrase in _source_phrases(language) for word in phrase}
    )


def _source_phrases(language: Language) -> tuple[tuple[str, ...], ...]:
    """Return the phrases before or after a source."""
    return language.source_phrases + language.source_postpositions
