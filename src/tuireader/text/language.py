"""The data files of the languages, and the detection of the language of a text."""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tuireader.domain.errors import TuiReaderError
from tuireader.text.lazy_pattern import lazy_pattern

LANGUAGE_FOLDER = Path(__file__).parents[1] / "languages"
UNDETERMINED = "und"
"""The code of the file for languages that have none of their own; it has no stop words."""
MONTHS_IN_YEAR = 12

TEXT_KEYS = {
    "detection": "stop_words foreign_words example",
    "sentences": "abbreviations abbreviations_before_numbers abbreviations_at_end first_words "
    "ordinal_nouns inquit_verbs apostrophe_words",
    "dates": "months day_articles day_endings month_prepositions time_prepositions hour_words",
    "header": "date_labels date_prepositions title_labels author_labels outlet_labels "
    "byline_words and_words",
}
"""The keys of each section that is read here. A value is one string: words, in `months` lines."""
_KEY = lazy_pattern(r'^(\w+) *= *"(?:""([^"]*)"""|([^"\n]*)")', re.MULTILINE)


class LanguageFileError(TuiReaderError):
    """A language's data file has problems; the message lists all of them."""

    def __init__(self, path: Path, *problems: str) -> None:
        """Name the file, and give each problem as a clause."""
        super().__init__(f"{path.name}: {'; '.join(problems)}")


def language_files() -> dict[str, Path]:
    """Return the data file of each language by its ISO 639 code, in the order of the codes.

    The file for undetermined languages, `und.toml`, is one of them.
    """
    return {path.stem: path for path in sorted(LANGUAGE_FOLDER.glob("*.toml"))}


def values(section: str, key: str) -> dict[str, str]:
    """Return the value of a key by the code of each language that has one.

    `section` and `key` are those of `TEXT_KEYS`; languages without the key are left out. A value is
    the string of the data file.
    """
    return {
        code: found[section, key]
        for code, found in _text_values().items()
        if (section, key) in found
    }


@cache
def words(section: str, key: str) -> frozenset[str]:
    """Return the words of all languages at a key, such as "dates", "hour_words".

    `section` and `key` are those of `TEXT_KEYS`. The set is empty if no language has the key.
    """
    return frozenset(word for value in values(section, key).values() for word in value.split())


def month_names() -> dict[str, list[list[str]]]:
    """Return the names of the months by language code: twelve lists, January first.

    In each list, the full name comes before the abbreviations. Languages without names are left
    out.
    """
    return {
        code: [line.split() for line in value.split("\n") if line.strip()]
        for code, value in values("dates", "months").items()
    }


def section_text(text: str, name: str) -> str:
    """Return a section of a data file's text, with its heading; "" if the file has none.

    `text` is the whole file in TOML, `name` the section's name without brackets.
    """
    start = 0 if text.startswith(f"[{name}]\n") else text.find(f"\n[{name}]\n")
    if start < 0:
        return ""
    end = text.find("\n[", start + 1)
    return text[start : end if end >= 0 else len(text)]


def any_of(listed: frozenset[str]) -> str:
    """Return a regular expression, one group, that matches any of the words literally.

    For an empty set it matches nothing.
    """
    return f"(?:{'|'.join(map(re.escape, sorted(listed)))})" if listed else "(?!)"


@cache
def _text_values() -> dict[str, dict[tuple[str, str], str]]:
    """Return the values in `TEXT_KEYS` by language, section and key; the files are read once."""
    found: dict[str, dict[tuple[str, str], str]] = {}
    for code, path in language_files().items():
        text = path.read_text("utf-8")
        found[code] = {
            (section, match[1]): match[2] or match[3] or ""
            for section in TEXT_KEYS
            for match in _KEY.finditer(section_text(text, section))
        }
    return found


MAX_WORDS = 2_000
"""The number of words at the start of a text that are counted."""
_MIN_WORDS = 5
_MIN_SHARE = 0.2
"""The share of a text's words that must be stop words of its language."""
_MIN_SHARE_NOT_LATIN = 0.08
"""The same in another script, which fewer languages share, and where small words may be joined."""
_MIN_SHARE_INFLECTED = 0.12
"""The same if the language leads clearly: Finnish and Turkish have endings for small words."""
_GREAT_LEAD = 2.2
"""How many times more stop words are clearly more."""
_NOT_LATIN = "\u0370"
"""The first letter of the scripts after Latin."""
_MIN_LEAD = 1.2
"""How many times more stop words the best language must have than the second."""
_FOREIGN = 4
"""How many stop words one foreign word outweighs."""
_SCRIPT_SAMPLE = 400
"""Code points at the start of a text that show its script."""
_EAST_ASIAN = "\u3005"
"""From this letter on, the scripts are those of Chinese, Japanese and Korean."""
_MIN_EAST_ASIAN_SHARE = 0.04
"""The fewest small words of such a language for each code point of a text."""
_EDGES = ".,;:!?…\"'“”„‘’«»()[]–—-،؛؟।"


class LanguageProfile(NamedTuple):
    """The words that count for and against a language, in lower case."""

    stop_words: frozenset[str]
    """Its most frequent words."""
    foreign_words: frozenset[str]
    """Frequent words of similar languages, which it lacks."""


@cache
def language_profiles() -> dict[str, LanguageProfile]:
    """Return the profile of each language by its code; they are read once.

    Raises:
        LanguageFileError: a language's file has no stop words.

    """
    stop_words, foreign = values("detection", "stop_words"), values("detection", "foreign_words")
    for code, path in language_files().items():
        if code != UNDETERMINED and code not in stop_words:
            raise LanguageFileError(path, "missing key “stop_words” in [detection]")
    return {
        code: LanguageProfile(frozenset(listed.split()), frozenset(foreign.get(code, "").split()))
        for code, listed in stop_words.items()
    }


def language_of(text: str) -> str:
    """Return the ISO 639 code of a text's language, or "" if it is uncertain.

    The first 2,000 words are counted; a text of fewer than five is uncertain. A fifth of them must
    be stop words of the language, and clearly more than of any other: French and Spanish share "de"
    and "la", so a mere majority says little. Frequent words of a similar language count against it:
    Norwegian is not Danish, though they share most stop words. In Chinese, Japanese and Korean,
    whose small words no space separates, they are counted wherever they stand.
    """
    sample = text[: MAX_WORDS * 8].casefold()
    if _is_east_asian(sample):
        return _east_asian_language(sample)
    words = sample.split()[:MAX_WORDS]
    if len(words) < _MIN_WORDS:
        return ""
    counts = Counter(word.strip(_EDGES) for word in words)
    scores = sorted(
        (_score(counts, profile) / len(words), code)
        for code, profile in language_profiles().items()
    )
    (second, _), (best, code) = scores[-2:]
    letters = sum(letter.isalpha() for letter in sample[:_SCRIPT_SAMPLE])
    others = sum(letter >= _NOT_LATIN and letter.isalpha() for letter in sample[:_SCRIPT_SAMPLE])
    least = _MIN_SHARE_NOT_LATIN if others * 2 > letters else _MIN_SHARE
    if best < least and best >= _MIN_SHARE_INFLECTED:
        return code if best >= _GREAT_LEAD * second else ""
    return code if best >= least and best >= _MIN_LEAD * second else ""


def _is_east_asian(sample: str) -> bool:
    """Return whether at least half of the letters at a text's start are Han, Kana or Hangul."""
    letters = [letter for letter in sample[:_SCRIPT_SAMPLE] if letter.isalpha()]
    return sum(letter >= _EAST_ASIAN for letter in letters) * 2 > len(letters)


def _east_asian_language(sample: str) -> str:
    """Return which language in an East Asian script a text is in, or "" if it is uncertain."""
    scores = sorted(
        (
            _score(
                Counter({word: sample.count(word) for listed in profile for word in listed}),
                profile,
            ),
            code,
        )
        for code, profile in language_profiles().items()
        if min(profile.stop_words) >= _EAST_ASIAN
    )
    if not scores or scores[-1][0] < len(sample) * _MIN_EAST_ASIAN_SHARE:
        return ""
    return scores[-1][1]


def _score(counts: Counter[str], profile: LanguageProfile) -> int:
    """Return the number of stop words of a language, less four for each foreign word.

    `counts` has the number of each word of a text, in lower case. The score may be negative.
    """
    found, foreign = (sum(counts[word] for word in listed if word in counts) for listed in profile)
    return found - _FOREIGN * foreign
