"""Reads references of Zotero and other reference managers: CSL-JSON, RIS, Better BibTeX JSON."""

from collections.abc import Iterable, Iterator
from typing import Any

from tuireader.domain.dates import ArticleDate
from tuireader.domain.errors import SourceError
from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.export import ExportFile, ExportFormat, ImportedItems, LeftOut, Skipped
from tuireader.importers.fields import (
    Entry,
    clean_line_of,
    is_record,
    list_or_empty,
    nearest_colour,
    paragraphs,
    parse_day,
    position_of,
    tag_names,
    text_of_html,
    unique_names,
)

_DOI = "https://doi.org/"
_SERVICE = "Zotero"
_PROGRAMS = "Zotero and other reference managers"
_UNREADABLE_DATE = "date in words"
_IDENTIFIERS = ("doi", "isbn", "issn", "accession_number", "type_of_reference", "database_provider")


def _read_csl(file: ExportFile) -> ImportedItems:
    """Read CSL-JSON: yield one item for each reference; keywords become tags.

    References with neither a title nor an address are yielded as `Skipped`.
    """
    for number, given in enumerate(file.entries, 1):
        entry = Entry(given if is_record(given) else {})
        address = entry.address("URL") or _doi_address(entry.line("DOI"))
        title = entry.line("title", "title-short") or address
        if not title:
            yield Skipped(f"entry {number}", "it has no title")
            continue
        entry.ignore("DOI", "ISBN", "ISSN", "type", "source", "citation-key", "title-short")
        issued = entry.get("issued")
        yield ImportItem(
            title=title,
            address=address,
            author=_names(list_or_empty(entry.get("author"))),
            outlet=entry.line("container-title", "publisher"),
            date=_csl_date(issued),
            language=entry.line("language")[:2],
            tags=entry.tags("keyword"),
            note=entry.text("note", "annote"),
        )
        yield from entry.left_out()


def _names(people: Iterable[Any]) -> str:
    """Return the names of people as one line, "A. Smith, B. Jones"; "" for none.

    A person is an object with given and family name, or with one whole name.
    """
    names = []
    for person in filter(is_record, people):
        parts = [clean_line_of(person.get(name)) for name in ("given", "family")]
        first_last = [clean_line_of(person.get(name)) for name in ("firstName", "lastName")]
        whole = clean_line_of(person.get("literal")) or clean_line_of(person.get("name"))
        names.append(whole or " ".join(filter(None, parts if any(parts) else first_last)))
    return ", ".join(filter(None, names))


def _csl_date(issued: Any) -> ArticleDate | None:
    """Return the date of a reference; None if it states none that is valid.

    `issued` is the field of this name; the date may lack the day, or month and day.
    """
    if not is_record(issued):
        return None
    parts = list_or_empty(issued.get("date-parts"))
    numbers = list_or_empty(parts[0])[:3] if parts else []
    written = "-".join(str(part).zfill(2) for part in numbers) or issued.get("raw")
    return parse_day(written)


def _doi_address(doi: str) -> str:
    """Return the web address that a DOI resolves at; "" if the text is not a DOI."""
    doi = doi.removeprefix("doi:").strip()
    return f"{_DOI}{doi}" if doi.startswith("10.") and " " not in doi else ""


def _read_ris(file: ExportFile) -> ImportedItems:
    """Read a RIS file: yield one item for each reference. Raises SourceError if it is invalid."""
    import rispy  # noqa: PLC0415 - rarely needed

    try:
        references = rispy.loads(file.text, skip_unknown_tags=False)
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise SourceError(file.path, "not valid RIS") from error
    return _ris_items(references)


def _ris_items(references: list[dict[str, Any]]) -> ImportedItems:
    """Yield one item for each reference that was parsed from a RIS file.

    References with neither a title nor an address are yielded as `Skipped`; invalid dates are left
    out.
    """
    for number, given in enumerate(references, 1):
        entry = Entry(given)
        urls = [line for value in list_or_empty(entry.get("urls")) for line in value.split(";")]
        address = Entry({str(n): url.strip() for n, url in enumerate(urls)}).address(
            *map(str, range(len(urls)))
        )
        address = address or entry.address("url") or _doi_address(entry.line("doi"))
        title = entry.line("title", "primary_title", "short_title") or address
        if not title:
            yield Skipped(f"reference {number}", "it has no title")
            continue
        entry.ignore(*_IDENTIFIERS, "url", "short_title", "unknown_tag")
        stated = entry.line("date", "publication_year", "year")
        entry.ignore("publication_year", "year")
        date = parse_day(stated)
        if stated and date is None:
            yield LeftOut(_UNREADABLE_DATE)
        outlet = entry.line("journal_name", "secondary_title", "alternate_title3", "publisher")
        yield ImportItem(
            title=title,
            address=address,
            author=", ".join(map(_first_name_first, unique_names(_authors(entry)))),
            outlet=outlet,
            date=date,
            language=entry.line("language")[:2].lower(),
            tags=tag_names(list_or_empty(entry.get("keywords"))),
            note=paragraphs(*map(text_or_html, _texts(entry, "notes", "research_notes"))),
        )
        yield from entry.left_out()


def _authors(entry: Entry) -> list[Any]:
    """Return the names of a reference's authors; empty if it states none."""
    return list_or_empty(entry.get("authors", "first_authors"))


def _texts(entry: Entry, *names: str) -> Iterator[str]:
    """Yield the texts in fields whose value is one text or a list of texts."""
    for name in names:
        value = entry.get(name)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, str):
                yield each


def _first_name_first(name: str) -> str:
    """Return "Smith, A." as "A. Smith"; a name without a comma is unchanged."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma else name


def text_or_html(text: str) -> str:
    """Return the text of a note, which is parsed as HTML if it contains "<"; "" for none."""
    return text_of_html(text) if "<" in text else text.strip()


def _read_zotero(file: ExportFile) -> ImportedItems:
    """Read Better BibTeX's JSON: yield one item for each reference.

    It has the notes of the reference, and the annotations of its attachments as highlights.
    References with neither a title nor an address are yielded as `Skipped`.
    """
    for number, given in enumerate(list_or_empty(file.fields.get("items")), 1):
        entry = Entry(given if is_record(given) else {})
        address = entry.address("url") or _doi_address(entry.line("DOI"))
        title = entry.line("title") or address
        if not title:
            yield Skipped(f"entry {number}", "it has no title")
            continue
        notes = [str(each.get("note") or "") for each in entry.records("notes")]
        highlights = [
            _annotation(each)
            for attachment in entry.records("attachments")
            for each in attachment.records("annotations")
        ]
        entry.ignore("DOI", "itemType", "uri", "relations", "collections", "accessDate", "itemKey")
        entry.ignore("citationKey", "dateModified", "select", "libraryID")
        stated = entry.line("date")
        if stated and parse_day(stated) is None:
            yield LeftOut(_UNREADABLE_DATE)
        yield ImportItem(
            title=title,
            address=address,
            author=_names(list_or_empty(entry.get("creators"))),
            outlet=entry.line("publicationTitle", "publisher"),
            date=parse_day(stated),
            language=entry.line("language")[:2],
            tags=entry.tags("tags"),
            note=paragraphs(*map(text_or_html, notes)),
            added=entry.moment("dateAdded"),
            highlights=tuple(highlights),
        )
        yield from entry.left_out({"abstractNote": "abstract"})


def _annotation(given: Entry) -> Highlight:
    """Return an annotation as a highlight; its words are "" if it is a note or a drawing."""
    return Highlight(
        words=given.text("annotationText"),
        note=given.text("annotationComment"),
        tags=given.tags("tags"),
        colour=nearest_colour(given.line("annotationColor")),
        created=given.moment("dateAdded", "dateModified"),
        position=position_of(page=given.line("annotationPageLabel")),
    )


def _is_csl(file: ExportFile) -> bool:
    """Return whether the first entry of a JSON list is a reference in CSL.

    It has an id, a type, and one of author, date, container, DOI or address.
    """
    keys = file.first_keys
    return {"id", "type"} <= keys and bool(
        keys & {"issued", "author", "container-title", "DOI", "URL"}
    )


FORMATS = (
    ExportFormat(
        service=_SERVICE, programs=_PROGRAMS, kind="CSL-JSON", recognises=_is_csl, read=_read_csl
    ),
    ExportFormat(
        service=_SERVICE,
        programs=_PROGRAMS,
        kind="RIS",
        recognises=lambda file: file.head.lstrip().startswith("TY  - "),
        read=_read_ris,
    ),
    ExportFormat(
        service=_SERVICE,
        programs=_PROGRAMS,
        kind="Better BibTeX JSON",
        recognises=lambda file: (
            isinstance(file.fields.get("items"), list) and "itemType" in file.first_keys
        ),
        read=_read_zotero,
    ),
)
