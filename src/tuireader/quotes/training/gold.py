"""Reads labelled articles, and compares spans and names with their labels.

A labelled `.jsonl` file has one article a line: {"id", "text", "lang", "quotes":
[{"start", "end", "speaker", "speaker_type"?, "speaker_aliases"?, "speaker_mention_start"?,
"speaker_mention_end"?, "ignore"?}], "ignore"?: [[start, end]]}; offsets are code points
of "text". A folder holds articles as plain text in which each quotation is followed by
its speaker in braces: “We sail at noon,”{Ada Moor} she said. {-} is nobody. Its `.toml` files
hold short articles with what is said in them, as `tests/quotes/articles` has.
"""

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tuireader.domain.article import Article
from tuireader.quotes.quoted_spans import paragraphs_of, quoted_spans

_ENDS = " \t\r\n\xa0“”\"„«»‹›‘’‚'`,.;:!?…-–—¿¡"
_WORD = re.compile(r"[\w-]+")
_LABEL = re.compile(r"\{([^{}]*)\}")
_SAID_KEYS = ("said", "not_said", "alleged")
"""The keys of a short article under which its quotations stand; what was denied is one, too."""
_POSSESSIVE = re.compile(r"[’']s\b")
_TITLES = frozenset(
    re.findall(
        r"\w+",
        "mr mrs ms miss dr sir dame lord lady sen senator rep gov governor president judge mayor "
        "prof professor gen general former herr frau m mme don a an the der die das le la el",
    )
)
"""Words before a name that do not count when names are compared."""


def labelled_articles(path: Path) -> Iterator[tuple[Article, dict[str, Any]]]:
    """Yield the articles of a labelled file or a folder of annotated texts, and their labels."""
    if path.is_dir():
        for file in sorted(path.glob("*.txt")):
            yield parse_annotated(file.read_text("utf-8"), file.stem)
        for file in sorted(path.glob("*.toml")):
            for number, record in enumerate(tomllib.loads(file.read_text("utf-8"))["article"]):
                yield _short_article(record, file.stem, f"{file.stem}.{number}")
        return
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield (
                Article(
                    location=record["id"], text=record["text"], language=record.get("lang", "")
                ),
                record,
            )


def _short_article(
    record: dict[str, Any], language: str, name: str
) -> tuple[Article, dict[str, Any]]:
    """Return a short article of a `.toml` file, and its labels."""
    text = str(record["text"]).strip()
    article = Article(
        location=name, text=text, language=language, author=str(record.get("author", ""))
    )
    quotes: list[dict[str, Any]] = []
    for key in _SAID_KEYS:
        offset = 0
        for speaker, words in record.get(key, ()):
            start = text.index(words, offset)
            offset = start + len(words)
            if speaker:
                quotes.append({"start": start, "end": offset, "speaker": speaker})
            elif key != "said":
                # "Nobody said “…”" is a quotation, but has no speaker to learn.
                quotes.append({"start": start, "end": offset, "speaker": "", "ignore": True})
    quotes.sort(key=lambda label: int(label["start"]))
    return article, {"id": name, "text": text, "quotes": quotes}


def parse_annotated(annotated: str, name: str = "") -> tuple[Article, dict[str, Any]]:
    """Return the article of an annotated text, and its labels.

    A span that the next paragraph continues has the speaker of its end. A name that begins
    with a language's code and a full stop, such as "de.harbour", sets the language; else it is
    English.
    """
    code = name.partition(".")[0]
    text = _LABEL.sub("", annotated)
    article = Article(location=name, text=text, language=code if len(code) == 2 else "en")
    speakers: dict[int, str] = {}
    removed = 0
    for label in _LABEL.finditer(annotated):
        speakers[label.start() - removed] = label[1]
        removed += len(label[0])
    quotes: list[dict[str, Any]] = []
    speaker = ""
    for span in reversed(quoted_spans(text, paragraphs_of(article))):
        speaker = speakers.get(span.outer_end, "" if span.closed else speaker)
        if speaker not in ("", "-"):
            quotes.append({"start": span.start, "end": span.end, "speaker": speaker})
    return article, {"id": name, "text": text, "quotes": quotes[::-1]}


def trim_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without the white space and punctuation at its ends."""
    while start < end and text[start] in _ENDS:
        start += 1
    while end > start and text[end - 1] in _ENDS:
        end -= 1
    return start, end


def name_words(name: str) -> list[str]:
    """Return the words of a name without titles, articles, accents, possessives and case."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()
    words = _WORD.findall(_POSSESSIVE.sub("", plain))
    while len(words) > 1 and words[0] in _TITLES:
        del words[0]
    return words


def same_name(one: str, other: str) -> bool:
    """Return whether two names agree in full, middle names left out."""
    first, second = name_words(one), name_words(other)
    if not first or not second:
        return False
    return first == second or (
        len(first) > 1 and len(second) > 1 and first[0] == second[0] and first[-1] == second[-1]
    )


def similar_name(one: str, other: str) -> bool:
    """Return whether two names agree in the surname, or two descriptions in most words."""
    if same_name(one, other):
        return True
    first, second = name_words(one), name_words(other)
    if not first or not second:
        return False
    if len(first) == 1 or len(second) == 1:
        short, long = sorted((first, second), key=len)
        return short[0] in (long[0], long[-1])
    both = set(first) & set(second)
    return len(both) * 2 >= len(set(first) | set(second))
