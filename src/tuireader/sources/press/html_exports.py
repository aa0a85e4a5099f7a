"""Splits exports of Factiva and Europresse in HTML."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tuireader.sources.html.elements import tag_of
from tuireader.sources.html.parser import parse_html
from tuireader.sources.press.factiva import coded_fields, facts_of, item_of_facts, item_of_fields
from tuireader.sources.press.item import PressItem, day_in, name_in
from tuireader.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_FACTIVA = re.compile(rb"class=[\"']?(?:article [a-z]{2}Article|[a-z]{2}Headline)\b")
_EUROPRESSE = re.compile(rb"\b(?:rdp__DocPublicationName|DocPublicationName|titreArticleVisu)\b")
_ARTICLE = re.compile(r"(?:^|\s)(?:[a-z]{2}Article|article)(?:\s|$)")
_HEADLINE = re.compile(r"(?:^|\s)[a-z]{2}Headline(?:\s|$)")
_DOCUMENT = re.compile(r"(?:Document|Dokument|Documento)\s[A-Za-z0-9]{8,60}")
_PAGE = re.compile(r"\bp(?:p|age)?\.? ?([A-Z]{0,3}-?\d{1,4})\b")
_BLOCKS = ("div", "p", "td", "li", "h1", "h2", "h3", "h4")
_WEEKDAYS = (
    *("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)


def is_html_export(head: bytes) -> bool:
    """Return whether an HTML page is an export of Factiva or Europresse, by its first bytes."""
    return bool(_FACTIVA.search(head) or _EUROPRESSE.search(head))


def split_html(html: str, location: str) -> Iterator[PressItem]:
    """Yield the articles of an export in HTML, in order; nothing if there are none.

    Raises SourceError, which names `location`, if it cannot be parsed.
    """
    root = parse_html(html, location)
    marks = ("DocPublicationName", "titreArticle")
    europresse = [e for e in root.iter("article") if _with_class(e, *marks) is not None]
    if europresse:
        yield from map(_europresse_item, europresse)
        return
    for element in root.iter("div"):
        if _ARTICLE.search(element.get("class") or "") and (item := _factiva_item(element)):
            yield item


def _with_class(element: "_Element", *names: str) -> "_Element | None":
    """Return the first element inside another that has one of some classes; None if none has."""
    wanted = set(names)
    for inner in element.iter():
        if isinstance(inner.tag, str) and wanted & set((inner.get("class") or "").split()):
            return inner
    return None


def _text_of(element: "_Element | None") -> str:
    """Return the text of an element as one line; "" for None."""
    return sanitize_line(" ".join(element.itertext())) if element is not None else ""


def _factiva_item(article: "_Element") -> PressItem | None:
    """Return the article of an element of Factiva; None if it has no headline."""
    rows = [row for row in article.iter("tr") if len(row) == 2]
    if rows:
        lines = [f"{_text_of(row[0])} " + "\n".join(_lines_of(row[1])) for row in rows]
        stated = coded_fields("\n".join(lines).split("\n"))
        if "HD" in stated:
            return item_of_fields(stated)
    lines = list(_lines_of(article))
    headline = next((e for e in article.iter() if _HEADLINE.search(e.get("class") or "")), None)
    title = _text_of(headline)
    texts = [_text_of(p) for p in article.iter("p") if "rticleParagraph" in (p.get("class") or "")]
    paragraphs = tuple(text for text in texts if text and not _DOCUMENT.fullmatch(text))
    if not title and not paragraphs:
        return None
    first = paragraphs[0] if paragraphs else ""
    start = lines.index(title) + 1 if title in lines else 0
    end = lines.index(first, start) if first in lines[start:] else len(lines)
    facts = [line for line in lines[start:end] if line and not _DOCUMENT.fullmatch(line)]
    if not paragraphs:
        used = len(facts_of(facts))
        facts, paragraphs = facts[:used], tuple(facts[used:])
    return item_of_facts(title, facts, paragraphs)


def _lines_of(element: "_Element") -> Iterator[str]:
    """Yield the texts of the innermost blocks of an element, each paragraph with a blank line."""
    blocks = list(element.iter(*_BLOCKS))
    inner = [
        block
        for block in blocks
        if not any(tag_of(e) in {"div", "p", "td", "li"} for e in block.iterdescendants())
    ]
    if not inner or inner == [element]:
        yield _text_of(element)
        return
    for block in inner:
        yield _text_of(block)
        if tag_of(block) == "p":
            yield ""


def _europresse_item(article: "_Element") -> PressItem:
    """Return the article in an element of Europresse; fields that it lacks are empty."""
    publication = _with_class(article, "DocPublicationName")
    names = (
        [text for text in map(sanitize_line, publication.itertext()) if text]
        if publication is not None
        else []
    )
    facts = _text_of(_with_class(article, "DocHeader"))
    page = _PAGE.search(facts)
    body = _with_class(article, "docOcurrContainer", "DocText")
    if body is None:
        body = next((e for e in article if tag_of(e) == "section"), article)
    subtitle = _text_of(_with_class(article, "rdp__subtitle"))
    html = f"<p><b>{_escaped(subtitle)}</b></p>" * bool(subtitle) + _html_of(body)
    return PressItem(
        headline=_text_of(_with_class(article, "titreArticle", "grandTitre", "titreArticleVisu")),
        html=html,
        outlet=names[0].partition(",")[0].strip() if names else "",
        date=day_in(facts) or day_in(" ".join(names)),
        byline=name_in(_text_of(_with_class(article, "docAuthors", "sm-margin-bottomNews"))),
        section=_section(facts),
        page=page[1] if page else "",
        language=_language(article),
    )


def _language(article: "_Element") -> str:
    """Return the ISO 639-1 code that an article states; "" if it states none."""
    code = (article.get("lang") or "")[:2].lower()
    return code if code.isascii() and code.isalpha() else ""


def _section(facts: str) -> str:
    """Return the section before the date in "Économie, vendredi 1 mars 2024 320 mots, p. 12".

    Empty if there is no date.
    """
    first = facts.partition(",")[0].strip()
    if not first or first == facts or day_in(first) or first.split()[0].lower() in _WEEKDAYS:
        return ""
    return first


def _html_of(element: "_Element") -> str:
    """Return an element as HTML, without the parts that do not belong to the article's text."""
    from lxml import etree  # noqa: PLC0415 - 20 ms, and only for markup

    for inner in list(element.iter("header", "footer", "aside")):
        if inner is not element:
            inner.getparent().remove(inner)
    return str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))


def _escaped(text: str) -> str:
    """Return text escaped for HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;")
