import re
from xml.sax.saxutils import escape

import pytest
from sources.documents.conftest import Read, packed, shown

from tuireader.domain.errors import SourceError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/></Types>"""
RELS = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
 Target="word/document.xml"/></Relationships>"""
DOCUMENT_RELS = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="n1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
 Target="footnotes.xml"/><Relationship Id="c1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/>
<Relationship Id="s1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
 Target="styles.xml"/></Relationships>"""
STYLES = f"""<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="berschrift1">
<w:name w:val="heading 1"/></w:style></w:styles>"""
CORE = """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The pier</dc:title><dc:creator>Ida Brand</dc:creator>
</cp:coreProperties>"""


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def docx(body: str, **others: str) -> bytes:
    return packed(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELS,
            "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
            "word/_rels/document.xml.rels": DOCUMENT_RELS,
            "word/styles.xml": STYLES,
            "docProps/core.xml": CORE,
            **{f"word/{name}.xml": content for name, content in others.items()},
        }
    )


def test_a_word_document_is_read_with_changes_as_accepted(read: Read) -> None:
    note = f'<w:footnote w:id="1"><w:p>{run("The note.")}</w:p></w:footnote>'
    comment = (
        f'<w:comment w:id="0" w:author="Ed" w:initials="E"><w:p>{run("Check.")}</w:p></w:comment>'
    )
    body = (
        f'<w:p><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr>{run("Parts")}</w:p>'
        f"<w:p>{run('It ')}<w:ins>{run('froze ')}</w:ins><w:del><w:r><w:delText>thawed </w:delText></w:r>"
        f'</w:del><w:r><w:rPr><w:b/></w:rPr><w:t>twice</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r>'
        f'{run(".")}<w:r><w:commentReference w:id="0"/></w:r></w:p>'
        "<w:tbl>"
        + "".join(
            f"<w:tr><w:tc><w:p>{run(one)}</w:p></w:tc><w:tc><w:p>{run(two)}</w:p></w:tc></w:tr>"
            for one, two in ("ab", "12")
        )
        + "</w:tbl>"
    )
    article = read(
        "a.docx",
        docx(
            body,
            footnotes=f'<w:footnotes xmlns:w="{W}">{note}</w:footnotes>',
            comments=f'<w:comments xmlns:w="{W}">{comment}</w:comments>',
        ),
    )
    assert (article.title, article.author) == ("The pier", "Ida Brand")
    assert shown(article)[0] == "h1 Parts"
    assert "It froze twice[1]." in article.text
    assert "thawed" not in article.text
    assert "↑" not in article.text
    for words in ("a  b\n1  2", "The note.", "Check."):
        assert words in article.text


ODT_HEAD = """<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0">
<office:automatic-styles><style:style style:name="T1"><style:text-properties fo:font-weight="bold"/>
</style:style><style:style style:name="P1" style:parent-style-name="Quotations"/>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1"/></text:list-style>
</office:automatic-styles><office:body><office:text>"""
ODT = (
    ODT_HEAD
    + """<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p></text:deletion>
</text:changed-region></text:tracked-changes><text:h text:outline-level="2">Parts</text:h>
<text:p>It<text:s text:c="1"/>froze <text:span text:style-name="T1">twice</text:span><text:note>
<text:note-citation>1</text:note-citation><text:note-body><text:p>The note.</text:p></text:note-body>
</text:note>.</text:p><text:p text:style-name="P1">Quoted.</text:p><text:list text:style-name="L1">
<text:list-item><text:p>One</text:p></text:list-item></text:list><table:table><table:table-row>
<table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p>
</table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>1</text:p>
</table:table-cell><table:table-cell><text:p>2</text:p></table:table-cell></table:table-row></table:table></office:text></office:body></office:document-content>"""
)
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def odt(content: str) -> bytes:
    return packed({"mimetype": ODT_TYPE, "content.xml": content})


@pytest.mark.parametrize("packs", [True, False])
def test_an_opendocument_text_is_read(read: Read, packs: bool) -> None:
    flat = ODT.replace("document-content", "document")
    article = read("a.odt", odt(ODT)) if packs else read("a.fodt", flat)
    assert shown(article) == [
        "h2 Parts",
        "p0 It froze twice[1].",
        "b0 Quoted.",
        "l0 1. One",
        "c0 a  b\n1  2",
        "r0 ---",
        "l0 1. The note.",
    ]


RTF = r"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Arial;}
{\f2\fcharset128 Mincho;}}{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}}
{\info{\title The pier}{\author Ida Brand}}{\header Running}
\pard\s1 Parts\par
\pard \ldblquote It froze,\rdblquote  said {\b Ada} \endash  \u8220?twice\u8221? caf\'e9{\footnote\pard The note.}
 {\field{\*\fldinst{HYPERLINK "https://a.example/x"}}{\fldrslt{a link}}} {\f1 \'cf\'f0}{\f2 \'83A}.\par
{\listtext\pard\plain 1.\tab}One\par
{\listtext\pard\plain 2.\tab}Two\par
\pard\intbl a\cell b\cell\row\intbl 1\cell 2\cell\row
\pard {\v hidden}{\*\unknown gone}{\pict 00ff}{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt Box.\par}}Last
{\deleted gone }\u-10179?\u-8704?\par}"""


def test_rich_text_is_read_with_its_notes_links_and_tables(read: Read) -> None:
    article = read("a.rtf", RTF.replace("\n", ""))
    assert (article.title, article.author) == ("The pier", "Ida Brand")
    assert shown(article) == [
        "h1 Parts",
        "p0 “It froze,” said Ada – “twice” café[1] a link Прア.",
        "l0 1. One",
        "l0 2. Two",
        "c0 a  b\n1  2",
        "p0 Box.",
        "p0 Last😀",
        "r0 ---",
        "l0 1. The note.",
    ]
    assert article.links[1].target == "https://a.example/x"


ENTITIES = '<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.rtf", r"{\rtf1" + "{" * 100_000 + "x"),
        ("a.rtf", r"{\rtf1 {\bin2000000000 x}}"),
        ("a.docx", b"PK\x03\x04" + b"\x00" * 100),
        ("a.docx", packed({"other.xml": "<a/>"})),
        ("a.docx", packed({"word/document.xml": "<a"})),
        ("a.docx", docx("<w:p>" * 100_000)),
        ("a.docx", docx(ENTITIES + "<w:p/>")),
        ("a.docx", docx("", comments=" " * 31_000_000)),
        ("a.odt", odt(ODT_HEAD + "<text:section>" * 50_000)),
        ("a.odt", odt(ENTITIES + ODT)),
        ("a.odt", odt(" " * 51_000_000)),
        ("a.odt", packed({"mimetype": ODT_TYPE})),
        (
            "a.odt",
            packed(
                {
                    "mimetype": ODT_TYPE,
                    "content.xml": ODT,
                    "META-INF/manifest.xml": "<a><encryption-data/></a>",
                }
            ),
        ),
    ],
    ids=range(13),
)
def test_a_hostile_or_damaged_document_is_refused_in_a_sentence(
    read: Read, name: str, content: str | bytes
) -> None:
    with pytest.raises(SourceError):
        read(name, content)


def test_a_document_may_ask_for_many_spaces(read: Read) -> None:
    text = ODT_HEAD + '<text:p>a<text:s text:c="999999999"/>b</text:p></office:text></office:body>'
    assert read("a.odt", odt(text + "</office:document-content>")).text == "a b"


@pytest.mark.parametrize(
    ("equation", "words"),
    [
        ("<m:sSup><m:e>x</m:e><m:sup>2</m:sup></m:sSup>", "x²"),
        ("<m:f><m:fPr/><m:num>a+b</m:num><m:den>c</m:den></m:f>", "(a+b)/c"),
        ("<m:rad><m:deg/><m:e>x</m:e></m:rad>", "√x"),
        ("<m:rad><m:deg>3</m:deg><m:e>x</m:e></m:rad>", "³√x"),
        ('<m:d><m:dPr><m:begChr m:val="["/></m:dPr><m:e>x</m:e></m:d>', "[x)"),
        ('<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:e>x</m:e></m:nary>', "∑x"),
        ("<m:e>" * 100 + "x" + "</m:e>" * 100, "x"),
    ],
)
def test_an_equation_of_word_is_text(read: Read, equation: str, words: str) -> None:
    math = re.sub(r"(?<=>)([^<>]+)(?=<)", r"<m:r><m:t>\1</m:t></m:r>", equation)
    space = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    one = f"<m:oMath {space}>{math}</m:oMath>"
    display = f"<w:p><m:oMathPara {space}>{one}</m:oMathPara></w:p>"
    article = read("a.docx", docx(f"<w:p>{run('So ')}{one}{run(' holds.')}</w:p>{display}"))
    assert article.text == f"So {words} holds.\n\n{words}"


def test_an_equation_that_is_nested_too_deeply_is_refused(read: Read) -> None:
    space = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    deep = f"<w:p {space}><m:oMath>{'<m:e>' * 3_000}{'</m:e>' * 3_000}</m:oMath></w:p>"
    with pytest.raises(SourceError, match="nested too deeply"):
        read("a.docx", docx(deep))
