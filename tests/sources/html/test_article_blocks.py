"""What of a page is shown as its article, and in which order."""

import pytest

from tuireader.domain.article import Article
from tuireader.domain.blocks import BlockKind
from tuireader.sources.html.page import read_page, read_whole_page

FIRST, SECOND, THIRD = (
    f"<p>In the {number} winter the ferry stayed in the harbour for many days, because the ice had"
    " come early that year, and the company had sold the only boat that could break it.</p>"
    for number in ("first", "second", "third")
)
HEADLINE = "<h1>Ferry in ice</h1>"


def article_of(body: str) -> Article:
    page = f"<html><head><title>Ferry in ice</title></head><body>{body}</body></html>"
    return read_page(page.encode(), "/ferry.html")


def blocks_of(body: str) -> list[tuple[BlockKind, str]]:
    article = article_of(body)
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def lines_of(body: str) -> list[str]:
    """The text of each block that is not one of the three paragraphs."""
    return [text for _, text in blocks_of(body) if not text.startswith("In the ")]


@pytest.mark.parametrize(
    ("added", "lines"),
    [
        (
            "<div>Ida rowed.<br><br>“It was cold,” said Ida.</div>",
            ["Ida rowed.", "“It was cold,” said Ida."],
        ),
        (
            "<div class='box'><div>“It was cold,” said Ida.</div></div>",
            ["“It was cold,” said Ida."],
        ),
        (
            "<p><a href='/x'><b>The court heard three islanders on Friday.</b></a></p>",
            ["The court heard three islanders on Friday."],
        ),
        ("<p><a href='/x'>They sold it.</a></p>", ["They sold it."]),
        ("<h2>No boat</h2>", ["No boat"]),
        ("<ul><li>Oars</li><li>Ropes</li></ul>", ["• Oars", "• Ropes"]),
        ("<ol start='3'><li>Row</li><li>Wait</li></ol>", ["3. Row", "4. Wait"]),
        ("<dl><dt>Skerry</dt><dd>A small island</dd></dl>", ["Skerry", "A small island"]),
        ("<blockquote><p>It froze.</p><p>Twice.</p></blockquote>", ["It froze.", "Twice."]),
        ("<pre>one\n  two</pre>", ["one\n  two"]),
        (
            "<pre>a<div>b</div><div><span class='select-none'>2</span>c</div></pre>",
            ["a\nb\nc"],
        ),
        ("<p><img class='tex' alt='E=mc^2'></p>", ["E=mc²"]),
        ("<blockquote>Ice.<footer>— Ida</footer></blockquote>", ["Ice.", "— Ida"]),
        (
            "<p>See:</p><ul><li><a href='/a'>Report</a></li><li><a href='/b'>Plan</a></li></ul>",
            ["See:", "• Report", "• Plan"],
        ),
        ("<details><summary>More</summary><p>It was ice.</p></details>", ["More", "It was ice."]),
    ],
)
@pytest.mark.parametrize("frame", ["{}", "<article>{}</article>", "<div id='x'>{}</div>"])
def test_what_stands_among_the_paragraphs_is_shown_in_its_place(
    added: str, lines: list[str], frame: str
) -> None:
    shown = [text for _, text in blocks_of(frame.format(HEADLINE + FIRST + added + SECOND + THIRD))]
    at = next(number for number, text in enumerate(shown) if text.startswith("In the first"))
    assert shown[at + 1 : at + 1 + len(lines)] == lines
    assert shown[at + 1 + len(lines)].startswith("In the second")


@pytest.mark.parametrize(
    "added",
    [
        "<div class='newsletter-signup'><p>Get our news each morning, free of charge.</p></div>",
        "<aside><p>The other island has a bridge since last year.</p></aside>",
        "<nav><ul><li>Home</li><li>Sport</li></ul></nav>",
        "<p style='display: none'>Hidden words of the page, nobody sees them.</p>",
        "<div hidden><p>Hidden words of the page, nobody sees them.</p></div>",
        "<ul class='share'><li>Mail</li><li>Print</li></ul>",
    ],
)
def test_what_is_not_of_the_article_is_left_out(added: str) -> None:
    assert lines_of(f"<article>{FIRST}{added}{SECOND}{THIRD}</article>") == []


def test_a_list_after_the_last_paragraph_belongs_to_the_article() -> None:
    body = f"{FIRST}{SECOND}{THIRD}<h3>Terms</h3><dl><dt>Skerry</dt><dd>An island</dd></dl>"
    assert lines_of(body) == ["Terms", "Skerry", "An island"]


def test_a_caption_after_the_last_paragraph_belongs_to_the_article() -> None:
    figures = "<figure><img><figcaption>The quay</figcaption></figure>" * 2
    assert lines_of(f"<article>{FIRST}{SECOND}{THIRD}{figures}</article>") == ["The quay"] * 2


def test_nested_lists_are_nested() -> None:
    items = "<ul><li>Boats<ol><li>Oars<ul><li>Ash</li></ul></li></ol></li><li>Ropes</li></ul>"
    article = article_of(FIRST + items + SECOND + THIRD)
    levels = [block.level for block in article.blocks if block.kind is BlockKind.LIST_ITEM]
    assert levels == [0, 1, 2, 0]


@pytest.mark.parametrize(
    "figure",
    [
        "<figure><img alt='A quay'><figcaption>The quay. <i>Photo: Ida</i></figcaption></figure>",
        "<div class='wp-caption'><img><p class='wp-caption-text'>The quay. Photo: Ida</p></div>",
        "<div><img><div class='image-text'>The quay. Photo: Ida</div></div>",
        "<figure><button><img></button><figcaption>The quay. Photo: Ida</figcaption></figure>",
        "<figure><img><figcaption>The quay.<small>Photo: Ida</small></figcaption></figure>",
        "<p>It froze.</p><span class='caption'>The quay. Photo: Ida</span><p>It froze.</p>",
    ],
)
def test_a_caption_is_kept_with_its_credit_and_set_apart(figure: str) -> None:
    blocks = blocks_of(f"<article>{FIRST}{figure}{SECOND}{THIRD}</article>")
    assert (BlockKind.CAPTION, "The quay. Photo: Ida") in blocks


def test_prose_in_figures_stays_prose() -> None:
    slides = "".join(
        f"<figure><img><div>{words}</div></figure>" for words in (FIRST, SECOND, THIRD)
    )
    kinds = {kind for kind, _ in blocks_of(f"<article>{slides}</article>")}
    quotation = "<figure><blockquote>It froze.</blockquote></figure>"
    assert (BlockKind.BLOCKQUOTE, "It froze.") in blocks_of(FIRST + quotation + SECOND + THIRD)
    assert kinds != {BlockKind.CAPTION}


def test_the_description_of_a_picture_is_shown_on_request() -> None:
    page = f"<article>{FIRST}<figure><img alt='A man on a quay'></figure>{SECOND}{THIRD}</article>"
    assert "A man on a quay" not in article_of(page).text
    assert "A man on a quay" in read_whole_page(page.encode(), "/a.html").text


def test_an_introduction_below_the_headline_belongs_to_the_article() -> None:
    intro = (
        "<p class='article-lead'>Ice has closed the harbour for the third time in ten years.</p>"
    )
    body = f"<header>{HEADLINE}{intro}</header><article>{FIRST}{SECOND}{THIRD}</article>"
    assert "Ice has closed the harbour for the third time in ten years." in article_of(body).text


def test_paragraphs_that_are_left_out_are_counted() -> None:
    box = f"<div class='expandable'><div><div>{SECOND.replace('second', 'last')}</div></div></div>"
    article = article_of(f"<article>{FIRST}{SECOND}{box}{THIRD}</article>")
    assert article.left_out == 1
    assert "In the last winter" not in article.text
    assert article_of(f"<article>{FIRST}{SECOND}{THIRD}</article>").left_out == 0


def test_equal_words_are_taken_from_where_the_article_has_them() -> None:
    menu = "<ul><li>Boats</li><li>Ice</li></ul>"
    body = f"{menu}<article>{FIRST}<h2>Ice</h2>{SECOND}<h2>Boats</h2>{THIRD}</article>{menu}"
    assert lines_of(body) == ["Ice", "Boats"]


def test_a_credit_is_set_off_from_its_caption() -> None:
    caption = "<span>The quay</span><span>© Ida Brand</span>"
    figure = f"<figure><img src='a'><figcaption>{caption}</figcaption></figure>"
    assert "The quay © Ida Brand" in lines_of(f"<article>{FIRST}{figure}{SECOND}{THIRD}</article>")
