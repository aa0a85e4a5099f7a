"""What the engine knows of one language: word lists and traits of its grammar."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_MIN_ROLE_LETTERS = 7
"""The fewest letters of a word whose ending may show that it is a role."""
_MAX_WORDS = 1 << 16
"""The most words of which it is kept whether they are a role by their form."""

PHRASE_FIELDS = frozenset(
    {
        "source_phrases",
        "source_phrases_after_quote",
        "source_postpositions",
        "hypothetical_phrases",
        "allegation_phrases",
        "description_synonyms",
        "description_generics",
    }
)
"""The fields of a language that have lines of several words."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Language:
    """The word lists and grammatical traits of one language, as its data file gives them.

    `loader.KEYS` says at which key of the file each field stands. Words are in lower case
    unless said otherwise, and every inflected form stands by itself. The fields after
    `answer_labels` are computed from the others.
    """

    code: str
    """The ISO 639 code."""

    say_verbs: frozenset[str]
    """Verbs that introduce a whole utterance: "…", she said."""
    tell_verbs: frozenset[str]
    """Verbs whose object is the person spoken to: he told reporters."""
    call_verbs: frozenset[str]
    """Verbs that introduce a few quoted words: he called it "…"."""
    participles: frozenset[str]
    """Participles that share their subject with the verb before them: "…, adding"."""
    source_phrases: tuple[tuple[str, ...], ...]
    """Phrases before a source, as words: "according to"."""
    source_phrases_after_quote: tuple[tuple[str, ...], ...]
    """Phrases before a source that count only after a quotation or a comma: German "so"."""
    source_postpositions: tuple[tuple[str, ...], ...]
    """Phrases after a source, as words: German "zufolge"."""
    cue_nouns: frozenset[str]
    """Nouns for what is said or written: "statement"."""
    ambiguous_cues: frozenset[str]
    """Verbs of saying that are nouns after an article: Spanish "la cuenta"."""
    ambiguous_cue_endings: tuple[str, ...]
    """The endings of such verbs: Spanish "el acusado"."""
    complementizers: frozenset[str]
    """Words that introduce a reported clause: "that"."""
    call_particles: frozenset[str]
    """Words before what somebody calls something: German "als „…“ bezeichnen"."""
    cue_prefixes: frozenset[str]
    """What may be joined with a verb of saying in front: Arabic "وقال" (and he said)."""
    back_references: frozenset[str]
    """Words for the quotation before, at the start of a sentence: Danish "Det siger …"."""

    negations: frozenset[str]
    """Words before a verb of saying that deny it: "not", "never", "refused"."""
    negations_after: frozenset[str]
    """Words right after a verb of saying that deny it: German "sagte nie"."""
    negation_exceptions: frozenset[str]
    """Words after a negation that take it back: "not only"."""
    negative_subjects: frozenset[str]
    """Subjects that deny their verb: "nobody"."""
    opinion_verbs: frozenset[str]
    """Verbs whose negation is an opinion and no denial: "he did not think"."""
    hypothetical_phrases: tuple[tuple[str, ...], ...]
    """Phrases right before a verb of saying that say that it was not done: "should have".

    "*" stands for up to five words: "if * had".
    """
    denied_verbs: frozenset[str]
    """Verbs of saying that deny by themselves: Czech "neřekl"."""
    infinitives: frozenset[str]
    """Infinitives of verbs of saying, which introduce no words by themselves: "say"."""
    auxiliaries: frozenset[str]
    """Auxiliaries of a verb of saying at the end of its clause: German "hat", "soll"."""
    allegations: frozenset[str]
    """Words before a verb of saying that show hearsay: "allegedly"."""
    allegation_phrases: tuple[tuple[str, ...], ...]
    """Phrases right before a verb of saying that show hearsay: "is said to have"; "*" as above."""
    verb_particles: frozenset[str]
    """Words that may stand between a negation and its verb of saying: "to"."""

    masculine_pronouns: frozenset[str]
    feminine_pronouns: frozenset[str]
    common_pronouns: frozenset[str]
    """Pronouns for a man or a woman: Finnish "hän"."""
    plural_pronouns: frozenset[str]
    neuter_pronouns: frozenset[str]
    first_person: frozenset[str]
    first_person_plural: frozenset[str]
    relative_pronouns: frozenset[str]

    elided_words: frozenset[str]
    """Words that an apostrophe joins to the next one: French "l", "qu", Italian "dell"."""
    definite_articles: frozenset[str]
    indefinite_articles: frozenset[str]
    oblique_articles: frozenset[str]
    """Articles, and prepositions joined with one, that no subject has: German "dem", "zum"."""
    oblique_adjective_endings: tuple[str, ...]
    """Endings of adjectives after `genitive_articles` that show such a case."""
    genitive_articles: frozenset[str]
    """Articles that show a genitive right after a noun: German "die Rede der Ministerin"."""
    possessives: frozenset[str]
    quantifiers: frozenset[str]

    masculine_titles: frozenset[str]
    feminine_titles: frozenset[str]
    titles: frozenset[str]
    """All titles and offices that stand before a name, the two lists above included."""
    departments: frozenset[str]
    """What an office is for, where it stands before it: "Home Secretary"."""
    name_suffixes: frozenset[str]
    """Words after a name that belong to it: "Jr"."""
    name_particles: frozenset[str]
    """Small words inside a name: "van", "bin"."""
    family_names: frozenset[str]
    """Chinese, Japanese and Korean family names, which stand before the given name."""
    transliteration_letters: frozenset[str]
    """The letters that foreign names are written with in a script without spaces."""
    roles: frozenset[str]
    """Nouns for people and bodies that speak: "minister", "police"."""
    role_endings: tuple[str, ...]
    """Endings of such nouns."""
    masculine_roles: frozenset[str]
    """Nouns for men only: "spokesman"."""
    feminine_roles: frozenset[str]
    """Nouns for women only: "spokeswoman"."""
    feminine_role_endings: tuple[str, ...]
    impersonal_roles: frozenset[str]
    """Roles that "he" and "she" cannot stand for: plurals and bodies."""
    generic_organisations: frozenset[str]
    """Nouns for an organisation that was named before: "the company"."""
    epithets: frozenset[str]
    """Nouns for a person who was named before: "the Spaniard"."""
    age_endings: tuple[str, ...]
    """Endings of a number that make it an epithet: "the 36-year-old"."""
    organisation_words: frozenset[str]
    """Nouns in the names of organisations: "University"."""

    description_synonyms: tuple[tuple[str, ...], ...]
    """Nouns for the same office, a line each: "governor gov"."""
    description_generics: tuple[tuple[str, ...], ...]
    """A line each: nouns that may stand for anybody called by one of those after "="."""
    description_modifiers: frozenset[str]
    """Words before such a noun, or first parts of a compound, that do not limit it: "former"."""
    former_prefixes: tuple[str, ...]
    """Prefixes of the noun for a former office: "ex-"."""
    party_prefixes: tuple[str, ...]
    """The beginnings of a party with a state after a name: "(D-Nev.)"."""
    party_member: frozenset[str]
    """Nouns for whoever has one."""
    masculine_articles: frozenset[str]
    feminine_articles: frozenset[str]

    intervening_words: frozenset[str]
    """Words that may stand between a subject and its verb: "also", "has", "Monday"."""
    prepositions: frozenset[str]
    conjunctions: frozenset[str]
    subordinators: frozenset[str]
    naming_words: frozenset[str]
    """Words before quoted words that are a name and no utterance: "so-called"."""
    of_prepositions: frozenset[str]
    """Prepositions inside an organisation's name: "Bank of England"."""
    postmodifier_prepositions: frozenset[str]
    """Prepositions that begin a postmodifier: "a spokesman for the mill"."""
    postmodifier_adjectives: frozenset[str]
    """Adjectives that begin a postmodifier: "sources close to the family"."""
    copulas: frozenset[str]
    """Words before what somebody is said to be: "is", "as"."""
    locative_prepositions: frozenset[str]
    """Prepositions before places."""
    adverb_endings: tuple[str, ...]
    adjective_endings: tuple[str, ...]
    """Endings that show that a word before a noun is an adjective."""
    noun_endings: tuple[str, ...]
    """Where every noun has a capital, the endings of common nouns that no name has."""
    opening_endings: tuple[str, ...]
    """Endings of words that are no name though a sentence begins with them: "Hosting"."""
    reported_speech_verbs: frozenset[str]
    """Verb forms that only reported speech has: German "sei", "habe"."""
    abbreviations: frozenset[str]
    """Abbreviations whose full stop ends no sentence, without it; also those in [sentences]."""
    function_words: frozenset[str]
    """Words that are no name though a sentence may begin with them; also the months."""

    capital_first_person: bool
    """Whether the pronoun of the first person has a capital: "I"."""
    inverted_pronouns: frozenset[str]
    """Subjects that a hyphen joins to the verb before them: French "dit-il", "a-t-elle"."""
    enclitic_pronouns: frozenset[str]
    """Objects that a hyphen joins to a verb: Portuguese "disse-lhe"."""
    elided_pronouns: frozenset[str]
    """Pronouns that an apostrophe joins to a verb, without it: French "s'exclama"."""
    capital_nouns: bool
    """Whether every noun has a capital."""
    noun_first: bool
    """Whether a noun stands before its adjectives."""
    verb_second: bool
    """Whether the verb of a clause is its second or its last part, whatever the subject is."""
    null_subject: bool
    """Whether a verb needs no subject: Spanish "dijo"."""
    masculine_verb_endings: tuple[str, ...]
    """Endings of verb forms that show a man as their subject: Polish "powiedział"."""
    feminine_verb_endings: tuple[str, ...]
    definite_endings: tuple[str, ...]
    """Endings of nouns that stand for a definite article: Danish "ministeren"."""
    genitive_endings: tuple[str, ...]
    """The endings of a name in the genitive, without an apostrophe: German "Bergs Rede"."""
    caseless: bool
    """Whether the script has no capitals, so that names are found by the words around them."""
    verb_final: bool
    """Whether a verb of saying stands after the quotation, its subject before: Turkish "dedi"."""
    subject_particles: frozenset[str]
    """Words or endings right after a subject: Korean "은", Hindi "ने"."""
    definite_prefixes: tuple[str, ...]
    """The definite article where it is joined with its noun: Arabic "الوزير"."""
    apostrophe_endings: bool
    """Whether an apostrophe separates a name from its case ending: Turkish "Kaya'nın"."""

    trained_weights: bool
    """Whether the weights were trained on articles in this language."""
    list_unattributed: bool
    """Whether every longer quoted span counts as speech, since few cues are known."""
    dash_dialogue: bool
    """Whether a dash opens speech."""
    hyphen_dialogue: bool
    """Whether a hyphen with a space behind it does so too, where a dash does."""
    inner_inquits: bool
    """Whether an inquit may stand inside the quotation marks: « Oui, dit-il, venez »."""
    subject_first_inquits: bool
    """Whether the subject of an inquit may stand before its verb: Finnish "hän sanoo"."""
    gerund_endings: tuple[str, ...]
    """Endings of verb forms that continue an inquit after a comma: "…, dit-il en riant"."""
    question_labels: frozenset[str]
    """Labels before a question in an interview, in their own case: "Q"."""
    answer_labels: frozenset[str]
    """Labels before an answer in an interview, in their own case: "A"."""

    source_phrase_starts: frozenset[str]
    """The first words of `source_phrases`."""
    source_phrase_ends: frozenset[str]
    """The last words of `source_phrases`."""
    organisation_endings: tuple[str, ...]
    """Where every noun has a capital, `organisation_words` as the ends of compounds."""
    cue_words: frozenset[str]
    """All verbs that may introduce speech."""
    determiners: frozenset[str]
    """Articles, possessives and quantifiers."""
    subject_pronouns: frozenset[str]
    closed_words: frozenset[str]
    """`function_words` and `cue_words`, which are no part of a description without an article."""

    def gender_of(self, noun: str) -> str:
        """Return the gender that a noun for a person shows: "m", "f" or ""."""
        if noun in self.feminine_roles or (
            self.feminine_role_endings and noun.endswith(self.feminine_role_endings)
        ):
            return "f"
        return "m" if noun in self.masculine_roles else ""

    def gender_of_verb(self, verb: str) -> str:
        """Return the gender of the subject that a verb form shows: "m", "f" or ""."""
        if self.feminine_verb_endings and verb.endswith(self.feminine_verb_endings):
            return "f"
        masculine = self.masculine_verb_endings
        return "m" if masculine and verb.endswith(masculine) else ""

    def is_ambiguous_cue(self, word: str) -> bool:
        """Return whether a verb of saying is a noun after an article."""
        return word in self.ambiguous_cues or word.endswith(self.ambiguous_cue_endings)

    def is_organisation_noun(self, noun: str) -> bool:
        """Return whether a noun in lower case is one for an organisation."""
        return noun in self.organisation_words or noun.endswith(self.organisation_endings)

    def is_role(self, word: str) -> bool:
        """Return whether a noun in lower case is one for somebody who speaks."""
        return word in self.roles or _has_form_of_role(self, word)

    def is_human(self, word: str) -> bool:
        """Return whether a noun in lower case is one for a single human being."""
        return self.is_role(word) and word not in self.impersonal_roles

    def is_organisation_name(self, words: Sequence[str]) -> bool:
        """Return whether one of a name's words shows that it is an organisation's."""
        return any(self.is_organisation_noun(word.lower()) for word in words)

    def is_epithet(self, word: str) -> bool:
        """Return whether a noun in lower case, or an age, may stand for anybody named before."""
        return word in self.epithets or self.is_age(word)

    def is_age(self, word: str) -> bool:
        """Return whether a word is an age: "36-year-old"."""
        return bool(self.age_endings) and word.endswith(self.age_endings)


@lru_cache(_MAX_WORDS)
def _has_form_of_role(language: Language, word: str) -> bool:
    """Return whether a word that is in no list of roles is one by its form: "ex-minister"."""
    if language.is_epithet(word) or (
        len(word) >= _MIN_ROLE_LETTERS and word.endswith(language.role_endings)
    ):
        return True
    # "l’ex-ministre"
    return word.startswith(language.former_prefixes) and any(
        word.removeprefix(prefix) in language.roles
        for prefix in language.former_prefixes
        if word.startswith(prefix)
    )
