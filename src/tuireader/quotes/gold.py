"""Labelled articles, and what of an article's candidates a label says is right.

A labelled file has one article a line: {"id", "text", "lang", "quotes": [{"start",
"end", "speaker", "speaker_type"?, "speaker_mention_start"?, "speaker_mention_end"?,
"ignore"?}], "ignore"?: [[start, end]]}; offsets are code points of "text".
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tuireader.domain.article import Article

_ENDS = " \t\r\n\xa0“”\"„«»‹›‘’‚'`,.;:!?…-–—¿¡"
_WORD = re.compile(r"[\w-]+")
_POSSESSIVE = re.compile(r"[’']s\b")


def labelled_articles(path: Path) -> Iterator[tuple[Article, dict[str, Any]]]:
    """Each article of a labelled file with its labels."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield (
                Article(
                    location=record["id"], text=record["text"], language=record.get("lang", "")
                ),
                record,
            )


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
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


def like_name(one: str, other: str) -> bool:
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
