import datetime as dt
import zipfile
from collections.abc import Callable
from contextlib import suppress
from html import escape
from io import BytesIO
from pathlib import Path

import pytest

from tuireader.domain.blocks import BlockKind
from tuireader.domain.errors import SourceError
from tuireader.sources.open import article_locations, open_article, read_list_entry
from tuireader.sources.press.export import is_export, press_items
from tuireader.sources.press.item import PressItem

OLD_NEXIS = """
                               1 of 2 DOCUMENTS


                              The New York Times

                             March 1, 2024 Friday
                              Late Edition - Final

Bank Cuts Rates, and
Nobody Is Surprised

BYLINE: By ANN REPORTER and BOB WRITER

SECTION: Section A; Column 1; Business Desk; Pg. 12

LENGTH: 320 words

DATELINE: WASHINGTON


   The bank cut rates on Friday, "a bold step," the minister
said.

   Note: a second paragraph.

GRAPHIC: PHOTO: The bank (PHOTOGRAPH BY CY LENS)

LOAD-DATE: March 2, 2024

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper

                   Copyright 2024 The New York Times Company
                              All Rights Reserved

                               2 of 2 DOCUMENTS

                                The Guardian

                              March 2, 2024

Second story

LENGTH: 100 words

   Another body.
"""
GERMAN_NEXIS = """
                              Dokument 1 von 1


                             Süddeutsche Zeitung

                           Samstag 2. März 2024

Der Hafen friert zu

AUTOR: Von Ida Strand

RUBRIK: POLITIK; S. 7

LÄNGE: 210 Wörter

   Der Hafen fror zu.

UPDATE: 3. März 2024

SPRACHE: GERMAN; DEUTSCH
"""
NEW_NEXIS = """User Name: Ada
Date and Time: Friday, 1 March 2024 10:11:00 GMT
Job Number: 1
Documents (2)
1. Bank cuts rates
Client/Matter: -None-
2. Second story
Client/Matter: -None-

Page 1 of 2
Bank cuts rates
The New York Times
March 1, 2024 Friday
Late Edition - Final

Copyright 2024 The New York Times Company All Rights Reserved
Section: Section A; Column 1; Pg. 1
Length: 320 words
Byline: By Ann Reporter
Highlight: A bold step.

Body


The bank cut rates on Friday.
Second paragraph.

Graphic

PHOTO: The bank
Classification
Language: ENGLISH
Load-Date: March 2, 2024

End of Document

Second story
The Guardian (London)
March 2, 2024 Saturday 9:15 AM GMT
Copyright 2024 Guardian
Length: 100 words
Body
Another body.
Load-Date: March 2, 2024
End of Document
"""
FACTIVA = """Business
Bank cuts rates
By Ann Reporter
320 words
1 March 2024
18:30
Financial Times
FTFT
Asia-Pacific
12
English
(c) 2024 The Financial Times Limited. All rights reserved

The bank cut rates on Friday, the minister said.

Second paragraph here.

Document FTFT000020240301ek31000

Zweite Geschichte
100 Wörter
2. März 2024
Reuters - Nachrichten
DEREUT
Deutsch
© 2024 Reuters

Der Hafen fror zu.

Dokument DEREUT0020240302ek3200001
"""
CODED_FACTIVA = """SE Business
HD
Bank cuts rates
BY By Ann Reporter
WC 320 words
PD 1 March 2024
ET 18:30
SN Financial Times
SC FTFT
PG 12
LA English
CY (c) 2024
LP
The bank cut rates on Friday,
the minister said.
TD
IN A HURRY, the bank said.

AT the end.
CO bnk : Bank
AN
Document FTFT000020240301ek31000
"""
PROQUEST = """____________________________________________________________

Document 1 of 2

Bank cuts rates

Author: Reporter, Ann

Publication info: Financial Times ; London (UK) [London (UK)]01 Mar 2024: 12.

Links: http://a.example/

Full text: The bank cut rates on Friday, the minister said: “It is time”.

Second paragraph here.

Subject: Banks; Interest rates

Title: Bank cuts rates

Publication title: Financial Times; London (UK)

First page: 12

Publication date: Mar 1, 2024

Section: FRONT PAGE

Language of publication: English

ProQuest document ID: 123
____________________________________________________________

Document 2 of 2

Second story

Publication title: The Guardian

Publication date: Mar 2, 2024

Full text: Another body.
____________________________________________________________
"""
EUROPRESSE = """<!DOCTYPE html><html><body>
<article lang="fr"><header>
<div class="rdp__DocPublicationName"><span class="DocPublicationName">Le Monde, no. 24512<br>
</span></div>
<span class="DocHeader">Économie, vendredi 1 mars 2024 320 mots, p. 12</span>
<div class="titreArticle">
<p class="titreArticleVisu rdp__articletitle">La banque baisse ses taux</p></div>
<p class="rdp__subtitle">Une étape</p>
<p class="sm-margin-bottomNews">Par Ann Reporter</p></header>
<section><div class="docOcurrContainer"><p>La banque a baissé ses taux, « enfin ».</p>
<p>Deux.</p></div></section>
<footer>© 2024</footer></article>
<article><header><div class="rdp__DocPublicationName">
<span class="DocPublicationName">Libération (site web)</span></div>
<span class="DocHeader">samedi 2 mars 2024 - 10:11 UTC +01:00 100 mots</span>
<div class="titreArticle"><p class="titreArticleVisu">Deuxième</p></div></header>
<section><p>Un autre texte.</p></section></article></body></html>"""
FACTIVA_HTML = """<html><body><div class="article deArticle"><p>
<div id="hd"><span class="deHeadline">Bank cuts <b>rates</b></span></div>
<div class="author">Von Ann Reporter</div><div>320 Wörter</div><div>1. März 2024</div>
<div>Süddeutsche Zeitung</div><div>SDDZ</div><div>12</div><div>Deutsch</div><div>© 2024</div>
<p class="articleParagraph dearticleParagraph">The bank cut rates.</p>
<p class="articleParagraph dearticleParagraph">Two.</p><p>Dokument SDDZ000020240301ek31000</p></div>
<div class="article enArticle"><table>
<tr><td><b>HD</b></td><td><span class="enHeadline">Second</span></td></tr>
<tr><td><b>PD</b></td><td>2 March 2024</td></tr><tr><td><b>SN</b></td><td>The Guardian</td></tr>
<tr><td><b>LP</b></td><td><p>Another body.</p></td></tr>
<tr><td><b>TD</b></td><td><p>More.</p><p>End.</p></td></tr>
</table></div></body></html>"""
MARCH = dt.date(2024, 3, 1)


def facts(item: PressItem) -> tuple[str, str, dt.date | None, str, str, str]:
    return item.headline, item.outlet, item.date, item.byline, item.page, item.language


@pytest.mark.parametrize(
    ("text", "expected", "paragraphs"),
    [
        (
            OLD_NEXIS,
            (
                *("Bank Cuts Rates, and Nobody Is Surprised", "The New York Times", MARCH),
                *("ANN REPORTER and BOB WRITER", "12", "en"),
            ),
            (
                'The bank cut rates on Friday, "a bold step," the minister said.',
                "Note: a second paragraph.",
            ),
        ),
        (
            NEW_NEXIS,
            ("Bank cuts rates", "The New York Times", MARCH, "Ann Reporter", "1", "en"),
            ("A bold step.", "The bank cut rates on Friday.", "Second paragraph."),
        ),
        (
            FACTIVA,
            ("Bank cuts rates", "Financial Times", MARCH, "Ann Reporter", "12", "en"),
            ("The bank cut rates on Friday, the minister said.", "Second paragraph here."),
        ),
        (
            CODED_FACTIVA,
            ("Bank cuts rates", "Financial Times", MARCH, "Ann Reporter", "12", "en"),
            (
                "The bank cut rates on Friday, the minister said.",
                "IN A HURRY, the bank said.",
                "AT the end.",
            ),
        ),
        (
            PROQUEST,
            ("Bank cuts rates", "Financial Times", MARCH, "Reporter, Ann", "12", "en"),
            (
                "The bank cut rates on Friday, the minister said: “It is time”.",
                "Second paragraph here.",
            ),
        ),
        (
            FACTIVA_HTML,
            ("Bank cuts rates", "Süddeutsche Zeitung", MARCH, "Ann Reporter", "12", "de"),
            ("The bank cut rates.", "Two."),
        ),
    ],
)
def test_the_first_article_of_each_export(
    text: str, expected: tuple[object, ...], paragraphs: tuple[str, ...]
) -> None:
    assert is_export(text.encode())
    first = press_items(text)[0]
    assert facts(first) == expected
    assert first.paragraphs == paragraphs


@pytest.mark.parametrize(
    ("text", "headline", "outlet", "body"),
    [
        (OLD_NEXIS, "Second story", "The Guardian", "Another body."),
        (NEW_NEXIS, "Second story", "The Guardian (London)", "Another body."),
        (FACTIVA, "Zweite Geschichte", "Reuters - Nachrichten", "Der Hafen fror zu."),
        (PROQUEST, "Second story", "The Guardian", "Another body."),
        (FACTIVA_HTML, "Second", "The Guardian", "Another body. More. End."),
        (EUROPRESSE, "Deuxième", "Libération (site web)", "Un autre texte."),
    ],
)
def test_the_second_article_of_each_export(
    tmp_path: Path, text: str, headline: str, outlet: str, body: str
) -> None:
    path = tmp_path / ("a.html" if text.lstrip().startswith("<") else "a.txt")
    path.write_text(text, encoding="utf-8")
    _, location = article_locations(str(path))
    article, entry = open_article(location), read_list_entry(location)
    assert (article.title, article.outlet) == (headline, outlet) == (entry.title, entry.outlet)
    assert article.date == entry.date == dt.date(2024, 3, 2)
    assert article.text.replace("\n\n", " ") == body


def test_europresse_in_html() -> None:
    first = press_items(EUROPRESSE)[0]
    assert facts(first) == (
        "La banque baisse ses taux",
        "Le Monde",
        MARCH,
        "Ann Reporter",
        "12",
        "fr",
    )
    assert first.section == "Économie"


def test_nexis_in_german() -> None:
    (item,) = press_items(GERMAN_NEXIS)
    day = dt.date(2024, 3, 2)
    assert facts(item) == (
        "Der Hafen friert zu",
        "Süddeutsche Zeitung",
        day,
        "Ida Strand",
        "7",
        "de",
    )
    assert item.paragraphs == ("Der Hafen fror zu.",)


def test_section_and_page_are_a_caption_above_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(OLD_NEXIS, encoding="utf-8")
    article = open_article(next(article_locations(str(path))))
    first, *_, last = article.blocks
    assert (first.kind, last.kind) == (BlockKind.CAPTION, BlockKind.CAPTION)
    assert article.text[: first.end] == "Section A; Column 1; Business Desk; Pg. 12"
    assert article.text[last.start :] == "PHOTO: The bank (PHOTOGRAPH BY CY LENS)"


def test_ids_do_not_depend_on_the_order(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    found = []
    for text in (FACTIVA, FACTIVA[FACTIVA.index("Zweite") :]):
        path.write_text(text, encoding="utf-8")
        found.append(list(article_locations(str(path))))
    assert found[0][1:] == found[1]


@pytest.mark.parametrize(
    "text",
    [
        "1 of 2 people said so.\n\nThe bank cut rates.",
        "By Ann Reporter\n320 words\n\nThe bank cut rates.",
        "HD is a disk.\n\nBY the sea.",
        "<html><body><article><p>Words.</p></article></body></html>",
        "Body\n\nof a text",
        "",
    ],
)
def test_other_texts_are_no_exports(text: str) -> None:
    assert not is_export(text.encode())
    assert not press_items(text)


@pytest.mark.parametrize(
    "start", [OLD_NEXIS, NEW_NEXIS, FACTIVA, CODED_FACTIVA, PROQUEST, EUROPRESSE]
)
@pytest.mark.parametrize(
    "piece", ["\n", "a: b\n", "HD x\nAN Document AAAAAAAAAAAA\n", "<div>", "1 of 2 DOCUMENTS\n"]
)
def test_hostile_exports_are_read_or_refused(start: str, piece: str) -> None:
    with suppress(SourceError):
        press_items(start + piece * 5_000)


def rtf(text: str) -> bytes:
    escaped = "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in text)
    return ("{\\rtf1\\ansi " + escaped.replace("\n", "\\par\n") + "}").encode()


def docx(text: str) -> bytes:
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraphs = "".join(
        f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.split("\n")
    )
    relations = "http://schemas.openxmlformats.org/package/2006"
    document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    content = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{relations}/content-types"><Override PartName="/word/document.xml"'
            f' ContentType="{content}"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{relations}/relationships"><Relationship Id="r"'
            f' Type="{document}" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{main}"><w:body>{paragraphs}</w:body></w:document>',
        )
    return file.getvalue()


@pytest.mark.parametrize("write", [rtf, docx])
@pytest.mark.parametrize("text", [NEW_NEXIS, FACTIVA])
def test_exports_in_documents_are_divided(
    tmp_path: Path, write: Callable[[str], bytes], text: str
) -> None:
    path = tmp_path / f"a.{write.__name__}"
    path.write_bytes(write(text))
    first, second = map(open_article, article_locations(str(path)))
    assert first.text.endswith(("Second paragraph here.", "Second paragraph.\n\nPHOTO: The bank"))
    assert first.page_at(3) in {"1", "12"}
    assert second.title in {"Second story", "Zweite Geschichte"}


def test_other_documents_are_one_article(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx("A letter\n\nThe end of the document."))
    assert list(article_locations(str(path))) == [str(path)]
