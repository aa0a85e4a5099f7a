"""What the engine knows of a language: word lists, read from one data file a language."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("languages")
_DEFAULT = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
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
    after: frozenset[str]
    """Words behind a source (German "zufolge")."""
    cue_noun: frozenset[str]
    """Nouns for what is said or written."""
    that: frozenset[str]
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
    definite: frozenset[str]
    indefinite: frozenset[str]
    oblique: frozenset[str]
    """Articles and the like that no subject has."""
    possessive: frozenset[str]
    quantity: frozenset[str]
    title_masculine: frozenset[str]
    title_feminine: frozenset[str]
    titles: frozenset[str]
    """All titles and offices that stand before a name."""
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
    organisations: frozenset[str]
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
    function: frozenset[str]
    """Words that are no name though a sentence may begin with them."""
    dashes: bool
    """Whether a dash opens dialogue."""
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

    def is_role(self, word: str) -> bool:
        """Whether a noun in lower case is one for somebody who speaks."""
        return word in self.roles or (len(word) > 6 and word.endswith(self.role_endings))


def languages() -> tuple[str, ...]:
    """The codes of the languages that have a data file, in order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("??.toml")))


@cache
def language_of(code: str) -> Language:
    """The language of an ISO 639-1 code; English where there is no data for it."""
    code = code[:2].lower()
    if code not in languages():
        code = _DEFAULT
    return _read(code)


@cache
def first_names() -> dict[str, str]:
    """Given names in lower case, each with "m", "f" or "" for either."""
    data = _load("names")
    genders = {"masculine": "m", "feminine": "f", "either": ""}
    return {name: genders[kind] for kind, names in data["given"].items() for name in names.split()}


def _load(name: str) -> dict[str, dict[str, str]]:
    import tomllib  # noqa: PLC0415 - only who extracts quotations pays for the parser

    return tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))


def _read(code: str) -> Language:
    data = _load(code)

    def words(section: str, key: str) -> frozenset[str]:
        value = data.get(section, {}).get(key, "")
        return frozenset(value.split() if isinstance(value, str) else value)

    lists = {name: words(section, key) for name, (section, key) in _LISTS.items()}
    lists |= {name: words("words", name) for name in _WORDS}
    lists |= {name: words("pronouns", name) for name in _PRONOUNS}
    lists["roles"] |= lists["masculine_roles"] | lists["feminine_roles"]
    titles = lists["title_masculine"] | lists["title_feminine"] | words("titles", "either")
    return Language(
        code=code,
        **lists,
        titles=titles,
        according=tuple(tuple(phrase.split()) for phrase in data["cues"]["according"]),
        role_endings=tuple(data["roles"]["endings"].split()),
        feminine_endings=tuple(data["roles"].get("feminine_endings", "").split()),
        adverb_endings=tuple(data["words"].get("adverb_endings", "").split()),
        adjective_endings=tuple(data["words"].get("adjective_endings", "\0").split()),
        dashes=bool(data["dialogue"]["dashes"]),
        inversion=bool(data["dialogue"].get("inversion", False)),
        nouns_capital=bool(data["dialogue"].get("nouns_capital", False)),
        cues=lists["say"] | lists["tell"] | lists["call"] | lists["participle"],
        determiners=lists["definite"]
        | lists["indefinite"]
        | lists["possessive"]
        | lists["quantity"],
        pronouns=frozenset[str]().union(*(lists[key] for key in _PRONOUNS[:7])),
    )


_LISTS = {
    "say": ("cues", "say"),
    "tell": ("cues", "tell"),
    "call": ("cues", "call"),
    "participle": ("cues", "participle"),
    "after": ("cues", "after"),
    "cue_noun": ("cues", "nouns"),
    "that": ("cues", "that"),
    "title_masculine": ("titles", "masculine"),
    "title_feminine": ("titles", "feminine"),
    "roles": ("roles", "words"),
    "masculine_roles": ("roles", "masculine"),
    "feminine_roles": ("roles", "feminine"),
    "impersonal": ("roles", "impersonal"),
    "organisations": ("roles", "organisations"),
    "question": ("dialogue", "question"),
    "answer": ("dialogue", "answer"),
    "definite": ("articles", "definite"),
    "indefinite": ("articles", "indefinite"),
    "oblique": ("articles", "oblique"),
    "possessive": ("articles", "possessive"),
    "quantity": ("articles", "quantity"),
    "suffix": ("titles", "suffix"),
    "particles": ("titles", "particles"),
    "abbreviations": ("titles", "abbreviations"),
}
"""Where each list stands in a data file that is not called as it is here."""
_PRONOUNS = (
    "masculine",
    "feminine",
    "plural",
    "neuter",
    "first",
    "first_plural",
    "relative",
    "masculine_other",
    "feminine_other",
)
_WORDS = (
    "between",
    "preposition",
    "conjunction",
    "subordinator",
    "naming",
    "copula",
    "modifier",
    "locative",
    "function",
    "of",
    "tail",
)
