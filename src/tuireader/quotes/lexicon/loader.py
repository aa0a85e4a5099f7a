"""Languages read from their data files, one a language; a file that is wrong is refused clearly."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import cast

from tuireader.domain.errors import TuiReaderError
from tuireader.quotes.lexicon.language import Language

FOLDER = Path(__file__).parents[1] / "languages"
_DEFAULT = "en"
_OTHER = "und"
"""The file for languages that have none; the code for an undetermined language."""
_NAMES = "names"
"""The file of given names, which is no language's."""
_SAMPLE = 2_000
"""Code points that are looked at to tell whether a text is English."""
_FEW = 12
"""Words that are too few to tell."""
_SHARE = 8
"""Words among which English has a small one at least."""
KEYS = {
    "cues": "say tell call participle according behind after nouns:cue_noun ambiguous "
    "ambiguous_endings that called",
    "pronouns": "masculine feminine plural neuter first first_plural relative masculine_other "
    "feminine_other",
    "articles": "elided definite indefinite oblique oblique_endings genitive possessive quantity",
    "titles": "masculine:title_masculine feminine:title_feminine either:titles departments "
    "suffix particles abbreviations",
    "roles": "words:roles endings:role_endings masculine:masculine_roles feminine:feminine_roles "
    "feminine_endings impersonal organisations bodies epithets age_endings",
    "words": "between preposition conjunction subordinator naming copula modifier locative "
    "function of tail reported adverb_endings adjective_endings noun_endings opening_endings",
    "dialogue": "learnt first_capital lists_all dashes asides inversion nouns_capital noun_first "
    "verb_second subjectless genitive_endings question answer",
}
"""The keys of each section; the name of the field follows where it is another."""
REQUIRED = {"cues": ("say", "according"), "roles": ("words",), "words": ("function",)}
_PHRASES = {"according", "behind", "after"}
_ENDINGS = {
    "role_endings",
    "feminine_endings",
    "age_endings",
    "adverb_endings",
    "adjective_endings",
    "noun_endings",
    "opening_endings",
    "ambiguous_endings",
    "oblique_endings",
    "genitive_endings",
}
_FLAGS = {
    "learnt",
    "first_capital",
    "lists_all",
    "dashes",
    "asides",
    "inversion",
    "nouns_capital",
    "noun_first",
    "verb_second",
    "subjectless",
}
_SUBJECTS = ("masculine", "feminine", "plural", "neuter", "first", "first_plural", "relative")
"""The sections of pronouns that can be a subject."""


class LanguageFileError(TuiReaderError):
    """A language's data file says something that the engine does not understand."""

    def __init__(self, path: Path, reason: str) -> None:
        """Name the file, and give the reason as a clause."""
        super().__init__(f"{path.name}: {reason}")


def languages() -> tuple[str, ...]:
    """The codes of the languages that have a data file, in order."""
    codes = (path.stem for path in FOLDER.glob("*.toml"))
    return tuple(sorted(code for code in codes if code not in (_NAMES, _OTHER)))


@cache
def load_language(code: str) -> Language:
    """The language of an ISO 639 code or a longer tag; English where none is given.

    One that has no data file is read with the file for undetermined languages.
    """
    code = code.partition("-")[0].lower() or _DEFAULT
    return read_language(FOLDER / f"{code if code in languages() else _OTHER}.toml")


def language_for(code: str, text: str) -> Language:
    """The language of a code; without one, English unless the text does not look like it."""
    return load_language(code or (_DEFAULT if _may_be_english(text[:_SAMPLE]) else _OTHER))


def _may_be_english(text: str) -> bool:
    """Whether a text is in Latin letters, and has the small words of English if it is long."""
    letters = [letter for letter in text if letter.isalpha()]
    if sum(letter < "\u0250" for letter in letters) * 2 < len(letters):
        return False
    words = text.lower().split()
    small = sum(word in load_language(_DEFAULT).function for word in words)
    return len(words) < _FEW or small * _SHARE >= len(words)


@cache
def first_names() -> dict[str, str]:
    """Given names in lower case, each with "m", "f" or "" for either."""
    given = _load(FOLDER / f"{_NAMES}.toml")["given"]
    genders = {"masculine": "m", "feminine": "f", "either": ""}
    return {name: genders[kind] for kind, names in given.items() for name in str(names).split()}


def read_language(path: Path) -> Language:
    """The language of a data file.

    Raises LanguageFileError, which names the file and the key, for a section or key
    that is not known, one that is missing, and a value of another kind.
    """
    data = _load(path)
    _check_names(path, data)
    fields: dict[str, object] = {}
    for section, keys in KEYS.items():
        for item in keys.split():
            key, _, field = item.partition(":")
            field = field or key
            fields[field] = _value(path, section, key, field, data.get(section, {}).get(key))
    return Language(code=path.stem, **_with_unions(fields))  # type: ignore[arg-type] # by KEYS


def _load(path: Path) -> dict[str, dict[str, object]]:
    import tomllib  # noqa: PLC0415 - only who extracts quotations pays for the parser

    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise LanguageFileError(path, f"it is no TOML in UTF-8: {error}") from error
    for section, value in data.items():
        if not isinstance(value, dict):
            raise LanguageFileError(path, f"“{section}” stands outside the sections")
    return data


def _check_names(path: Path, data: Mapping[str, Mapping[str, object]]) -> None:
    """Refuse sections and keys that are not known, and a file that lacks what is needed."""
    for section, given in data.items():
        if section not in KEYS:
            raise LanguageFileError(path, f"unknown section [{section}]{_like(section, KEYS)}")
        known = [item.partition(":")[0] for item in KEYS[section].split()]
        for key in given:
            if key not in known:
                reason = f"unknown key “{key}” in [{section}]{_like(key, known)}"
                raise LanguageFileError(path, reason)
    for section, keys in REQUIRED.items():
        for key in keys:
            if not data.get(section, {}).get(key):
                raise LanguageFileError(path, f"[{section}] needs “{key}”")


def _like(name: str, known: Mapping[str, str] | list[str]) -> str:
    close = get_close_matches(name, list(known), 1)
    return f"; did you mean “{close[0]}”?" if close else ""


def _value(path: Path, section: str, key: str, field: str, value: object) -> object:
    """What stands at a key as its field holds it."""
    if field in _FLAGS:
        if not isinstance(value, bool | None):
            raise LanguageFileError(path, f"“{key}” in [{section}] must be true or false")
        return bool(value)
    listed = isinstance(value, list) and all(isinstance(item, str) for item in value)
    if field in _PHRASES:
        if value is not None and not listed:
            raise LanguageFileError(path, f"“{key}” in [{section}] must be a list of phrases")
        phrases = [phrase.lower().replace("'", "' ") for phrase in value or ()]  # type: ignore[attr-defined] # checked
        return tuple(tuple(phrase.split()) for phrase in _curled(phrases))
    if not isinstance(value, str | None):
        raise LanguageFileError(path, f"“{key}” in [{section}] must be words in one string")
    words = _curled((value or "").split())
    return tuple(words) if field in _ENDINGS else frozenset(words)


def _curled(words: list[str]) -> list[str]:
    """The words, and those with an apostrophe with a curly one too."""
    return [*words, *(word.replace("'", "’") for word in words if "'" in word)]


def _with_unions(fields: Mapping[str, object]) -> dict[str, object]:
    """The same with the lists that are made of others."""

    def union(*names: str) -> frozenset[str]:
        return frozenset(word for name in names for word in cast("frozenset[str]", fields[name]))

    return {
        **fields,
        "source_ends": frozenset(
            phrase[-1] for phrase in cast("tuple[tuple[str, ...], ...]", fields["according"])
        ),
        "titles": union("titles", "title_masculine", "title_feminine"),
        "roles": union("roles", "masculine_roles", "feminine_roles"),
        "body_endings": tuple(
            word for word in union("organisations") if fields["nouns_capital"] and len(word) > 4
        ),
        "cues": union("say", "tell", "call", "participle"),
        "determiners": union("definite", "indefinite", "possessive", "quantity"),
        "pronouns": union(*_SUBJECTS),
    }
