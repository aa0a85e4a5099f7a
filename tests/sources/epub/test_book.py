import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tuireader.domain.article import CONTENTS, Article
from tuireader.domain.blocks import BlockKind
from tuireader.domain.dates import PartialDate
from tuireader.domain.errors import SourceError, SourceNotFoundError
from tuireader.sources.epub.book import describe_chapter, read_book, read_chapter

MakeEpub = Callable[..., Path]
CHAPTERS = {
    "one.xhtml": "<h1>The Pier</h1><p>She lit the lamp<a epub:type='noteref' href='#n1'>1</a>.</p>"
    "<aside epub:type='footnote' id='n1'><p>It was brass.</p></aside>",
    "two.xhtml": "<h1>The <em>Storm</em></h1><p>See <a href='one.xhtml#n1'>the note</a>,"
    " <a href='https://example.org/x'>a page</a> and <a href='javascript:x()'>this</a>.</p>",
}
CONTENTS_LINES = {"Chapter 1: The Pier": "one.xhtml", "Chapter 2: The Storm": "two.xhtml"}


def ids(path: Path) -> tuple[str, ...]:
    with path.open("rb") as file:
        return read_book(file, str(path)).ids


def chapter(path: Path, name: str) -> Article:
    with path.open("rb") as file:
        return read_chapter(file, str(path), name)


def target(article: Article, words: str) -> tuple[str, str]:
    (link,) = (link for link in article.links if link.passage.of(article.text) == words)
    return link.target, link.place


def reason(path: Path, name: str = "") -> str:
    with pytest.raises(SourceError) as refusal:
        chapter(path, name or ids(path)[0])
    return refusal.value.reason


def test_a_book_gives_its_contents_and_its_chapters_in_order(make_epub: MakeEpub) -> None:
    path = make_epub(CHAPTERS, CONTENTS_LINES)
    assert ids(path) == (CONTENTS, "OEBPS/one.xhtml", "OEBPS/two.xhtml")
    with path.open("rb") as file:
        entry = describe_chapter(file, str(path), "OEBPS/two.xhtml")
    assert (entry.title, entry.outlet) == ("Chapter 2: The Storm", "The Lamp")
    assert entry.location == f"{path}#OEBPS/two.xhtml"


def test_a_chapter_is_an_article_of_the_book(make_epub: MakeEpub) -> None:
    said = (
        "<dc:title>The Lamp</dc:title><dc:creator>A. Keeper</dc:creator>"
        "<dc:creator>B. Mate</dc:creator><dc:date>1911</dc:date><dc:language>en-GB</dc:language>"
    )
    article = chapter(make_epub(CHAPTERS, CONTENTS_LINES, metadata=said), "OEBPS/one.xhtml")
    assert (article.title, article.outlet) == ("Chapter 1: The Pier", "The Lamp")
    assert (article.author, article.date) == ("A. Keeper, B. Mate", PartialDate(1911))
    assert article.language == "en"
    assert article.text == "The Pier\n\nShe lit the lamp[1].\n\nIt was brass."
    assert [block.kind for block in article.blocks][:2] == [BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_a_footnote_is_a_link_to_its_place(make_epub: MakeEpub) -> None:
    path = make_epub(CHAPTERS, CONTENTS_LINES)
    article = chapter(path, "OEBPS/one.xhtml")
    assert target(article, "[1]") == ("", "n1")
    assert article.text[article.offset_of("n1") :] == "It was brass."
    assert article.offset_of("n2") is None


def test_links_lead_into_other_chapters_and_to_the_web_and_nowhere_else(
    make_epub: MakeEpub,
) -> None:
    path = make_epub(CHAPTERS, CONTENTS_LINES)
    article = chapter(path, "OEBPS/two.xhtml")
    assert target(article, "the note") == (f"{path}#OEBPS/one.xhtml", "n1")
    assert target(article, "a page") == ("https://example.org/x", "")
    assert len(article.links) == 2


def test_the_contents_are_an_article_of_links(make_epub: MakeEpub) -> None:
    path = make_epub(CHAPTERS, CONTENTS_LINES)
    article = chapter(path, CONTENTS)
    assert article.text == "The Lamp\n\nChapter 1: The Pier\nChapter 2: The Storm"
    assert [link.target for link in article.links] == [
        f"{path}#OEBPS/one.xhtml",
        f"{path}#OEBPS/two.xhtml",
    ]


def test_the_older_table_of_contents_is_read_too(make_epub: MakeEpub) -> None:
    ncx = (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Part'
        ' I</text></navLabel><content src="one.xhtml"/><navPoint><navLabel><text>Inner</text>'
        '</navLabel><content src="two.xhtml#s"/></navPoint></navPoint></navMap></ncx>'
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
        '<item id="a" href="one.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="b" href="two.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>'
        '<spine toc="n"><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/old.opf"/></rootfiles></container>'
    )
    others = {"OEBPS/toc.ncx": ncx, "OEBPS/old.opf": package}
    path = make_epub(CHAPTERS, others={**others, "META-INF/container.xml": container})
    with path.open("rb") as file:
        lines = read_book(file, str(path)).package.contents
    assert [(line.title, line.level) for line in lines] == [("Part I", 0), ("Inner", 1)]


def test_a_page_without_words_is_left_out_and_a_missing_one_costs_no_other(
    make_epub: MakeEpub,
) -> None:
    chapters = {"cover.xhtml": "<img src='x.png' alt=''/>", "one.xhtml": "<p>Words.</p>"}
    assert ids(make_epub(chapters)) == ("OEBPS/one.xhtml",)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>One\n  two&nbsp;&mdash;<br/>three</p>", "One two —\nthree"),
        ("<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>", "• a\n• b\n1. c"),
        ("<p>x</p><hr/><pre>a\n  b</pre>", "x\n\n---\n\na\n  b"),
        ("<p>Word<sup><a href='#x'>2</a></sup> on</p>", "Word[2] on"),
        ("<p><ruby>漢<rp>(</rp><rt>かん</rt></ruby>字</p><p hidden=''>no</p>", "漢字"),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>",
            "a  b\n1  2",
        ),
        ("<figure><img alt='A pier'/><figcaption>By X</figcaption></figure>", "A pier\n\nBy X"),
        ("<p><q>Yes</q><span epub:type='pagebreak'>12</span>.</p>", "“Yes”."),
        ("<p>unclosed <b>bold<p>next", "unclosed bold\n\nnext"),
        ("<p>\u202eflipped\x1b[2J</p>", "flipped[2J"),
    ],
)
def test_what_stands_in_a_chapter(make_epub: MakeEpub, body: str, text: str) -> None:
    assert chapter(make_epub({"one.xhtml": body}), "OEBPS/one.xhtml").text == text


def test_very_deep_markup_is_read(make_epub: MakeEpub) -> None:
    def nested(levels: int) -> str:
        return "<div>" * levels + "deep" + "</div>" * levels

    path = make_epub({"one.xhtml": nested(1_500), "two.xhtml": nested(100_000)})
    assert chapter(path, "OEBPS/one.xhtml").text == "deep"
    assert "too deep" in reason(path, "OEBPS/two.xhtml")


def test_a_protected_book_says_so(make_epub: MakeEpub) -> None:
    encryption = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData'
        ' xmlns="http://www.w3.org/2001/04/xmlenc#"><CipherData><CipherReference'
        ' URI="OEBPS/one.xhtml"/></CipherData></EncryptedData></encryption>'
    )
    others = {"META-INF/encryption.xml": encryption, "OEBPS/one.xhtml": os.urandom(500)}
    path = make_epub({"one.xhtml": "x"}, others=others)
    assert "protected by DRM" in reason(path, "OEBPS/one.xhtml")


def test_hidden_fonts_are_no_protection(make_epub: MakeEpub) -> None:
    encryption = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData'
        ' xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod'
        ' Algorithm="http://www.idpf.org/2008/embedding"/><CipherData><CipherReference'
        ' URI="OEBPS/font.otf"/></CipherData></EncryptedData></encryption>'
    )
    path = make_epub({"one.xhtml": "<p>x</p>"}, others={"META-INF/encryption.xml": encryption})
    assert chapter(path, "OEBPS/one.xhtml").text == "x"


def test_a_chapter_that_expands_too_far_is_refused(make_epub: MakeEpub) -> None:
    path = make_epub({"one.xhtml": "<p>" + "0" * 51_000_000 + "</p>", "two.xhtml": "<p>ok</p>"})
    assert "50 MB" in reason(path, "OEBPS/one.xhtml")
    assert chapter(path, "OEBPS/two.xhtml").text == "ok"


def test_entities_of_xml_are_refused(make_epub: MakeEpub) -> None:
    bomb = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body>&x;</body></html>'
    path = make_epub({"one.xhtml": ""}, {"One": "one.xhtml"}, others={"OEBPS/one.xhtml": bomb})
    assert "entities" in reason(path, "OEBPS/one.xhtml")


def test_nothing_outside_the_book_is_read(make_epub: MakeEpub) -> None:
    path = make_epub({"../../../../etc/passwd": "x", "one.xhtml": "<p>x</p>"})
    assert ids(path) == ("OEBPS/one.xhtml",)
    with pytest.raises(SourceNotFoundError):
        chapter(path, "../../../../etc/passwd")


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04broken"])
def test_what_is_no_book_says_why(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.epub"
    path.write_bytes(data)
    with pytest.raises(SourceError, match="damaged, or not a zip"):
        ids(path)


def test_an_item_that_is_no_text_is_replaced_by_its_fallback(make_epub: MakeEpub) -> None:
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest>'
        '<item id="a" href="a.png" media-type="image/png" fallback="b"/>'
        '<item id="b" href="b.pdf" media-type="application/pdf" fallback="one"/>'
        '<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="x" href="x.png" media-type="image/png" fallback="x"/>'
        '</manifest><spine><itemref idref="a"/><itemref idref="x"/></spine></package>'
    )
    path = make_epub(CHAPTERS, others={"OEBPS/book.opf": package})
    assert ids(path) == ("OEBPS/one.xhtml",)


def test_the_contents_have_descriptions_of_pictures_and_no_readings(make_epub: MakeEpub) -> None:
    lines = {
        "<img src='1.png' alt='One: '/>The Pier": "one.xhtml",
        "<ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>の灯": "two.xhtml",
    }
    article = chapter(make_epub(CHAPTERS, lines), CONTENTS)
    assert article.text.split("\n")[-2:] == ["One: The Pier", "港の灯"]


def test_a_passage_knows_the_page_of_the_printed_book(make_epub: MakeEpub) -> None:
    body = (
        "<p>One.</p><span epub:type='pagebreak' id='p12' title='12'/><p>Two and "
        "<span role='doc-pagebreak' aria-label='Page 13'/>three.</p>"
    )
    article = chapter(make_epub({"one.xhtml": body}), "OEBPS/one.xhtml")
    assert article.text == "One.\n\nTwo and three."
    assert [(page.name, article.text[page.offset :][:5]) for page in article.pages] == [
        ("12", "Two a"),
        ("13", "three"),
    ]
