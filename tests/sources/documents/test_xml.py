import datetime as dt

import pytest
from sources.documents.conftest import Read, packed, shown

from tuireader.domain.errors import SourceError

FB2 = """<?xml version="1.0" encoding="windows-1251"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink">
<description><title-info><author><first-name>Анна</first-name><last-name>Мур</last-name></author>
<book-title>Гавань</book-title><lang>ru</lang><date value="2024-09-04">2024</date></title-info>
</description><body><title><p>Гавань</p><p>Роман</p></title><section><title><p>Глава 1</p></title>
<epigraph><p>Эпиграф.</p></epigraph><p>Текст<a l:href="#n1" type="note">[1]</a> <emphasis>дня</emphasis>.</p>
<poem><stanza><v>Первая,</v><v>вторая.</v></stanza></poem><section><title><p>Часть</p></title>
<p>Ещё.</p></section></section></body>
<body name="notes"><section id="n1"><title><p>1</p></title><p>Примечание.</p></section></body>
<binary id="p.jpg">AAAA</binary></FictionBook>"""
TEI = """<?xml version="1.0"?><!-- an edition -->
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt>
<title>A letter</title><author>Ada Moor</author></titleStmt><publicationStmt><date when="1869-05-17"/>
</publicationStmt></fileDesc></teiHeader><text><body><div><head>First</head><pb n="2"/><fw>RUNNING</fw>
<p>Dear <choice><orig>Syr</orig><reg>Sir</reg></choice>, he said <q>yes</q> and “<q>no</q>”.<note>A
note.</note> A <hi rend="italic">quay</hi> bro<lb break="no"/>ken.</p>
<lg><l>Nothing came,</l><l>that winter.</l></lg>
<list type="ordered"><item>One</item><item>Two</item></list>
<sp><speaker>ADA.</speaker><p>Who goes?</p></sp></div></body></text></TEI>"""
JATS = """<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD JATS" "a.dtd">
<article xml:lang="en"><front><journal-meta><journal-title>Harbours</journal-title></journal-meta>
<article-meta><article-id pub-id-type="doi">10.1/x</article-id><title-group>
<article-title>On ice</article-title></title-group><contrib-group><contrib contrib-type="author"><name>
<surname>Moor</surname><given-names>Ada</given-names></name></contrib></contrib-group>
<pub-date><day>4</day><month>9</month><year>2024</year></pub-date>
<abstract><p>It froze.</p></abstract></article-meta></front>
<body><sec><title>Methods</title><p>We counted<xref ref-type="bibr" rid="r1">1</xref> 10<sup>6</sup>
boats.</p><fig id="f1"><label>Figure 1.</label><caption><title>The quay.</title><p>At dawn.</p></caption>
</fig><list list-type="order"><list-item><p>One</p></list-item></list><disp-quote><p>Quoted.</p>
</disp-quote></sec></body><back><ref-list><title>References</title><ref id="r1"><mixed-citation>Moor
2020.</mixed-citation></ref></ref-list></back></article>"""
NITF = """<?xml version="1.0"?><nitf><head><title>Harbour</title><docdata>
<date.issue norm="20240904T101500Z"/></docdata></head><body><body.head><hedline><hl1>Harbour froze</hl1>
</hedline><byline>By <person>Ada Moor</person></byline><distributor>Harbour News</distributor></body.head>
<body.content><block><p>It froze twice.</p><media><media-caption><p>The quay.</p></media-caption></media>
</block></body.content></body></nitf>"""
NEWSML = """<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" xml:lang="de">
<itemMeta><versionCreated>2024-09-04T10:15:00Z</versionCreated></itemMeta><contentMeta>
<headline>Hafen zugefroren</headline><by>Ada Moor</by></contentMeta><contentSet><inlineXML>
<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>Hafen zugefroren</h1><p>Er fror zweimal.</p></body>
</html></inlineXML></contentSet></newsItem>"""
DOCBOOK = """<?xml version="1.0"?><article xmlns="http://docbook.org/ns/docbook" version="5.0"><info>
<title>The pier</title><author><personname>Ada Moor</personname></author></info>
<para>A <emphasis role="bold">pier</emphasis><footnote><para>A note.</para></footnote> and
<literal>code</literal>.</para><section><title>Parts</title><itemizedlist><listitem><para>One</para>
</listitem></itemizedlist><variablelist><varlistentry><term>Quay</term><listitem><para>A wall.</para>
</listitem></varlistentry></variablelist><programlisting>x = 1
  y</programlisting><note><title>Mind</title><para>Care.</para></note></section></article>"""
ALTO = """<?xml version="1.0"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Layout><Page>
<TopMargin><TextBlock><TextLine><String CONTENT="RUNNING"/></TextLine></TextBlock></TopMargin><PrintSpace>
<TextBlock><TextLine><String CONTENT="The"/><SP/><String CONTENT="har" SUBS_TYPE="HypPart1"
SUBS_CONTENT="harbour"/><HYP CONTENT="-"/></TextLine><TextLine><String CONTENT="bour"
SUBS_TYPE="HypPart2" SUBS_CONTENT="harbour"/><SP/><String CONTENT="froze."/></TextLine></TextBlock>
</PrintSpace></Page></Layout></alto>"""


def test_a_fiction_book_is_read_with_its_notes_and_verse(read: Read) -> None:
    article = read("book.fb2", FB2.encode("cp1251"))
    assert (article.title, article.author, article.language) == ("Гавань", "Анна Мур", "ru")
    assert shown(article) == [
        "h1 Гавань",
        "h1 Роман",
        "h2 Глава 1",
        "b0 Эпиграф.",
        "p0 Текст[1] дня.",
        "p0 Первая,",
        "p0 вторая.",
        "h3 Часть",
        "p0 Ещё.",
        "h2 1",
        "p0 Примечание.",
    ]
    (link,) = article.links
    assert article.text[article.offset_of(link.place) :].startswith("1\n\nПримечание.")


def test_a_packed_fiction_book_is_read(read: Read) -> None:
    assert read("book.fb2.zip", packed({"a/book.fb2": FB2.encode("cp1251")})).title == "Гавань"


def test_an_edition_keeps_the_words_of_its_source(read: Read) -> None:
    article = read("letter.xml", TEI)
    assert (article.title, article.author, article.date) == (
        "A letter",
        "Ada Moor",
        dt.date(1869, 5, 17),
    )
    assert shown(article) == [
        "h1 First",
        "p0 Dear Syr, he said “yes” and “no”.[1] A quay broken.",
        "p0 Nothing came,",
        "p0 that winter.",
        "l0 1. One",
        "l0 2. Two",
        "p0 ADA.",
        "p0 Who goes?",
        "r0 ---",
        "l0 1. A note.",
    ]
    assert [(page.name, article.text[page.offset :][:4]) for page in article.pages] == [
        ("2", "Dear")
    ]


def test_a_scholarly_article_is_read_with_its_abstract_and_references(read: Read) -> None:
    article = read("a.nxml", JATS)
    assert (article.title, article.author, article.outlet) == ("On ice", "Ada Moor", "Harbours")
    assert (article.date, article.source) == (dt.date(2024, 9, 4), "https://doi.org/10.1/x")
    text = article.text
    for words in ("It froze.", "Figure 1.", "The quay.", "1. One", "Quoted.", "Moor 2020."):
        assert words in text
    assert text.index("Abstract") < text.index("It froze.") < text.index("Methods")


@pytest.mark.parametrize(
    ("content", "title", "words"),
    [
        (NITF, "Harbour froze", "It froze twice."),
        (NEWSML, "Hafen zugefroren", "Er fror zweimal."),
    ],
)
def test_news_items_have_a_headline_a_writer_and_a_day(
    read: Read, content: str, title: str, words: str
) -> None:
    article = read("item.xml", content)
    assert (article.title, article.author, article.date) == (
        title,
        "Ada Moor",
        dt.date(2024, 9, 4),
    )
    assert words in article.text


def test_docbook_is_read_with_notes_terms_and_code(read: Read) -> None:
    article = read("a.xml", DOCBOOK)
    assert (article.title, article.author) == ("The pier", "Ada Moor")
    assert shown(article) == [
        "h1 The pier",
        "p0 A pier[1] and code.",
        "h2 Parts",
        "l0 • One",
        "p0 Quay",
        "p0 A wall.",
        "c0 x = 1\n  y",
        "p0 Mind",
        "p0 Care.",
        "r0 ---",
        "l0 1. A note.",
    ]


def test_a_scanned_page_is_read_without_margins_and_hyphens(read: Read) -> None:
    assert read("page.xml", ALTO).text == "The harbour froze."


def test_unknown_xml_is_shown_with_a_word_about_it(read: Read) -> None:
    article = read(
        "a.xml", "<?xml version='1.0'?><memo><title>T</title><body>Some words.</body></memo>"
    )
    assert article.text == "T\n\nSome words."
    assert "unknown kind (<memo>)" in article.notices[0]


@pytest.mark.parametrize(
    "content",
    [
        '<?xml version="1.0"?><!DOCTYPE TEI [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><TEI>&b;</TEI>',
        "<?xml version='1.0'?><TEI><text>" + "<div>" * 50_000,
        "<FictionBook>" + "<p>" * 1_200_000,
        "<?xml version='1.0'?><TEI/>",
        "<?xml version='1.0'?><alto><Page>",
    ],
)
def test_hostile_or_empty_xml_is_refused_in_a_sentence(read: Read, content: str) -> None:
    with pytest.raises(SourceError):
        read("a.xml", content)


def test_the_month_of_a_document_stays_a_month(read: Read) -> None:
    article = read("a.xml", JATS.replace("<day>4</day>", ""))
    assert str(article.date) == "2024-09"


def test_a_formula_with_a_prefix_keeps_its_powers(read: Read) -> None:
    formula = (
        '<m:math xmlns:m="http://www.w3.org/1998/Math/MathML"><m:msup><m:mi>x</m:mi>'
        "<m:mn>2</m:mn></m:msup></m:math> is"
    )
    article = read("a.xml", JATS.replace("We counted", f"Here {formula} true. We counted"))
    assert "Here x² is true. We counted" in article.text


def test_a_speaker_stands_in_a_line_above_the_verse(read: Read) -> None:
    article = read("a.xml", TEI.replace("<p>Who goes?</p>", "<l>Who goes</l><l>there?</l>"))
    assert "ADA.\nWho goes\nthere?" in article.text
