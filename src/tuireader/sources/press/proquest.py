"""Splits exports of ProQuest in plain text."""

import re
from collections.abc import Iterator

from tuireader.sources.press.item import (
    LONGEST_LINE,
    PressItem,
    day_in,
    joined_groups,
    language_code,
    name_in,
)
from tuireader.text.sanitize import sanitize_line

_RULE = re.compile(r"\s*_{20,}\s*")
_DOCUMENT = re.compile(r"\s*Document \d{1,5} of \d{1,5}\s*")
_LABEL = re.compile(r"([A-Z][A-Za-z/ ]{2,45}?)\s?:\s*(.*)")
_LABELS = frozenset({
    *("abstract", "abstract (summary)", "author", "author affiliation", "bibliography", "caption"),
    *("classification", "column", "company", "company / organization", "contact proquest"),
    *("company / organisation", "copyright", "country of publication", "credit", "database"),
    *("dateline", "document feature", "document type", "document url", "edition", "first page"),
    *("full text", "identifier", "identifier / keyword", "illustrations", "isbn", "issn", "issue"),
    *("language", "language of publication", "last updated", "links", "location", "pages"),
    *("number of pages", "people", "place of publication", "proquest document id"),
    *("proquest document link", "publication date", "publication info", "publication subject"),
    *("publication title", "publication year", "publisher", "section", "source type"),
    *("start page", "subject", "title", "url", "volume", "year"),
})  # fmt: skip


def is_proquest(lines: list[str]) -> bool:
    """Return whether lines are those of an export of ProQuest; its first lines are enough."""
    labels = {found[1].lower() for line in lines if (found := _LABEL.match(line[:200]))}
    ruled = any(_RULE.fullmatch(line[:200]) for line in lines)
    return (
        ruled
        and len(labels & _LABELS) >= 3
        and bool(labels & {"publication info", "publication title", "proquest document id"})
    )


def split_proquest(lines: list[str]) -> Iterator[PressItem]:
    """Yield the articles of an export of ProQuest in order; nothing for other texts."""
    block: list[str] = []
    for line in [*lines, "_" * 20]:
        if _RULE.fullmatch(line[:200]):
            if (item := _item(block)) is not None:
                yield item
            block = []
        elif not _DOCUMENT.fullmatch(line[:200]):
            block.append(line)


def _item(block: list[str]) -> PressItem | None:
    """Return the article in the lines of a block; None if it has no words."""
    stated: dict[str, list[str]] = {}
    current = "headline"
    for line in block:
        found = _LABEL.match(line[:LONGEST_LINE])
        label = found[1].lower() if found else ""
        if found and label in _LABELS and label not in stated:
            current = label
            stated[label] = [line[found.start(2) :]]
        else:
            stated.setdefault(current, []).append(line)
    if not stated.keys() & {"publication title", "publication info", "full text", "title"}:
        return None
    value = {label: sanitize_line(" ".join(lines)) for label, lines in stated.items()}
    texts = (stated.get(label) for label in ("full text", "abstract", "abstract (summary)"))
    info = value.get("publication info", "")
    outlet = value.get("publication title") or info
    return PressItem(
        headline=value.get("title") or value.get("headline", ""),
        paragraphs=joined_groups(next(filter(None, texts), [])),
        outlet=outlet.partition(";")[0].strip(),
        date=day_in(value.get("publication date", "")) or day_in(info),
        byline=name_in(value.get("author", "")),
        section=value.get("section", ""),
        page=value.get("first page") or value.get("start page") or value.get("pages", ""),
        language=language_code(value.get("language of publication") or value.get("language", "")),
        captions=tuple(filter(None, (value.get("caption", ""),))),
    )
