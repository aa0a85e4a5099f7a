"""Reads starred articles of feed readers, in the format of Google Reader (JSON).

FreshRSS, Inoreader, The Old Reader, BazQux and others write it.
"""

from typing import Any

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
    clean_line_of,
    clean_text_of,
    is_record,
    list_or_empty,
    nearest_colour,
    parse_day,
    tag_names,
    web_address,
)
from tuireader.sources.feeds.titles import title_of_html

_LABEL, _STATE = "/label/", "/state/"


def _read(file: ExportFile) -> ImportedItems:
    """Read the starred articles (JSON): yield one item for each with its content.

    Labels become tags, and the state "starred" a star. Entries without a web address are yielded
    as `Skipped`.
    """
    for number, given in enumerate(file.entries, 1):
        entry = Entry(given if is_record(given) else {})
        address = _link(entry.get("canonical")) or _link(entry.get("alternate"))
        if not address:
            yield Skipped(f"entry {number}", NO_ADDRESS)
            continue
        entry.ignore(
            "canonical", "alternate", "timestampUsec", "crawlTimeMsec", "updated", "direction"
        )
        entry.ignore(
            "isReadStateLocked", "likingUsers", "origin", "content", "summary", "categories"
        )
        origin = entry.get("origin")
        content, summary = entry.get("content"), entry.get("summary")
        html = next((text for text in map(_html, (content, summary)) if text), "")
        states = [clean_line_of(each) for each in list_or_empty(entry.get("categories"))]
        yield ImportItem(
            title=_title(entry.get("title")) or address,
            address=address,
            author=entry.line("author"),
            outlet=_title(origin.get("title")) if is_record(origin) else "",
            date=parse_day(entry.get("published")),
            tags=tag_names(map(_tag, states)),
            added=entry.moment("starred", "timestampUsec", "crawlTimeMsec"),
            read=any(state.endswith("/read") for state in states),
            starred=any(state.endswith("/starred") for state in states),
            html=html,
            highlights=tuple(map(_annotation, entry.records("annotations"))),
        )
        comments = {"comments": "comment", "enclosure": "attachment"}
        yield from entry.left_out(comments)


def _link(links: Any) -> str:
    """Return the first web address in a list of links; "" if there is none."""
    found = (web_address(each.get("href")) for each in list_or_empty(links) if is_record(each))
    return next(filter(None, found), "")


def _html(given: Any) -> str:
    """Return the HTML of a content, given as a text or as an object with it; "" for neither."""
    html = given.get("content") if is_record(given) else given
    return html if isinstance(html, str) else ""


def _title(given: Any) -> str:
    """Return a title as plain text, since most programs write it as HTML; "" if not a string."""
    return title_of_html(given) if isinstance(given, str) else ""


def _tag(category: str) -> str:
    """Return the tag of a category: "Sea" for "user/-/label/Sea"; "" for a state or a feed."""
    if _LABEL in category:
        return category.partition(_LABEL)[2]
    return "" if _STATE in category or category.startswith("feed/") else category


def _annotation(given: Entry) -> Highlight:
    """Return an annotation as a highlight; Google Reader's are only notes, without words."""
    return Highlight(
        words=given.text("text", "quote"),
        note=clean_text_of(given.get("note", "content")),
        colour=nearest_colour(given.line("color")),
        created=given.moment("added_on", "created"),
    )


FORMATS = (
    ExportFormat(
        service="a feed reader",
        programs="FreshRSS, Inoreader and other feed readers",
        kind="starred articles in JSON",
        recognises=lambda file: (
            isinstance(file.fields.get("items"), list)
            and bool({"canonical", "alternate"} & file.first_keys)
        ),
        read=_read,
    ),
)
