"""Tells whether two nouns, such as "governor" and "Gov.", may stand for the same person."""

from collections.abc import Iterable
from functools import cache, lru_cache

from tuireader.quotes.lexicon.language import Language

_MAX_NOUNS = 20_000
"""The most nouns whose base is remembered."""
_MIN_ENDING = 4
"""The fewest letters of a noun that is recognised as the end of a compound."""


def base_noun(noun: str, language: Language) -> str:
    """Return the noun that stands for an office: of synonyms the first, of a compound its end.

    A prefix for a former office and a definite ending are removed: "ex-governor" gives
    "governor", German "Interimstrainer" gives "trainer", Danish "ministeren" gives "minister".
    """
    return _base_noun(language, noun)


def may_be_same_person(noun: str, others: Iterable[str], language: Language) -> bool:
    """Return whether a noun fits somebody whom the article calls by other nouns.

    It is one of them or a synonym, or a noun for all of their kind, such as "politician".
    """
    base = base_noun(noun, language)
    limit = _limit_of(language, noun)
    bases = {
        base_noun(other, language)
        for other in others
        if not limit or _limit_of(language, other) in ("", limit)
    }
    return base in bases or bool(_kinds_of(language).get(base, frozenset()) & bases)


def is_office(noun: str, language: Language) -> bool:
    """Return whether a noun is in the lists of offices of a language."""
    return base_noun(noun, language) in _known_nouns(language)


@lru_cache(_MAX_NOUNS)
def _base_noun(language: Language, noun: str) -> str:
    """Return what `base_noun` does, computed once for each noun."""
    noun = _without_former(noun, language)
    synonyms = _synonyms(language)
    known = _known_nouns(language)
    if noun in known:
        return synonyms.get(noun, noun)
    for ending in language.definite_endings:
        stem = noun.removesuffix(ending)
        if stem != noun and stem in known:
            return synonyms.get(stem, stem)
    if language.verb_second:
        ends = [word for word in known if len(word) >= _MIN_ENDING and noun.endswith(word)]
        if ends:
            longest = max(ends, key=len)
            return synonyms.get(longest, longest)
    return noun


def _without_former(noun: str, language: Language) -> str:
    """Return a noun without a prefix for a former office."""
    for prefix in language.former_prefixes:
        if noun.startswith(prefix) and len(noun) > len(prefix) + 2:
            return noun.removeprefix(prefix).lstrip("-")
    return noun


@lru_cache(_MAX_NOUNS)
def _limit_of(language: Language, noun: str) -> str:
    """Return what a compound says before its office: "aufsichtsrats" in "Aufsichtsratschef".

    It is "" if that says no more than when somebody holds it: "Interimstrainer".
    """
    noun = _without_former(noun, language)
    if not language.verb_second or noun in _known_nouns(language):
        return ""
    ends = [word for word in _known_nouns(language) if noun.endswith(word)]
    limit = noun.removesuffix(max(ends, key=len, default="")).rstrip("-") if ends else ""
    return "" if limit in language.description_modifiers else limit


@cache
def _synonyms(language: Language) -> dict[str, str]:
    """Return for each noun with synonyms the first noun of its line."""
    return {word: line[0] for line in language.description_synonyms for word in line}


@cache
def _known_nouns(language: Language) -> frozenset[str]:
    """Return all nouns of the lists."""
    lines = language.description_synonyms + language.description_generics
    return frozenset(word for line in lines for word in line) - {"="}


@cache
def _kinds_of(language: Language) -> dict[str, frozenset[str]]:
    """Return for each noun for a kind of people the nouns of all who are of that kind."""
    synonyms = _synonyms(language)
    kinds: dict[str, frozenset[str]] = {}
    for line in language.description_generics:
        split = line.index("=")
        members = frozenset(synonyms.get(word, word) for word in line if word != "=")
        for word in line[:split]:
            base = synonyms.get(word, word)
            kinds[base] = kinds.get(base, frozenset()) | members
    return kinds
