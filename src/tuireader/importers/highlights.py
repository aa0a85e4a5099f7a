"""Parses highlights as services list them: as records, or as text in one field of a table."""

import re
from collections.abc import Iterator

from tuireader.domain.import_item import Highlight
from tuireader.importers.export import LeftOut
from tuireader.importers.fields import (
    Entry,
    clean_text_of,
    nearest_colour,
    paragraphs,
    parse_moment,
    tag_names,
)

_LABELS = {
    "highlight": "words", "quote": "words", "text": "words",
    "note": "note", "comment": "note", "annotation": "note", "sticky note": "note",
    "color": "colour", "colour": "colour", "tags": "tags",
    "created": "created", "date": "created",
}  # fmt: skip
_LABEL = re.compile(
    rf"^[ \t]{{0,8}}(?:[-*•][ \t]{{0,8}})?({'|'.join(_LABELS)})[ \t]?:",
    re.IGNORECASE | re.MULTILINE,
)


_WORDS = ("text", "quote", "highlight", "content", "words", "exact")
_NOTE = ("note", "comment", "annotation")
_CREATED = ("created", "created_at", "createdAt", "addedAt", "added_on", "date", "timestamp")
_PLACES = ("start_selector", "end_selector", "start_offset", "end_offset")
"""Fields with the place of a highlight in the service's own page, which is of no use here."""


def highlights_in(entry: Entry, *names: str) -> tuple[list[Highlight], list[LeftOut]]:
    """Return the highlights in the fields `names` of an entry, and what is left out of them.

    A field is a list of objects or strings, or one string that may have labels (see
    `labelled_highlights`). Both lists are empty if no field has a value.
    """
    found: list[Highlight] = []
    left_out: list[LeftOut] = []
    for name in names:
        value = entry.get(name)
        if isinstance(value, str):
            found += labelled_highlights(clean_text_of(value))
        for each in value if isinstance(value, list) else ():
            if isinstance(each, dict):
                given = Entry(each)
                found.append(_of_record(given))
                left_out += given.left_out()
            else:
                found.append(Highlight(words=clean_text_of(each)))
    return found, left_out


def _of_record(given: Entry) -> Highlight:
    """Return the highlight of an object, trying the names that services use for its fields."""
    given.ignore(*_PLACES, "startOffset", "endOffset", "updatedAt")
    return Highlight(
        words=given.text(*_WORDS),
        note=paragraphs(given.text(*_NOTE)),
        tags=given.tags("tags", "labels"),
        colour=nearest_colour(given.line("color", "colour")),
        created=given.moment(*_CREATED),
    )


def labelled_highlights(text: str) -> Iterator[Highlight]:
    r"""Yield the highlights in one text; nothing if it is empty.

    A line that begins with "Highlight:" starts one; "Note:", "Color:", "Tags:" and "Created:" add
    to the highlight before. Without any label each paragraph is a highlight.

    >>> [(one.words, one.note) for one in labelled_highlights("Highlight:a lamp\nNote:which?")]
    [('a lamp', 'which?')]
    """
    labels = list(_LABEL.finditer(text))
    if not labels:
        yield from (Highlight(words=part) for part in map(str.strip, text.split("\n\n")) if part)
        return
    open_parts: dict[str, str] = {"words": text[: labels[0].start()].strip()}
    for number, label in enumerate(labels):
        end = labels[number + 1].start() if number + 1 < len(labels) else len(text)
        name, value = _LABELS[label[1].casefold()], text[label.end() : end].strip()
        if name == "words" or name in open_parts:
            yield from _highlight(open_parts)
            open_parts = {}
        open_parts[name] = value
    yield from _highlight(open_parts)


def _highlight(parts: dict[str, str]) -> Iterator[Highlight]:
    """Yield the highlight of parts by label; nothing if it has neither words nor a note."""
    if parts.get("words") or parts.get("note"):
        yield Highlight(
            words=parts.get("words", ""),
            note=parts.get("note", ""),
            colour=nearest_colour(parts.get("colour")),
            tags=tag_names(parts.get("tags", "").split(",")),
            created=parse_moment(parts.get("created")),
        )
