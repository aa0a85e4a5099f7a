"""Reads languages from their data files; a file with problems is refused with all of them."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import cast

from tuireader.quotes.lexicon.language import PHRASE_FIELDS, Language
from tuireader.text.language import (
    MONTHS_IN_YEAR,
    TEXT_KEYS,
    UNDETERMINED,
    LanguageFileError,
    language_files,
    language_of,
    section_text,
)

_DEFAULT = "en"
_SAME_LANGUAGE = {"nb": "no", "nn": "no"}
"""Codes of languages that are read with the file of another one."""
_GIVEN_NAMES = Path(__file__).parents[1] / "given_names.toml"
_ENGLISH_SAMPLE = 2_000
"""Code points at the start of a text that show whether it may be English."""
_MIN_WORDS = 12
"""The fewest words of a text that is not English if it has no function words."""
_WORDS_PER_FUNCTION_WORD = 8
"""English has at least one function word in this many words."""
KEYS = {
    "cues": "say:say_verbs tell:tell_verbs call:call_verbs participles source_phrases "
    "source_phrases_after_quote source_postpositions nouns:cue_nouns ambiguous:ambiguous_cues "
    "ambiguous_endings:ambiguous_cue_endings complementizers call_particles "
    "prefixes:cue_prefixes back_references",
    "polarity": "negations negations_after exceptions:negation_exceptions "
    "subjects:negative_subjects opinions:opinion_verbs hypothetical:hypothetical_phrases "
    "allegations alleged:allegation_phrases particles:verb_particles denied_verbs "
    "infinitives auxiliaries",
    "pronouns": "masculine:masculine_pronouns feminine:feminine_pronouns common:common_pronouns "
    "plural:plural_pronouns neuter:neuter_pronouns "
    "first_person first_person_plural relative:relative_pronouns",
    "articles": "elided:elided_words definite:definite_articles indefinite:indefinite_articles "
    "oblique:oblique_articles oblique_endings:oblique_adjective_endings "
    "genitive:genitive_articles masculine:masculine_articles feminine:feminine_articles "
    "possessives quantifiers",
    "titles": "masculine:masculine_titles feminine:feminine_titles either:titles departments "
    "suffixes:name_suffixes particles:name_particles family_names "
    "transliteration:transliteration_letters",
    "roles": "words:roles endings:role_endings masculine:masculine_roles feminine:feminine_roles "
    "feminine_endings:feminine_role_endings impersonal:impersonal_roles generic_organisations "
    "epithets age_endings organisations:organisation_words",
    "descriptions": "synonyms:description_synonyms generic:description_generics "
    "modifiers:description_modifiers former_prefixes "
    "party_prefixes party_member",
    "words": "intervening:intervening_words prepositions conjunctions subordinators "
    "naming:naming_words of_prepositions postmodifier_prepositions postmodifier_adjectives "
    "copulas locative_prepositions adverb_endings adjective_endings noun_endings opening_endings "
    "reported_speech_verbs abbreviations function_words",
    "grammar": "capital_first_person inverted_pronouns enclitic_pronouns elided_pronouns "
    "capital_nouns noun_first verb_second null_subject "
    "masculine_verb_endings feminine_verb_endings definite_endings genitive_endings "
    "caseless verb_final subject_particles definite_prefixes apostrophe_endings",
    "dialogue": "dash_dialogue hyphen_dialogue inner_inquits gerund_endings subject_first_inquits "
    "question_labels answer_labels",
    "attribution": "trained_weights list_unattributed",
}
"""The keys of each section; the name of the field follows the colon where it differs.

The sections in `TEXT_KEYS` come before them, and `given_names` may follow.
"""
REQUIRED: tuple[tuple[str, str], ...] = (
    ("detection", "stop_words"),
    ("cues", "say"),
    ("cues", "source_phrases"),
    ("roles", "words"),
    ("words", "function_words"),
)
"""The keys that a file needs; that for undetermined languages has no stop words."""
_INSTEAD = {"source_phrases": "source_postpositions"}
"""The key that may stand instead of a required one."""
_ABBREVIATIONS = (
    ("sentences", "abbreviations"),
    ("sentences", "abbreviations_before_numbers"),
    ("sentences", "abbreviations_at_end"),
    ("words", "abbreviations"),
)
"""The keys whose words are all abbreviations in an article of the language."""
_GENDERS = {"masculine": "m", "feminine": "f", "either": ""}
"""The keys of the section `given_names`."""


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a data file of their own, in order."""
    return tuple(code for code in language_files() if code != UNDETERMINED)


@cache
def load_language(code: str) -> Language:
    """Return the language of an ISO 639 code or a longer tag such as "de-AT".

    No code means English. A language without a data file is read with the file for
    undetermined languages.

    Raises:
        LanguageFileError: the file has problems.

    """
    files = language_files()
    code = code.partition("-")[0].lower() or _DEFAULT
    code = _SAME_LANGUAGE.get(code, code)
    return read_language(files.get(code, files[UNDETERMINED]))


def language_for(code: str, text: str) -> Language:
    """Return the language of a code; without a code, English or what the text looks like."""
    if code or _may_be_english(text[:_ENGLISH_SAMPLE]):
        return load_language(code)
    return load_language(language_of(text) or UNDETERMINED)


def _may_be_english(text: str) -> bool:
    """Return whether a text is in Latin letters and, if it is long, has function words."""
    letters = [letter for letter in text if letter.isalpha()]
    if sum(letter < "\u0250" for letter in letters) * 2 < len(letters):
        return False
    words = text.lower().split()
    count = sum(word in load_language(_DEFAULT).function_words for word in words)
    return len(words) < _MIN_WORDS or count * _WORDS_PER_FUNCTION_WORD >= len(words)


@cache
def first_names() -> Mapping[str, str]:
    """Return given names in lower case, each with its gender: "m", "f" or "" for either.

    They are those of `given_names.toml`, and those that the languages' files add in a
    section `given_names`. A name that these give two genders is for either.
    """
    common = _names_in(_read_toml(_GIVEN_NAMES))
    added: dict[str, str] = {}
    for path in language_files().values():
        if section := section_text(path.read_text("utf-8"), "given_names"):
            for name, gender in _names_in(_parse_toml(path, section)).items():
                added[name] = gender if added.get(name, gender) == gender else ""
    return added | common


def is_known_given_name(word: str) -> bool:
    """Return whether a word in lower case is a given name, or several with hyphens: "eva-marie"."""
    names = first_names()
    return word in names or ("-" in word and all(part in names for part in word.split("-")))


def _names_in(data: Mapping[str, object]) -> dict[str, str]:
    """Return the names in the section `given_names` of a file, each with its gender."""
    lists = cast("Mapping[str, str]", data["given_names"])
    return {name: _GENDERS[key] for key, names in lists.items() for name in names.split()}


def read_language(path: Path) -> Language:
    """Return the language of a data file; its name without the ending is the code.

    Raises:
        LanguageFileError: the file is not TOML, or has missing or unknown keys, or values
            of the wrong kind; the message lists all of them.

    """
    data = _read_toml(path)
    if problems := [*_unknown(data), *_missing(data, path.stem), *_wrong_values(data)]:
        raise LanguageFileError(path, *problems)
    fields: dict[str, object] = {}
    for section, keys in KEYS.items():
        values = cast("Mapping[str, object]", data.get(section, {}))
        for key, field in fields_of(keys):
            fields[field] = _value(field, values.get(key))
    fields["abbreviations"] = _abbreviations(data)
    fields["function_words"] = cast("frozenset[str]", fields["function_words"]) | _months(data)
    return Language(code=path.stem, **_with_unions(fields))  # type: ignore[arg-type] # by KEYS


def _abbreviations(data: Mapping[str, object]) -> frozenset[str]:
    """Return all abbreviations of a language: those for texts of any language, and its own."""
    sections = cast("Mapping[str, Mapping[str, str]]", data)
    return frozenset(
        word
        for section, key in _ABBREVIATIONS
        for word in sections.get(section, {}).get(key, "").split()
    )


def _months(data: Mapping[str, object]) -> frozenset[str]:
    """Return the full names of the months, which are no names of people or places."""
    dates = cast("Mapping[str, str]", data.get("dates", {}))
    return frozenset(line.split()[0] for line in dates.get("months", "").strip().splitlines())


def _read_toml(path: Path) -> dict[str, object]:
    """Return the content of a TOML file; raise LanguageFileError if it is none."""
    try:
        return _parse_toml(path, path.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise LanguageFileError(path, f"not UTF-8: {error}") from error


def _parse_toml(path: Path, text: str) -> dict[str, object]:
    """Return the content of a TOML text; raise LanguageFileError, which names the file."""
    import tomllib  # noqa: PLC0415 - only who extracts quotations pays for the parser

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LanguageFileError(path, f"not valid TOML: {error}") from error


def fields_of(keys: str) -> Iterator[tuple[str, str]]:
    """Yield each key of a section with the name of its field."""
    for item in keys.split():
        key, _, field = item.partition(":")
        yield key, field or key


def _sections() -> dict[str, dict[str, str]]:
    """Return the keys of each section with the fields of `Language` that they fill, else ""."""
    return (
        {section: dict.fromkeys(keys.split(), "") for section, keys in TEXT_KEYS.items()}
        | {section: dict(fields_of(keys)) for section, keys in KEYS.items()}
        | {"given_names": dict.fromkeys(_GENDERS, "")}
    )


def _unknown(data: Mapping[str, object]) -> Iterator[str]:
    """Yield a clause for each section and key that no language has."""
    sections = _sections()
    for section, values in data.items():
        if not isinstance(values, Mapping):
            yield f"unknown key “{section}” before the first section"
        elif section not in sections:
            yield f"unknown section [{section}]{_suggestion(section, sections)}"
        else:
            known = sections[section]
            for key in values:
                if key not in known:
                    yield f"unknown key “{key}” in [{section}]{_suggestion(key, known)}"


def _missing(data: Mapping[str, object], code: str) -> Iterator[str]:
    """Yield a clause for each required key that is absent or empty."""
    for section, key in REQUIRED:
        values = data.get(section)
        keys = (key, _INSTEAD.get(key, key))
        present = isinstance(values, Mapping) and any(values.get(name) for name in keys)
        if not present and not (code == UNDETERMINED and section == "detection"):
            yield f"missing key “{key}” in [{section}]"


def _wrong_values(data: Mapping[str, object]) -> Iterator[str]:
    """Yield a clause for each value that is of another kind than its key asks for."""
    for section, keys in _sections().items():
        values = data.get(section)
        if isinstance(values, Mapping):
            for key, field in keys.items():
                if key in values and (expected := _expected(key, field, values[key])):
                    yield f"“{key}” in [{section}] must be {expected}"


def _suggestion(name: str, known: Iterable[str]) -> str:
    """Return the known name that is most like another one, as a question; else ""."""
    from difflib import get_close_matches  # noqa: PLC0415 - needed for a faulty file only

    close = get_close_matches(name, list(known), 1)
    return f" (did you mean “{close[0]}”?)" if close else ""


def _expected(key: str, field: str, value: object) -> str:
    """Return what a key's value must be if this value is of another kind, else ""."""
    if field and Language.__annotations__[field] is bool:
        return "" if isinstance(value, bool) else "true or false"
    if field in PHRASE_FIELDS:
        listed = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return "" if listed else "a list of phrases"
    if not isinstance(value, str):
        return "words in one string"
    if key == "months" and len(value.strip().split("\n")) != MONTHS_IN_YEAR:
        return "a line for each of the twelve months"
    return ""


def _value(field: str, value: object) -> object:
    """Convert a key's value to the type of its field; an absent one is false or empty."""
    kind = Language.__annotations__[field]
    if kind is bool:
        return bool(value)
    if field in PHRASE_FIELDS:
        phrases = [phrase.lower().replace("'", "' ") for phrase in cast("list[str]", value or [])]
        return tuple(tuple(phrase.split()) for phrase in _with_curly(phrases))
    words = _with_curly(cast("str", value or "").split())
    # A compiled class has `frozenset` where the source has `frozenset[str]`.
    return frozenset(words) if kind in (frozenset, frozenset[str]) else tuple(words)


def _with_curly(words: list[str]) -> list[str]:
    """Return the words and, of those with a straight apostrophe, a form with a curly one."""
    return [*words, *(word.replace("'", "’") for word in words if "'" in word)]


def _with_unions(given: Mapping[str, object]) -> dict[str, object]:
    """Return the fields, and those that are computed from them, such as all titles."""

    def union(*names: str) -> frozenset[str]:
        return frozenset(word for name in names for word in cast("frozenset[str]", fields[name]))

    fields = dict(given)
    phrases = cast("tuple[tuple[str, ...], ...]", fields["source_phrases"])
    fields["say_verbs"] = union("say_verbs", "denied_verbs")
    fields |= {
        verbs: union(verbs)
        | {prefix + verb for prefix in union("cue_prefixes") for verb in union(verbs)}
        for verbs in ("say_verbs", "tell_verbs", "call_verbs")
    }
    fields["cue_words"] = union("say_verbs", "tell_verbs", "call_verbs", "participles")
    return {
        **fields,
        "source_phrase_starts": frozenset(phrase[0] for phrase in phrases),
        "source_phrase_ends": frozenset(phrase[-1] for phrase in phrases),
        "titles": union("titles", "masculine_titles", "feminine_titles"),
        "roles": union("roles", "masculine_roles", "feminine_roles"),
        "organisation_endings": tuple(
            word
            for word in union("organisation_words")
            if fields["capital_nouns"] and len(word) > 4
        ),
        "closed_words": union("function_words", "cue_words"),
        "determiners": union(
            "definite_articles", "indefinite_articles", "possessives", "quantifiers"
        ),
        "subject_pronouns": union(*(field for _, field in fields_of(KEYS["pronouns"]))),
    }
