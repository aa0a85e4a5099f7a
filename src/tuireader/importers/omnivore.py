"""Reads Omnivore exports: lists of articles, with files for their content and highlights."""

import re

from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.export import (
    NO_ADDRESS,
    ExportFile,
    ExportFormat,
    ImportedItems,
    Skipped,
)
from tuireader.importers.fields import (
    Entry,
    clean_text_of,
    is_record,
    nearest_colour,
    paragraphs,
    parse_day,
    tag_names,
)

_METADATA = re.compile(r"metadata_\d{1,9}_to_\d{1,9}\.json")
FOLDERS = ("content/", "highlights/")
"""The folders in an archive with files that belong to articles, such as `content/SLUG.html`."""

_QUOTED = re.compile(r"(?:^> ?.*\n?)+", re.MULTILINE)


def is_metadata(name: str) -> bool:
    """Return whether a path in an archive is one of Omnivore's lists of articles."""
    return bool(_METADATA.fullmatch(name.rpartition("/")[2]))


def _read(file: ExportFile) -> ImportedItems:
    """Read an export (JSON): yield one item for each article with content and highlights.

    Content and further highlights come from other files of the archive. Entries without a web
    address are yielded as `Skipped`.
    """
    for number, given in enumerate(file.entries, 1):
        entry = Entry(given if is_record(given) else {})
        address = entry.address("url", "originalUrl")
        if not address:
            yield Skipped(f"entry {number}", NO_ADDRESS)
            continue
        slug = entry.line("slug")
        entry.ignore(
            "url", "originalUrl", "updatedAt", "readAt", "pageType", "type", "contentReader"
        )
        own = [_highlight(each) for each in entry.records("highlights")]
        aside = _from_markdown(file.member_text(f"highlights/{slug}.md"))
        yield ImportItem(
            title=entry.line("title") or address,
            address=address,
            author=entry.line("author"),
            outlet=entry.line("siteName"),
            date=parse_day(entry.get("publishedAt")),
            read=entry.line("state").casefold() == "archived",
            tags=entry.tags("labels"),
            note=entry.text("note"),
            added=entry.moment("savedAt"),
            html=file.member_text(f"content/{slug}.html"),
            highlights=(*own, *_not_in(aside, own)),
        )
        yield from entry.left_out({"thumbnail": "picture"})


def _highlight(given: Entry) -> Highlight:
    """Return a highlight; its words are "" if it is a note on the whole article."""
    return Highlight(
        words=given.text("quote"),
        note=given.text("annotation"),
        tags=given.tags("labels"),
        colour=nearest_colour(given.line("color")),
        prefix=str(given.get("prefix") or ""),
        suffix=str(given.get("suffix") or ""),
        created=given.moment("createdAt"),
    )


def _not_in(aside: tuple[Highlight, ...], own: list[Highlight]) -> tuple[Highlight, ...]:
    """Return the highlights from the Markdown file (`aside`) that are not among `own`.

    They are compared by their words, or by their notes if they have no words.
    """
    words = {_folded(highlight.words) for highlight in own}
    notes = {_folded(highlight.note) for highlight in own if not highlight.words}
    return tuple(
        each
        for each in aside
        if (_folded(each.words) not in words if each.words else _folded(each.note) not in notes)
    )


def _folded(text: str) -> str:
    """Return a text without white space, for comparison."""
    return "".join(text.split())


def _from_markdown(text: str) -> tuple[Highlight, ...]:
    """Return the block quotations of a highlights file with the notes and tags below them.

    Text before the first one is the note on the article, a highlight without words. Empty for "".
    """
    quotes = list(_QUOTED.finditer(text))
    head = text[: quotes[0].start()] if quotes else text
    note = paragraphs(*(line.strip() for line in head.split("\n") if not line.startswith("#")))
    found = [Highlight(words="", note=clean_text_of(note))] if note else []
    for number, quote in enumerate(quotes):
        end = quotes[number + 1].start() if number + 1 < len(quotes) else len(text)
        words = "\n".join(line.lstrip("> ").rstrip() for line in quote[0].splitlines())
        words = words.partition(" [⤴️](")[0]
        note = text[quote.end() : end]
        tags = tag_names(re.findall(r"(?:^|\s)#([\w-]+)", note))
        note = re.sub(r"(?:^|(?<=\s))#[\w-]+", "", note).strip()
        if words.strip():
            found.append(Highlight(words=words.strip(), note=clean_text_of(note), tags=tags))
    return tuple(found)


FORMATS = (
    ExportFormat(
        service="Omnivore",
        kind="JSON",
        recognises=lambda file: {"slug", "url", "state"} <= file.first_keys,
        read=_read,
    ),
)
