"""The data files of the languages, and those of their words that texts of any language need.

All that the program knows of a language is in `languages/CODE.toml`, where CODE is its
ISO 639 code. The sections in `TEXT_KEYS` are for the detection of languages, for sentences,
and for dates and headers. They are needed at the start and are read here without a TOML
parser, which would slow it. `quotes.lexicon.loader` reads and checks whole files.
"""

import re
from functools import cache
from pathlib import Path

from tuireader.domain.errors import TuiReaderError

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
_KEY = re.compile(r'^(\w+) *= *"(?:""([^"]*)"""|([^"\n]*)")', re.MULTILINE)


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
    """Return the value of a key in `TEXT_KEYS` by the code of each language that has one."""
    return {
        code: found[section, key]
        for code, found in _text_values().items()
        if (section, key) in found
    }


@cache
def words(section: str, key: str) -> frozenset[str]:
    """Return the words of all languages at a key in `TEXT_KEYS`."""
    return frozenset(word for value in values(section, key).values() for word in value.split())


def month_names() -> dict[str, list[list[str]]]:
    """Return the names of the twelve months by language; full names come before abbreviations."""
    return {
        code: [line.split() for line in value.split("\n") if line.strip()]
        for code, value in values("dates", "months").items()
    }


def section_text(text: str, name: str) -> str:
    """Return a section of a data file's text, with its heading; "" if the file has none."""
    start = 0 if text.startswith(f"[{name}]\n") else text.find(f"\n[{name}]\n")
    if start < 0:
        return ""
    end = text.find("\n[", start + 1)
    return text[start : end if end >= 0 else len(text)]


def any_of(listed: frozenset[str]) -> str:
    """Return a regular expression, one group, that matches any of the words."""
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
