from collections.abc import Callable
from pathlib import Path

import pytest

from tuireader.domain.article import Article, Passage
from tuireader.domain.blocks import BlockKind
from tuireader.domain.errors import SourceError
from tuireader.sources.open import open_whole_page
from tuireader.sources.pdf.document import describe_pdf, read_pdf
from tuireader.sources.pdf.page_lines import _with_columns
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


def line(
    text: str, base: float, left: float = 72.0, right: float = 500.0, *, hyphen: bool = False
) -> PdfLine:
    return PdfLine(text=text, left=left, right=right, base=base, size=11.0, hyphen=hyphen)


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
    assert article.date is None  # the day on which the file was made dates nothing
    assert read(make_pdf([lines("Words here.")], title="draft3.doc")).title == "Words here."


def test_hyphenation_is_undone_but_a_compound_stays() -> None:
    page = (
        line("a well-known light and the light", 700),
        line("of the light", 686, hyphen=True),
        line("house was a well", 672, hyphen=True),
        line("known one and a Franco", 658, hyphen=True),
        line("British thing.", 644),
    )
    text = " ".join(piece.text for piece, _ in pdf_blocks([page]))
    assert "the lighthouse was a well-known one and a Franco-British thing." in text


def test_an_indented_line_begins_a_paragraph() -> None:
    page = (
        line("One begins here and goes on to the edge", 700),
        line("and on to its end near the edge there.", 686, right=495),
        line("Two is indented and goes on to the edge", 672, left=86),
        line("and on.", 658, right=120),
    )
    assert [piece.text.split()[0] for piece, _ in pdf_blocks([page])] == ["One", "Two"]


def test_footnotes_do_not_break_the_paragraph_that_goes_on_over_the_page() -> None:
    note = PdfLine(text="1 A note.", left=72, right=200, base=60, size=8)
    first = (line("It goes on over", 100), line("the page and", 86), note)
    second = (line("ends here with some more words to it.", 700), line("Done it is.", 686))
    texts = [piece.text for piece, _ in pdf_blocks([first, second])]
    assert texts[0].startswith("It goes on over the page and ends here")
    assert texts[-1] == "1 A note."


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [line("left column words go", 700 - 14 * n, 50, 280) for n in range(3)]
    right = [line("right column words go", 700 - 14 * n, 310, 540) for n in range(3)]
    texts = [piece.text for piece, _ in pdf_blocks([(*left, *right)])]
    assert texts == [
        "left column words go " * 3 + "right column words go " * 2 + "right column words go"
    ]


def test_what_is_said_again_in_the_running_text_stays() -> None:
    pages = [tuple(line(f"Same words {n}", 700 - 14 * n) for n in range(6)) for _ in range(4)]
    assert without_running_lines(pages) == pages


def paged(count: int, *body: str, head: str = "", foot: str = "") -> list[tuple[PdfLine, ...]]:
    pages = []
    for number in range(count):
        page = [line(words, 700 - 14 * at) for at, words in enumerate(body)]
        if head:
            page.insert(0, line(head.format(number + 1), 760))
        if foot:
            page.append(line(foot.format(number + 1), 40))
        pages.append(tuple(page))
    return pages


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("The Journal of Piers", ""),
        ("On Piers {0}", "Page {0} of 9"),
        ("", "{0}"),
        ("", "– {0} –"),
        ("{0} Quays", "© Pier Press"),
    ],
)
def test_lines_that_recur_apart_from_the_text_are_left_out(head: str, foot: str) -> None:
    body = ("One line of the text", "and another one of it", "and the last one.")
    for page in without_running_lines(paged(9, *body, head=head, foot=foot)):
        assert [found.text for found in page] == list(body)


def test_the_title_of_the_chapter_is_a_running_header_on_right_pages() -> None:
    body = [line(f"Text of the page {at}", 700 - 14 * at) for at in range(4)]
    titles = ["Book", "Quays", "Book", "Quays", "Book", "Piers", "Book", "Piers"]
    pages = [(line(title, 760), *body) for title in titles]
    assert {len(page) for page in without_running_lines(pages)} == {4}


@pytest.mark.parametrize("last", ["A. No.", "12", "The refrain again", "(Laughter)"])
def test_lines_of_the_text_stay_though_they_recur_at_one_height(last: str) -> None:
    pages = paged(9, "Q. Did you see it?", "A. Yes.", "Q. And then?", last)
    assert without_running_lines(pages) == pages


def test_a_number_apart_from_the_text_stays_if_it_counts_no_pages() -> None:
    pages = [
        (line("Deaths in the year", 700), line("of the long frost", 686), line(str(value), 600))
        for value in (312, 41, 97, 1004)
    ]
    assert without_running_lines(pages) == pages


def test_the_last_line_of_the_footnotes_stays() -> None:
    pages = [
        (
            line("Text of the page with", 700),
            line("a note and another.", 686),
            PdfLine(text=f"{3 * number} Ibid." if number % 2 else f"{2 * number} Moor, Quays.",
                    left=72, right=200, base=60, size=8),
        )
        for number in range(1, 10)
    ]  # fmt: skip
    assert without_running_lines(pages) == pages


def test_what_is_left_out_is_counted_and_can_be_seen(make_pdf: MakePdf) -> None:
    pages = [[(72, 810, 9, "The Journal of Piers"), *lines(FULL, f"Page {n}.")] for n in range(4)]
    path = make_pdf(pages)
    assert "4 lines" in read(path).notices[0]
    assert "Journal" not in read(path).text
    whole = open_whole_page(str(path))
    assert whole.text.count("The Journal of Piers") == 4
    assert not whole.notices


def test_each_passage_knows_its_page(make_pdf: MakePdf) -> None:
    article = read(make_pdf([lines(FULL, "and it"), lines("goes on here."), lines("The end.")]))
    assert article.text == f"{FULL} and it goes on here.\n\nThe end."
    begun = article.text.index("goes on")
    assert [(page.name, page.offset) for page in article.pages] == [
        ("1", 0),
        ("2", begun),
        ("3", article.text.index("The end.")),
    ]
    assert article.page_at(begun - 1) == "1"
    assert article.page_range(Passage(5, begun + 3)) == "1–2"


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("in the years 1914-", "1918 it froze", "in the years 1914-1918 it froze"),
        ("in the years 1914–", "1918 it froze", "in the years 1914–1918 it froze"),
        ("the harbour—", "frozen—was shut", "the harbour—frozen—was shut"),
        ("the harbour –", "frozen – was shut", "the harbour – frozen – was shut"),
        ("the harbour", "—frozen—was shut", "the harbour—frozen—was shut"),
        ("at https://a.example/b/", "c/d.html for", "at https://a.example/b/c/d.html for"),
        ("see https://pier.example/a-", "b.html for", "see https://pier.example/a-b.html for"),
        ("see www.pier.example", "/index.html for", "see www.pier.example/index.html for"),
        ("see https://pier.example.", "Then we left", "see https://pier.example. Then we left"),
        ("at https://a.example/b", "and then left", "at https://a.example/b and then left"),
        ("write to ada@", "pier.example now", "write to ada@pier.example now"),
        ("masters and/", "or mates", "masters and/or mates"),
    ],
)  # fmt: skip
def test_dashes_and_addresses_broken_at_line_ends_are_whole(
    above: str, below: str, joined: str
) -> None:
    hyphen = above.endswith("-") and above[-2].isalpha()
    first = line(above.removesuffix("-") if hyphen else above, 700, hyphen=hyphen)
    ((piece, _),) = pdf_blocks([(first, line(below, 686))])
    assert piece.text == joined


def test_vertical_writing_is_read_by_columns() -> None:
    columns = ["港は二度", "凍った。︒"[:-1] + "﹂"]
    single = [
        PdfLine(text=char, left=500 - 20 * across, right=512 - 20 * across,
                base=700 - 12 * down, size=12)
        for across, column in enumerate(columns)
        for down, char in enumerate(column)
    ]  # fmt: skip
    page = tuple(_with_columns(single, 800))
    assert [found.text for found in page] == ["港は二度", "凍った。」"]
    assert [piece.text for piece, _ in pdf_blocks([page])] == ["港は二度凍った。」"]


def test_a_pdf_without_text_says_so(make_pdf: MakePdf) -> None:
    with pytest.raises(SourceError, match="only images of pages"):
        read(make_pdf([[]]))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n1 0 obj\n<<"])
def test_a_damaged_pdf_says_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    with pytest.raises(SourceError, match="damaged, or not a PDF"):
        read(path)
