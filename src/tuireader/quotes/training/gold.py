"""Labelled articles, and what of an article's candidates a label says is right.

A labelled `.jsonl` file has one article a line: {"id", "text", "lang", "quotes":
[{"start", "end", "speaker", "speaker_type"?, "speaker_mention_start"?,
"speaker_mention_end"?, "ignore"?}], "ignore"?: [[start, end]]}; offsets are code points
of "text". A folder holds articles as plain text in which each quotation is followed by
its speaker in braces: “We sail at noon,”{Ada Moor} she said. {-} is nobody.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tuireader.domain.article import Article
from tuireader.quotes.paragraphs import paragraphs_of
from tuireader.quotes.quote_marks import quoted_spans

_ENDS = " \t\r\n\xa0“”\"„«»‹›‘’‚'`,.;:!?…-–—¿¡"
_WORD = re.compile(r"[\w-]+")
_LABEL = re.compile(r"\{([^{}]*)\}")
_POSSESSIVE = re.compile(r"[’']s\b")


def labelled_articles(path: Path) -> Iterator[tuple[Article, dict[str, Any]]]:
    """Each article of a labelled file, or of the labelled texts in a folder, with its labels."""
    if path.is_dir():
        for file in sorted(path.glob("*.txt")):
            yield parse_annotated(file.read_text("utf-8"), file.stem)
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


def parse_annotated(marked: str, name: str = "") -> tuple[Article, dict[str, Any]]:
    """An article whose quotations are followed by their speakers in braces, and its labels.

    What the next paragraph goes on with has the speaker of its end. A name that begins
    with a language's code and a full stop tells the language.
    """
    code = name.partition(".")[0]
    text = _LABEL.sub("", marked)
    article = Article(location=name, text=text, language=code if len(code) == 2 else "en")
    speakers: dict[int, str] = {}
    removed = 0
    for label in _LABEL.finditer(marked):
        speakers[label.start() - removed] = label[1]
        removed += len(label[0])
    quotes: list[dict[str, Any]] = []
    speaker = ""
    for stretch in reversed(quoted_spans(text, paragraphs_of(article))):
        speaker = speakers.get(stretch.outer_end, "" if stretch.closed else speaker)
        if speaker not in ("", "-"):
            quotes.append({"start": stretch.start, "end": stretch.end, "speaker": speaker})
    return article, {"id": name, "text": text, "quotes": quotes[::-1]}


def trim_span(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the white space and marks at its ends."""
    while start < end and text[start] in _ENDS:
        start += 1
    while end > start and text[end - 1] in _ENDS:
        end -= 1
    return start, end


def name_words(name: str) -> list[str]:
    """The words of a name without accents, possessives and case."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()
    return _WORD.findall(_POSSESSIVE.sub("", plain))


def same_name(one: str, other: str) -> bool:
    """Whether two names agree in full, a middle name or initial left aside."""
    first, second = name_words(one), name_words(other)
    if not first or not second:
        return False
    return first == second or (
        len(first) > 1 and len(second) > 1 and first[0] == second[0] and first[-1] == second[-1]
    )


def similar_name(one: str, other: str) -> bool:
    """Whether two names agree, in full or in the surname, or two descriptions in most words."""
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
