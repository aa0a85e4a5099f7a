"""What the engine knows of a language; `language_file` reads it from the language's data file."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Language:
    """The word lists of one language, in lower case unless said otherwise."""

    code: str
    say: frozenset[str]
    """Verbs that give a whole utterance, every form of them."""
    tell: frozenset[str]
    """Verbs whose object is the person who is spoken to."""
    call: frozenset[str]
    """Verbs that take a few quoted words."""
    participle: frozenset[str]
    """Forms that share their subject with the verb before them."""
    according: tuple[tuple[str, ...], ...]
    """Phrases ahead of a source, as words."""
    source_ends: frozenset[str]
    """The last words of those phrases."""
    behind: tuple[tuple[str, ...], ...]
    """Phrases that name a source only right behind quoted words or a comma (German "so")."""
    after: tuple[tuple[str, ...], ...]
    """Phrases behind a source (German "zufolge"), as words."""
    cue_noun: frozenset[str]
    """Nouns for what is said or written."""
    ambiguous: frozenset[str]
    """Words among the verbs that are nouns behind an article: Spanish "la cuenta"."""
    ambiguous_endings: tuple[str, ...]
    """How verbs end that are nouns behind an article: Spanish "el acusado"."""
    that: frozenset[str]
    called: frozenset[str]
    """Ahead of what somebody calls something (German "als „…“ bezeichnet", "nannte einen „…“")."""
    masculine: frozenset[str]
    feminine: frozenset[str]
    plural: frozenset[str]
    neuter: frozenset[str]
    first: frozenset[str]
    first_plural: frozenset[str]
    relative: frozenset[str]
    masculine_other: frozenset[str]
    """Pronouns that show a man without being a subject."""
    feminine_other: frozenset[str]
    elided: frozenset[str]
    """What an apostrophe joins to the word behind it: French "l", "qu", Italian "dell"."""
    definite: frozenset[str]
    indefinite: frozenset[str]
    oblique: frozenset[str]
    """Articles and the like that no subject has."""
    oblique_endings: tuple[str, ...]
    """How an adjective ends that shows such a case behind an article of `genitive`."""
    genitive: frozenset[str]
    """Articles that show a genitive right behind a noun (German "die Rede der Ministerin")."""
    possessive: frozenset[str]
    quantity: frozenset[str]
    title_masculine: frozenset[str]
    title_feminine: frozenset[str]
    titles: frozenset[str]
    """All titles and offices that stand before a name."""
    departments: frozenset[str]
    """What an office is of, where it stands ahead of it: "Home Secretary"."""
    suffix: frozenset[str]
    particles: frozenset[str]
    """Small words inside a name ("van", "bin")."""
    abbreviations: frozenset[str]
    roles: frozenset[str]
    """Nouns for people and bodies that speak."""
    role_endings: tuple[str, ...]
    masculine_roles: frozenset[str]
    """Nouns that only a man is called by."""
    feminine_roles: frozenset[str]
    feminine_endings: tuple[str, ...]
    impersonal: frozenset[str]
    """Nouns among them that "he" and "she" cannot stand for: plurals and bodies."""
    bodies: frozenset[str]
    """Nouns for an organisation named before: "the company"."""
    epithets: frozenset[str]
    """Nouns for a person named before, whom the text calls so for a change: "the Spaniard"."""
    age_endings: tuple[str, ...]
    """How a number ends that is somebody's age: "the 36-year-old"."""
    organisations: frozenset[str]
    body_endings: tuple[str, ...]
    """Where nouns are joined, how one for a body or for many ends."""
    between: frozenset[str]
    """What may stand between a subject and its verb."""
    preposition: frozenset[str]
    conjunction: frozenset[str]
    subordinator: frozenset[str]
    naming: frozenset[str]
    """Words ahead of quoted words that are nobody's."""
    of: frozenset[str]
    """Joins the parts of an organisation's name."""
    tail: frozenset[str]
    """Prepositions behind the noun of a description."""
    modifier: frozenset[str]
    """Words that join a phrase to the noun before them: "close to", "familiar with"."""
    copula: frozenset[str]
    """Ahead of what somebody is said to be."""
    locative: frozenset[str]
    """Prepositions ahead of places."""
    adverb_endings: tuple[str, ...]
    adjective_endings: tuple[str, ...]
    """Where every noun has a capital, what shows that one is no name."""
    noun_endings: tuple[str, ...]
    """Where every noun has a capital, how common nouns end and names do not."""
    opening_endings: tuple[str, ...]
    """How words end that are no name though a sentence begins with them."""
    genitive_endings: tuple[str, ...]
    """What a name ends in when somebody's is meant, without an apostrophe."""
    reported: frozenset[str]
    """Forms of verbs that show that a sentence is reported (German "sei", "habe")."""
    function: frozenset[str]
    """Words that are no name though a sentence may begin with them."""
    dashes: bool
    """Whether a dash opens dialogue."""
    learnt: bool
    """Whether the weights were learnt from articles in it."""
    first_capital: bool
    """Whether the pronoun of the first person has a capital ("I")."""
    lists_all: bool
    """Whether every longer stretch is listed, for want of signs whose it is."""
    asides: bool
    """Whether it may be said who speaks within the marks: « Oui, dit-il, venez »."""
    noun_first: bool
    """Whether a noun stands before its adjectives: what stands right before a name is a noun."""
    verb_second: bool
    """Whether the verb of a clause is its second or its last part, whatever the subject is."""
    subjectless: bool
    """Whether a verb needs no subject ("dijo": he or she said)."""
    question: frozenset[str]
    """Labels before a question in an interview, as written."""
    answer: frozenset[str]
    inversion: bool
    """Whether a verb and the pronoun after it are written with a hyphen ("dit-il")."""
    nouns_capital: bool
    """Whether every noun has a capital letter."""
    cues: frozenset[str]
    """All verbs that may name a speaker."""
    determiners: frozenset[str]
    pronouns: frozenset[str]
    """The subject pronouns of the third and first person."""

    def gender_of(self, noun: str) -> str:
        """What a noun for a person shows of the sex: m, f or nothing."""
        if noun in self.feminine_roles or (
            self.feminine_endings and noun.endswith(self.feminine_endings)
        ):
            return "f"
        return "m" if noun in self.masculine_roles else ""

    def is_ambiguous(self, word: str) -> bool:
        """Whether a verb is a noun behind an article."""
        return word in self.ambiguous or word.endswith(self.ambiguous_endings)

    def is_body(self, noun: str) -> bool:
        """Whether a noun in lower case is one for a body or for many, which is no title."""
        return noun in self.organisations or noun.endswith(self.body_endings)

    def is_role(self, word: str) -> bool:
        """Whether a noun in lower case is one for somebody who speaks."""
        return (
            word in self.roles
            or self.is_epithet(word)
            or (len(word) > 6 and word.endswith(self.role_endings))
        )

    def is_human(self, word: str) -> bool:
        """Whether a noun in lower case is one for a single human being."""
        return self.is_role(word) and word not in self.impersonal

    def names_body(self, words: Sequence[str]) -> bool:
        """Whether a name is an organisation's."""
        return any(self.is_body(word.lower()) for word in words)

    def is_epithet(self, word: str) -> bool:
        """Whether a noun in lower case, or an age, may stand for anybody named before."""
        return word in self.epithets or bool(self.age_endings and word.endswith(self.age_endings))
