"""Parses highlights that a table has in one field, each part after a label ("Note:")."""

import re
from collections.abc import Iterator

from tuireader.domain.import_item import Highlight
from tuireader.importers.fields import nearest_colour, parse_moment, tag_names

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


def labelled_highlights(text: str) -> Iterator[Highlight]:
    r"""Return the highlights in a field.

    A line that begins with "Highlight:" starts one; "Note:", "Color:", "Tags:" and "Created:"
    add to the highlight before. Without any label each paragraph is a highlight.

    >>> [(one.words, one.note) for one in labelled_highlights("Highlight:a lamp\\nNote:which?")]
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
    """Return the highlight of labelled parts, if they have words or a note."""
    if parts.get("words") or parts.get("note"):
        yield Highlight(
            words=parts.get("words", ""),
            note=parts.get("note", ""),
            colour=nearest_colour(parts.get("colour")),
            tags=tag_names(parts.get("tags", "").split(",")),
            created=parse_moment(parts.get("created")),
        )
