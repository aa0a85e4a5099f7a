"""The formats that bookmarks and notes are exported in, on the command line and to files.

`NOTE_FORMATS` is the only list of them: the options and the help of `tuireader notes`, the
commands of the palette, the export dialog and the proposed file names are made from it. To add
a format, write a module like `markdown.py` and add one entry.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tuireader.domain.bookmark import Bookmark
from tuireader.domain.errors import TuiReaderError
from tuireader.exporters import markdown, org, record_formats, references
from tuireader.exporters.record_formats import RecordFormat
from tuireader.exporters.records import bookmark_record
from tuireader.paths import replace_file
from tuireader.sources.own_exports import NOTES_MARK
from tuireader.text.messages import counted
from tuireader.text.sanitize import sanitize


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFormat:
    """A format that bookmarks and notes are exported in, such as Markdown."""

    name: str
    """The command-line option without its dashes."""
    extension: str
    """The extension of its files, without the dot."""
    title: str
    """What the format is called in messages."""
    help: str
    """What the command-line option does, for the help."""
    comment: tuple[str, str] | None
    """What begins and ends a comment line, in which the export is marked; None for no mark."""
    write: Callable[[Iterable[Bookmark]], Iterable[str]]
    """Return the document in parts, without the mark.

    The text of articles must not become markup in it.
    """

    def document(self, bookmarks: Iterable[Bookmark]) -> Iterator[str]:
        """Yield the document in parts: the mark, then the bookmarks, without control characters.

        Without bookmarks there is no mark; what a format writes for none remains, such as "[]" for
        JSON.
        """
        kept = list(bookmarks)
        if self.comment and kept:
            yield f"{self.comment[0]}{NOTES_MARK}{self.comment[1]}\n\n"
        yield from map(sanitize, self.write(kept))


def _record_format(records: RecordFormat, title: str) -> NoteFormat:
    """Return a format of notes that writes each bookmark as a record (`bookmark_record`).

    `records` is the format of the records, `title` what the format is called in messages.
    """
    return NoteFormat(
        name=records.name,
        extension=records.name,
        title=title,
        help=records.help,
        comment=None,
        write=lambda bookmarks: records.write(map(bookmark_record, bookmarks), ()),
    )


NOTE_FORMATS = (
    NoteFormat(
        name="markdown",
        extension="md",
        title="Markdown",
        help="Print Markdown",
        comment=("<!-- ", " -->"),
        write=markdown.write_notes,
    ),
    NoteFormat(
        name="org",
        extension="org",
        title="Org",
        help="Print Org, for Emacs and others",
        comment=("# ", ""),
        write=org.write_notes,
    ),
    NoteFormat(
        name="bibtex",
        extension="bib",
        title="BibTeX",
        help="Print the articles as BibTeX, with the notes, for Zotero and LaTeX",
        comment=("% ", ""),
        write=references.write_bibtex,
    ),
    NoteFormat(
        name="csl",
        extension="csl.json",
        title="CSL-JSON",
        help="Print the articles as CSL-JSON, with the notes, for Zotero and others",
        comment=None,
        write=references.write_csl,
    ),
    _record_format(record_formats.JSONL, "JSON Lines"),
    _record_format(record_formats.JSON, "JSON"),
)


def save_notes(bookmarks: Iterable[Bookmark], path: Path, note_format: NoteFormat) -> None:
    """Write bookmarks to a file in UTF-8; replace an existing one, and make missing folders.

    `path` is one that `export_path` returned. Raises TuiReaderError if it cannot be written; an
    existing file is then unchanged.
    """
    data = "".join(note_format.document(bookmarks)).encode("utf-8", "backslashreplace")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, data)
    except OSError as error:
        raise TuiReaderError(
            f"The notes could not be written to {path} ({error.strerror}); "
            "they are safe in the notebook."
        ) from error


def counted_notes(bookmarks: Iterable[Bookmark]) -> str:
    """Return how many bookmarks there are, as text; records that only tag an article are named so.

    For no bookmarks it is "0 bookmarks".
    """
    kept = list(bookmarks)
    tagged = {each.article.location for each in kept if each.only_tags}
    number = sum(not each.only_tags for each in kept)
    parts = [counted(number, "bookmark")] if number or not tagged else []
    return " and ".join([*parts, counted(len(tagged), "tagged article")] if tagged else parts)
