from collections.abc import Callable
from pathlib import Path

import pytest

from tuireader.domain.article import Article
from tuireader.domain.blocks import BlockKind
from tuireader.domain.errors import SourceError
from tuireader.sources.pdf.document import describe_pdf, read_pdf
from tuireader.sources.pdf.paragraphs import pdf_blocks
from tuireader.sources.pdf.running_lines import PdfLine, without_running_lines

MakePdf = Callable[..., Path]
Words = tuple[float, float, float, str]

FULL = "all of this line is words that go on and on until the right edge of it is met so"


def read(path: Path) -> Article:
    with path.open("rb") as file:
        return read_pdf(file, str(path), lambda: None)


def lines(*words: str, top: float = 760.0, left: float = 72.0, size: float = 11.0) -> list[Words]:
    return [(left, top - 14 * number, size, line) for number, line in enumerate(words)]


def line(text: str, base: float, left: float = 72.0, right: float = 500.0, **more: bool) -> PdfLine:
    return PdfLine(text=text, left=left, right=right, base=base, size=11.0, **more)


def test_a_paragraph_is_joined_over_its_lines(make_pdf: MakePdf) -> None:
    page = lines(FULL, FULL, "and it ends here.", "A short one.") + lines("New text.", top=640)
    article = read(make_pdf([page]))
    assert [article.text[block.start : block.end] for block in article.blocks] == [
        f"{FULL} {FULL} and it ends here.",
        "A short one.",
        "New text.",
    ]


def test_a_paragraph_is_joined_over_pages_and_the_footer_between_is_dropped(
    make_pdf: MakePdf,
) -> None:
    def page(number: int, *body: str) -> list[Words]:
        return [
            (72, 810, 9, f"The Journal of Piers, volume {number}"),
            *lines(*body),
            (290, 40, 9, str(number)),
        ]

    pages = [page(1, FULL, FULL), page(2, "and on.", FULL, FULL), page(3, "to the end.")]
    article = read(make_pdf(pages))
    assert article.text.split("\n\n") == [
        f"{FULL} {FULL} and on.",
        f"{FULL} {FULL} to the end.",
    ]


def test_a_larger_line_is_a_heading_and_gives_the_title(make_pdf: MakePdf) -> None:
    page = [(72, 800, 20, "On Piers"), (72, 775, 15, "Their lamps"), *lines(FULL, FULL, "End.")]
    path = make_pdf([page])
    article = read(path)
    assert article.title == "On Piers"
    assert [(block.kind, block.level) for block in article.blocks] == [
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 2),
        (BlockKind.PARAGRAPH, 0),
    ]
    with path.open("rb") as file:
        assert describe_pdf(file, str(path)).title == "On Piers"


def test_what_the_file_says_of_itself_is_known(make_pdf: MakePdf) -> None:
    article = read(make_pdf([lines("Words.")], title="A Stated Title"))
    assert article.title == "A Stated Title"
    assert article.date is not None
    assert article.date.isoformat() == "2024-09-04"
    assert read(make_pdf([lines("Words here.")], title="draft3.doc")).title == "Words here."


def test_hyphenation_is_undone_but_a_compound_stays() -> None:
    page = (
        line("a well-known light and the light", 700),
        line("of the light", 686, hyphen=True),
        line("house was a well", 672, hyphen=True),
        line("known one and a Franco", 658, hyphen=True),
        line("British thing.", 644),
    )
    text = " ".join(piece.text for piece in pdf_blocks([page]))
    assert "the lighthouse was a well-known one and a Franco-British thing." in text


def test_an_indented_line_begins_a_paragraph() -> None:
    page = (
        line("One begins here and goes on to the edge", 700),
        line("and on to its end near the edge there.", 686, right=495),
        line("Two is indented and goes on to the edge", 672, left=86),
        line("and on.", 658, right=120),
    )
    assert [piece.text.split()[0] for piece in pdf_blocks([page])] == ["One", "Two"]


def test_footnotes_do_not_break_the_paragraph_that_goes_on_over_the_page() -> None:
    note = PdfLine(text="1 A note.", left=72, right=200, base=60, size=8)
    first = (line("It goes on over", 100), line("the page and", 86), note)
    second = (line("ends here with some more words to it.", 700), line("Done it is.", 686))
    texts = [piece.text for piece in pdf_blocks([first, second])]
    assert texts[0].startswith("It goes on over the page and ends here")
    assert texts[-1] == "1 A note."


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [line("left column words go", 700 - 14 * n, 50, 280) for n in range(3)]
    right = [line("right column words go", 700 - 14 * n, 310, 540) for n in range(3)]
    texts = [piece.text for piece in pdf_blocks([(*left, *right)])]
    assert texts == [
        "left column words go " * 3 + "right column words go " * 2 + "right column words go"
    ]


def test_what_is_said_twice_in_the_middle_of_pages_stays() -> None:
    pages = [tuple(line(f"Same words {n}", 700 - 14 * n) for n in range(6)) for _ in range(4)]
    kept = without_running_lines(pages)
    assert [len(page) for page in kept] == [2, 2, 2, 2]


def test_a_pdf_without_text_says_so(make_pdf: MakePdf) -> None:
    with pytest.raises(SourceError, match="only images of pages"):
        read(make_pdf([[]]))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n1 0 obj\n<<"])
def test_a_damaged_pdf_says_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    with pytest.raises(SourceError, match="damaged, or not a PDF"):
        read(path)
