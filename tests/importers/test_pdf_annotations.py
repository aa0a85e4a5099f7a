"""Annotations in PDF files, and beside them as Okular keeps them."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from importers.reading import Export, archive
from pypdfium2 import PdfDocument

from tuireader.domain.bookmark import Colour
from tuireader.domain.errors import SourceError
from tuireader.importers.pdf_annotations import pdf_moment

MakePdf = Callable[..., Path]
LINES = ("The tide turned at nine, and nobody", "counted the boats that were gone.")


@pytest.fixture
def paper(make_pdf: MakePdf) -> Path:
    words = [(72, 700 - 14 * number, 11, line) for number, line in enumerate(LINES)]
    return make_pdf([[(72, 700, 11, "A page before.")], words], title="Low Water")


def quads(path: Path, words: str, page: int = 1) -> list[tuple[float, float, float, float]]:
    """Where words are, one rectangle a line: left, bottom, right, top in points."""
    document = PdfDocument(path)
    text = document[page].get_textpage()
    whole = text.get_text_range().replace("\r\n", "  ")
    start = whole.index(words)
    found = [text.get_rect(n) for n in range(text.count_rects(start, len(words)))]
    document.close()
    return found


def annotated(path: Path, *annotations: str) -> Path:
    """The PDF with objects added to its second page, as viewers append them."""
    data = path.read_bytes()
    page = data.index(b"/Contents 7 0 R")
    numbers = range(100, 100 + len(annotations))
    references = " ".join(f"{number} 0 R" for number in numbers).encode()
    changed = data[:page] + b"/Annots [" + references + b"] " + data[page:]
    bodies = b"".join(
        f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
        for number, body in zip(numbers, annotations, strict=True)
    )
    # The table of places is wrong now; PDFium makes it anew.
    out = path.with_name("annotated.pdf")
    out.write_bytes(changed.partition(b"xref\n")[0] + bodies + b"trailer << /Root 1 0 R >>\n%%EOF")
    return out


def markup(kind: str, places: list[tuple[float, float, float, float]], more: str = "") -> str:
    points = " ".join(f"{l} {t} {r} {t} {l} {b} {r} {b}" for l, b, r, t in places)  # noqa: E741
    return (
        f"<< /Type /Annot /Subtype /{kind} /Rect [0 0 9 9] /C [0.2 0.3 1] /QuadPoints [{points}]"
        f" {more} >>"
    )


def test_a_highlight_over_two_lines_has_its_words_note_colour_time_and_page(paper: Path) -> None:
    places = quads(paper, "nobody  counted the boats")
    marked = annotated(
        paper,
        markup("Highlight", places, "/Contents (who?) /M (D:20220506070809+02'00')"),
        markup("Underline", quads(paper, "The tide"), "/Contents (The  tide)"),
        "<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (on the page) >>",
        "<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (yes) /IRT 100 0 R >>",
        "<< /Type /Annot /Subtype /Ink /Rect [0 0 9 9] /InkList [[1 1 2 2]] >>",
        "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] >>",
    )
    export = Export(marked.read_bytes(), str(marked))
    item = export.item
    assert item.file == str(marked)
    boats, tide, note = item.highlights
    assert (boats.words, boats.note) == ("nobody counted the boats", "who?\n\nyes")
    assert (boats.colour, boats.position) == (Colour.BLUE, "page 2")
    assert boats.created == dt.datetime(2022, 5, 6, 5, 8, 9, tzinfo=dt.UTC)
    assert (tide.words, tide.note) == ("The tide", "")
    assert (note.words, note.note) == ("", "on the page")
    assert export.left_out == {"drawing": 1}


def test_a_pdf_without_annotations_says_so(paper: Path) -> None:
    with pytest.raises(SourceError, match="no annotations"):
        Export(paper.read_bytes())


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n1 0 obj <<"])
def test_a_damaged_pdf_says_so(data: bytes) -> None:
    with pytest.raises(SourceError, match="damaged"):
        Export(data)


def docdata(path: Path, url: str = "") -> str:
    document = PdfDocument(path)
    width, height = document[1].get_size()
    document.close()
    shares = "".join(
        f'<quad ax="{left / width}" bx="{right / width}" cx="{right / width}" dx="{left / width}"'
        f' ay="{1 - bottom / height}" by="{1 - bottom / height}" cy="{1 - top / height}"'
        f' dy="{1 - top / height}"/>'
        for left, bottom, right, top in quads(path, "nobody  counted the boats")
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE documentInfo>'
        f'<documentInfo url="{url}"><pageList><page number="1"><annotationList>'
        '<annotation type="4"><base creationDate="2022-05-06T07:08:09" color="#ffff00"'
        f' contents="who?"/><hl type="0">{shares}</hl></annotation>'
        '<annotation type="1"><base contents="on the page"/><text/></annotation>'
        '<annotation type="6"><base/><ink/></annotation>'
        "</annotationList></page></pageList></documentInfo>"
    )


def test_what_okular_keeps_beside_a_pdf_gets_its_words_from_it(paper: Path) -> None:
    export = Export(docdata(paper, str(paper)))
    boats, note = export.item.highlights
    assert (export.service, export.item.file) == ("Okular", str(paper))
    assert (boats.words, boats.note) == ("nobody counted the boats", "who?")
    assert (boats.colour, boats.position) == (Colour.YELLOW, "page 2")
    assert (note.words, note.note) == ("", "on the page")
    assert export.left_out == {"drawing": 1}


def test_an_archive_of_okular_has_the_document_inside(paper: Path) -> None:
    members: dict[str, str | bytes] = {
        "content.xml": "<OkularArchive/>",
        "document.pdf": paper.read_bytes(),
        "metadata.xml": docdata(paper),
    }
    (boats, _) = Export(archive(members)).item.highlights
    assert boats.words == "nobody counted the boats"


def test_highlights_of_a_document_that_is_gone_are_counted(paper: Path) -> None:
    gone = docdata(paper, "/nowhere/low water.pdf")
    export = Export(gone)
    assert export.item.title == "low water"
    assert [one.note for one in export.item.highlights] == ["who?", "on the page"]
    assert export.left_out == {"highlight whose document is not here": 1, "drawing": 1}


@pytest.mark.parametrize(
    ("stamp", "iso"),
    [
        ("D:20220506070809Z", "2022-05-06T07:08:09+00:00"),
        ("D:20220506", "2022-05-06T00:00:00+00:00"),
        ("20220506070809-03'30'", "2022-05-06T07:08:09-03:30"),
        ("D:20229906", None),
        ("D:20220506070809+99'00'", None),
        ("tomorrow", None),
    ],
)
def test_times_in_pdf_files(stamp: str, iso: str | None) -> None:
    moment = pdf_moment(stamp)
    assert (moment.isoformat() if moment else None) == iso
