"""Splits exports of Nexis: the older layout in plain text, and that of Nexis Uni and Lexis+."""

import re
from collections.abc import Iterator

from tuireader.sources.press.item import (
    LONGEST_LINE,
    PressItem,
    day_in,
    groups_of,
    joined_groups,
    language_code,
    name_in,
)
from tuireader.text.sanitize import sanitize_line

_DOCUMENT = re.compile(
    r"\s*(?:(?:Dokument|Document|DOCUMENT)\s)?\d{1,5} (?:of|von|de|di|van|sur) \d{1,5}"
    r"(?: (?:DOCUMENTS?|DOKUMENTEN?|DOCUMENTOS?|DOCUMENTI|DOCUMENTEN))?\s*"
)
_END = re.compile(r"\s*(?:End of Document|Ende des Dokuments|Fin du document|Fin del documento)\s*")
_BODY = re.compile(r"\s*(?:Body|Text|Textkörper|Corps|Cuerpo|BODY|TEXT|LANGTEXT|VOLLTEXT):?\s*")
_COPYRIGHT = re.compile(
    r"(?:Copyright\b|©|\(c\) ?(?:Copyright|\d{4})|All Rights Reserved)", re.IGNORECASE
)
_PAGE_LINE = re.compile(r"(?:Page|Seite) \d{1,5} (?:of|von) \d{1,5}")
_LABEL = re.compile(r"\s*([A-ZÄÖÜÉ][A-Za-zäöüéÄÖÜÉ-]{1,24})\s?:\s*(.*)")
_FIELDS = {
    "byline": "byline autor author auteur autor(en)",
    "section": "section rubrik rubrique ressort sección",
    "headline": "headline überschrift titre",
    "language": "language sprache langue",
    "date": "load-date update publication-date",
    "captions": "graphic grafik graphique",
    "teaser": "highlight",
    "other": (
        "length länge longueur longitud dateline series url pub-type publication-type subject name"
        " organization organisation company journal-code document-type type correction"
        " correction-date"
        " location city state country geographic industry classification notes copyright ticker"
        " person acc-no edition"
    ),
}
_FIELD_OF = {label: field for field, labels in _FIELDS.items() for label in labels.split()}
_PAGE = re.compile(r"(?:;|,|^)\s*(?:Pg\.|S\.|Page|Seite|p\.)\s?([\w-]{1,8})", re.IGNORECASE)


def is_nexis(lines: list[str]) -> bool:
    """Return whether lines are those of an export of Nexis; its first lines are enough."""
    first = next((line for line in lines if line.strip()), "")
    if _starts_document(first):
        return True
    ends = any(_END.fullmatch(line) for line in lines)
    return ends and any(_BODY.fullmatch(line) for line in lines)


def split_nexis(lines: list[str]) -> Iterator[PressItem]:
    """Yield the articles of an export of Nexis in order; nothing for other texts."""
    is_old = any(map(_starts_document, lines[:40]))
    block: list[str] = []
    for line in [*lines, ""]:
        if _starts_document(line) if is_old else _END.fullmatch(line[:200]):
            yield from _item(block, is_old=is_old)
            block = []
        else:
            block.append(line)
    yield from _item(block, is_old=is_old)


def _starts_document(line: str) -> bool:
    """Return whether a line is "1 of 2 DOCUMENTS" or the like, above each article."""
    return "DO" in line[:200].upper() and _DOCUMENT.fullmatch(line[:200]) is not None


def _item(block: list[str], *, is_old: bool) -> Iterator[PressItem]:
    """Yield the article in the lines of a block; nothing if there is none.

    `is_old` tells whether the export has the older layout.
    """
    item = _old_item(block) if is_old else _new_item(block)
    if item is not None:
        yield item


def _label(line: str) -> tuple[str, str]:
    """Return the field that a line's label stands for, and the value behind the label.

    Both are empty if the line has no known label.
    """
    found = _LABEL.fullmatch(line[:LONGEST_LINE].replace("\u00a0", " "))
    field = _FIELD_OF.get(found[1].lower(), "") if found else ""
    return (field, found[2].strip()) if found and field else ("", "")


def _old_item(block: list[str]) -> PressItem | None:
    """Return the article in a block of the older layout; None if there is none."""
    stated: dict[str, str] = {}
    header: list[list[str]] = []
    body: list[str] = []
    state = "header"
    for group in _with_blanks(block):
        field, value = _label(group[0])
        is_body = _BODY.fullmatch(group[0]) is not None
        if is_body and state != "footer":
            state = "body"
            body += [*group[1:], ""]
            continue
        if field and (state != "body" or _is_footer(group[0])):
            _note(stated, field, " ".join([value, *map(str.strip, group[1:])]))
            state = "labels" if state in {"header", "labels"} else "footer"
            continue
        if state == "labels":
            state = "body"
        if state == "header":
            header.append([line.strip() for line in group])
        elif state == "body" and not _is_closing(group):
            body += [*group, ""]
    return _made(stated, _heading(header), joined_groups(body))


def _with_blanks(lines: list[str]) -> Iterator[list[str]]:
    """Yield the groups of lines between blank lines; a line with a label begins a new group."""
    for group in groups_of(lines):
        start = 0
        for number, line in enumerate(group):
            if number > start and _label(line)[0] and line[:2].isupper():
                yield group[start:number]
                start = number
        yield group[start:]


def _is_footer(line: str) -> bool:
    """Return whether a labelled line ends the text; in older exports its label is in capitals."""
    label = line.partition(":")[0].strip()
    return label.isupper()


def _is_closing(group: list[str]) -> bool:
    """Return whether lines are the copyright notice that ends an article."""
    return len(group) <= 3 and _COPYRIGHT.match(group[0]) is not None


def _note(stated: dict[str, str], field: str, value: str) -> None:
    """Set a field in `stated`, unless it was set before."""
    stated.setdefault(field, sanitize_line(value))


def _heading(header: list[list[str]]) -> tuple[str, str, str]:
    """Return the outlet, the date and the headline in the groups above the labels.

    Each is empty if it is not found.
    """
    groups = [group for group in header if not _COPYRIGHT.match(group[0])]
    dated = next((number for number, group in enumerate(groups) if day_in(group[0])), None)
    if dated is None:
        return (groups[0][0] if groups else "", "", " ".join(groups[-1]) if len(groups) > 1 else "")
    outlet = " ".join(line for group in groups[:dated] for line in group)
    headline = " ".join(line for group in groups[dated + 1 :] for line in group)
    return outlet, groups[dated][0], headline


def _new_item(block: list[str]) -> PressItem | None:
    """Return the article in a block of the layout of Nexis Uni; None if there is none."""
    lines = [
        line.strip() for line in block if line.strip() and not _PAGE_LINE.fullmatch(line.strip())
    ]
    start = next((number for number, line in enumerate(lines) if _BODY.fullmatch(line)), None)
    if start is None:
        return None
    head, text = lines[:start], lines[start + 1 :]
    stated: dict[str, str] = {}
    first_label = len(head)
    for number in range(len(head) - 1, -1, -1):
        field, value = _label(head[number])
        if field:
            _note(stated, field, value)
            first_label = number
        elif first_label < len(head) and _COPYRIGHT.search(head[number]):
            first_label = number
            break
    above = [line for line in head[:first_label] if not _COPYRIGHT.match(line)]
    dated = next((n for n in range(len(above) - 1, -1, -1) if day_in(above[n])), len(above))
    outlet = above[dated - 1] if dated >= 1 else ""
    headline = above[dated - 2] if dated >= 2 else ""
    day = above[dated] if dated < len(above) else ""
    end = next((n for n, line in enumerate(text) if _ends_text(line)), len(text))
    for line in text[end:]:
        field, value = _label(line)
        if field:
            _note(stated, field, value)
    captions = _after(text[end:], ("Graphic", "Grafik"))
    paragraphs = tuple(map(sanitize_line, text[:end]))
    return _made(stated, (outlet, day, headline), paragraphs, captions)


def _ends_text(line: str) -> bool:
    """Return whether a line is a heading of a part that follows the article's text."""
    return line in {"Graphic", "Grafik", "Classification", "Klassifizierung"} or line.startswith(
        ("Load-Date:", "Update:")
    )


def _after(lines: list[str], headings: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines below one of some headings, up to the next label or heading.

    Empty if none of the headings is found.
    """
    found: list[str] = []
    on = False
    for line in lines:
        if line in headings:
            on = True
        elif _ends_text(line) or _label(line)[0]:
            on = False
        elif on:
            found.append(sanitize_line(line))
    return tuple(found)


def _made(
    stated: dict[str, str],
    heading: tuple[str, str, str],
    paragraphs: tuple[str, ...],
    captions: tuple[str, ...] = (),
) -> PressItem | None:
    """Return the article of stated fields; None if it has no words.

    Args:
        stated: The values of labelled fields.
        heading: Its outlet, its date and its headline, as `_heading` returns them.
        paragraphs: The text.
        captions: The captions of its pictures.
    """
    outlet, date, headline = heading
    headline = sanitize_line(stated.get("headline") or headline)
    teaser = stated.get("teaser", "")
    if not headline and not paragraphs:
        return None
    section = stated.get("section", "")
    page = _PAGE.search(section)
    return PressItem(
        headline=headline,
        paragraphs=(teaser, *paragraphs) if teaser else paragraphs,
        outlet=sanitize_line(outlet),
        date=day_in(date) or day_in(stated.get("date", "")),
        byline=name_in(stated.get("byline", "")),
        section=section,
        page=page[1] if page else "",
        language=language_code(stated.get("language", "")),
        captions=captions or tuple(filter(None, (stated.get("captions", ""),))),
    )
