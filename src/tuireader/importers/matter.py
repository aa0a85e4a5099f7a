"""Reads Matter exports: a table of articles, and a table of highlights (CSV)."""

from dataclasses import replace

from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.export import ExportFile, ExportFormat, ImportedItems, LeftOut, Skipped
from tuireader.importers.fields import linked_entries, tag_names


def _read(file: ExportFile) -> ImportedItems:
    """Read the table of articles (CSV): yield one item for each.

    It has only the number of highlights, which are left out. Rows without a web address are yielded
    as `Skipped`.
    """
    for found in linked_entries(file, "url"):
        if isinstance(found, Skipped):
            yield found
            continue
        row, address = found
        row.ignore("file id")
        state = row.line("read").casefold()
        yield ImportItem(
            title=row.line("title") or address,
            address=address,
            author=row.line("author"),
            outlet=row.line("publisher"),
            note=row.text("note", "notes"),
            tags=tag_names(row.tags("tags")),
            starred=row.flag("favorited"),
            added=row.moment("last interaction date"),
            read=state in {"true", "yes", "1", "archive"} or row.flag("archived"),
        )
        count = row.line("highlight count", "highlight_count", "highlights")
        if count.isdecimal() and int(count[:9]):
            yield LeftOut("highlight", int(count[:9]))
        yield from row.left_out({"in queue": "place in the queue"})


def _read_highlights(file: ExportFile) -> ImportedItems:
    """Read the table of highlights (CSV): yield one item for each article.

    It has all highlights of the article, whose rows may be apart. Rows without a web address are
    yielded as `Skipped`.
    """
    articles: dict[str, ImportItem] = {}
    for found in linked_entries(file, "url", "article url"):
        if isinstance(found, Skipped):
            yield found
            continue
        row, address = found
        article = articles.get(address) or ImportItem(
            title=row.line("title", "article title") or address,
            address=address,
            author=row.line("author"),
            outlet=row.line("publisher"),
        )
        row.ignore("title", "article title", "author", "publisher", "file id")
        highlight = Highlight(
            words=row.text("highlight", "text", "quote"),
            note=row.text("note", "notes", "annotation"),
            created=row.moment("created", "created at", "date", "highlighted at"),
        )
        articles[address] = replace(
            article,
            tags=tag_names([*article.tags, *row.tags("tags")]),
            highlights=(*article.highlights, highlight),
        )
        yield from row.left_out()
    yield from articles.values()


FORMATS = (
    ExportFormat(
        service="Matter",
        kind="CSV",
        recognises=lambda file: (
            {"url", "in queue"} <= file.columns or {"url", "last interaction date"} <= file.columns
        ),
        read=_read,
    ),
    ExportFormat(
        service="Matter",
        kind="CSV of highlights",
        recognises=lambda file: {"url", "highlight", "publisher"} <= file.columns,
        read=_read_highlights,
    ),
)
