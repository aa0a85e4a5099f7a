"""The languages that have a data file, and the detection of a text's language by its stop words.

All that the program knows of a language is in `languages/CODE.toml`, where CODE is its
ISO 639 code. `quotes.lexicon` reads the whole file. Detection needs only the stop words;
they stand at the head of the file and are read without a TOML parser, which would slow
the start.
"""

import re
from collections import Counter
from functools import cache
from pathlib import Path

from tuireader.domain.errors import TuiReaderError

LANGUAGE_FOLDER = Path(__file__).parents[1] / "languages"
UNDETERMINED = "und"
"""The code of the file for languages that have none of their own; it has no stop words."""
MAX_WORDS = 2_000
"""The number of words at the start of a text that are counted."""
_MIN_WORDS = 5
_MIN_SHARE = 0.2
"""The share of a text's words that must be stop words of its language."""
_MIN_LEAD = 1.2
"""How many times more stop words the best language must have than the second."""
_HEAD = 4_096
"""Code points at the start of a data file among which its stop words stand."""
_STOP_WORDS = re.compile(r'^stop_words *= *"+([^"]*)"', re.MULTILINE)
_EDGES = ".,;:!?…\"'“”„‘’«»()[]–—-"


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


@cache
def load_stop_words() -> dict[str, frozenset[str]]:
    """Return the stop words of each language by its code; the files are read once.

    Raises:
        LanguageFileError: a language's file has no stop words.

    """
    found: dict[str, frozenset[str]] = {}
    for code, path in language_files().items():
        if code != UNDETERMINED:
            with path.open(encoding="utf-8") as file:
                match = _STOP_WORDS.search(file.read(_HEAD))
            if match is None:
                raise LanguageFileError(path, '“stop_words = """…"""” is missing at its head')
            found[code] = frozenset(match[1].split())
    return found


def language_of(text: str) -> str:
    """Return the ISO 639 code of a text's language, or "" if it is uncertain.

    The first 2,000 words are counted. A fifth of them must be stop words of the language,
    and clearly more than of any other: French and Spanish share "de" and "la", so a mere
    majority says little.
    """
    words = text[: MAX_WORDS * 8].casefold().split()[:MAX_WORDS]
    if len(words) < _MIN_WORDS:
        return ""
    counts = Counter(word.strip(_EDGES) for word in words)
    scores = sorted(
        (
            (sum(counts[word] for word in stop_words if word in counts) / len(words), code)
            for code, stop_words in load_stop_words().items()
        ),
        reverse=True,
    )
    (best, code), (second, _) = scores[:2]
    return code if best >= _MIN_SHARE and best >= _MIN_LEAD * second else ""
