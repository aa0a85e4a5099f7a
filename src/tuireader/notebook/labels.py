"""What a change is called when it is undone: "kept “…”"."""

from collections.abc import Iterable, Sequence

from tuireader.domain.cleaning import clean_line
from tuireader.domain.reading import Bookmark

_LONGEST = 40
_CHANGES = {
    "note": "changed the note on {}",
    "tags": "changed the tags of {}",
    "colour": "changed the colour of {}",
    "speaker": "changed the speaker of {}",
}


def quoted(words: str) -> str:
    """The first words, in quotation marks."""
    line = clean_line(words[: 4 * _LONGEST])
    if len(line) > _LONGEST or len(words) > 4 * _LONGEST:
        line = f"{line[:_LONGEST].rstrip()}…"
    return f"“{line}”"


def named(marks: Sequence[Bookmark]) -> str:
    """One bookmark by its words, or how many there are."""
    if len(marks) != 1:
        return f"{len(marks)} passages"
    words = marks[0].words or marks[0].note
    return quoted(words) if words else "a note"


def changed(fields: Iterable[str]) -> str:
    """What changing these fields is called, with a gap for the bookmark."""
    known = [name for name in fields if name in _CHANGES]
    return _CHANGES[known[0]] if len(known) == 1 else "changed {}"
