"""How elements of a page become text."""

import pytest

from tuireader.domain.blocks import BlockKind
from tuireader.sources.article_builder import ArticleBuilder
from tuireader.sources.html.formulas import tex_text
from tuireader.sources.html.parser import parse_html
from tuireader.sources.html.renderer import HtmlRenderer
from tuireader.sources.html.tables import table_layout


def rendered(body: str, *, alternatives: bool = False) -> ArticleBuilder:
    root = parse_html(f"<html><body>{body}</body></html>", "a")
    return HtmlRenderer(lambda href: (href, ""), alternatives=alternatives).render(root)


def text_of(body: str) -> str:
    return rendered(body).text_builder.text()


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("10<sup>6</sup> and 3×10<sup>-4</sup>", "10⁶ and 3×10⁻⁴"),
        ("x<sub>1</sub>, H<sub>2</sub>O, T<sub>max</sub>", "x₁, H₂O, Tₘₐₓ"),
        (
            "the 21<sup>st</sup>, 1<sup>er</sup>, M<sup>me</sup>, n<sup>o</sup>",
            "the 21st, 1er, Mme, nᵒ",
        ),
        ("x<sup>a/b</sup>, y<sub>β</sub>, e<sup>ix</sup>", "x^(a/b), y_β, eⁱˣ"),
        ("<sup>14</sup>C and to be <sup>treated</sup> so", "¹⁴C and to be treated so"),
        ("Brand<sup>TM</sup> and Name<sup>®</sup>", "Brand™ and Name®"),
        ("It froze.<sup>2</sup> Twice.<sup><a href='#n3'>3</a></sup>", "It froze.[2] Twice.[3]"),
        ("so<sup><a href='#na'>a</a></sup> and <a href='#n1'><sup>1</sup></a>", "so[a] and [1]"),
        ("claim<sup><a href='#c4'>[4]</a></sup>", "claim[4]"),
        ("<sup>1</sup> The note.", "1 The note."),
        ("say <q>yes</q> <img alt='🙂'> now", "say “yes” 🙂 now"),
        ("one<span class='br'></span>two", "one\ntwo"),
    ],
)
def test_what_stands_in_a_line_is_text(html: str, text: str) -> None:
    assert text_of(f"<p>{html}</p>") == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (r"<math alttext='{\displaystyle ax^{2}+bx+c}'><mi>a</mi></math>", "ax²+bx+c"),
        ("<math><mi>x</mi><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", "x = 1/2"),
        ("<math><msup><mi>x</mi><mn>2</mn></msup></math>", "x²"),
        ("<math><msub><mi>x</mi><mi>i</mi></msub></math>", "xᵢ"),
        ("<math><msqrt><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></msqrt></math>", "√(a+b)"),
        (
            (
                "<math><mi>a</mi><annotation encoding='application/x-tex'>a_{1}</annotation></math>"
                "<img class='mwe-math' alt='a_{1}'>"
            ),
            "a₁",
        ),
        (r"<img class='latex' alt='E = mc^2'>", "E = mc²"),
        (r"<span class='math inline'>\(x^2\)</span>", "x²"),
        (
            "<span class='katex'><math><mi>x</mi></math><span class='katex-html'>x</span></span>",
            "x",
        ),
        ("<span class='MathJax'>a2</span><script type='math/tex'>a^2</script>", "a²"),
        (r"<img src='https://l.example/latex.php?x' alt='\frac{a}{b}'>", r"\frac{a}{b}"),
    ],
)
def test_a_formula_is_shown_as_text(html: str, text: str) -> None:
    assert text_of(f"<p>for {html}, where</p>") == f"for {text}, where"


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\(k_{n+1} = n^2\)", "kₙ₊₁ = n²"),
        (r"\alpha \leq \beta", "α≤β"),
        (r"\int_0^1 f", "∫₀¹f"),
        (r"\begin{matrix}a\end{matrix}", r"\begin{matrix}a\end{matrix}"),
        ("", ""),
    ],
)
def test_simple_tex_is_made_readable_and_other_tex_is_kept(tex: str, text: str) -> None:
    assert tex_text(tex).replace(" ", "") == text.replace(" ", "")


def test_ruby_is_read_as_its_base_and_with_its_readings_on_request() -> None:
    ruby = "<p><ruby>瞬<rp>(</rp><rt>しゅん</rt><rp>)</rp>間<rt>かん</rt></ruby>に</p>"
    assert text_of(ruby) == "瞬間に"
    assert rendered(ruby, alternatives=True).text_builder.text() == "瞬(しゅん)間(かん)に"


def test_a_table_is_set_in_columns_and_its_heads_stand_out() -> None:
    table = (
        "<table><tr><th>Port</th><th>Boats</th></tr><tr><td>Ås</td><td>12</td></tr>"
        "<tr><td rowspan='2'>日本</td><td><a href='/x'>3</a></td></tr><tr><td>4</td></tr></table>"
    )
    builder = rendered(table)
    assert builder.text_builder.text().split("\n") == [
        "Port  Boats",
        "Ås    12",
        "日本  3",
        "      4",
    ]
    assert [link.target for link in builder.links] == ["/x"]
    assert [emphasis.kind for emphasis in builder.emphases] == ["strong", "strong"]


def test_a_row_with_a_long_cell_goes_on_below_it() -> None:
    long = "words " * 20
    table = (
        f"<table><tr><th>Port</th><th>Boats</th></tr><tr><td>{long}</td><td>12</td></tr></table>"
    )
    head, row, rest = text_of(table).split("\n")
    assert row == long.strip()
    assert head.index("Boats") == rest.index("12")
    assert len(head) < 80


def test_a_table_has_at_most_a_hundred_columns() -> None:
    row = "<tr>" + "<td colspan='100' rowspan='100'>a</td>" * 200 + "</tr>"
    table = parse_html(f"<table>{row * 3}</table>", "a").find(".//table")
    assert table is not None
    assert len(table_layout(table).columns) <= 200


def test_a_table_for_layout_is_read_as_its_paragraphs() -> None:
    table = "<table role='presentation'><tr><td><p>One.</p></td><td><p>Two.</p></td></tr></table>"
    assert text_of(table) == "One.\n\nTwo."


PYGMENTS = (
    "<table><tr><td class='linenos'><pre>1\n2</pre></td>"
    "<td class='code'><pre>if a:\n    b()</pre></td></tr></table>"
)
GITHUB = (
    "<table><tr><td class='blob-num' data-line-number='1'></td><td class='blob-code'>if a:</td>"
    "</tr>\n<tr><td class='blob-num' data-line-number='2'></td><td class='blob-code'>    b()</td>"
    "</tr></table>"
)


@pytest.mark.parametrize(
    "code",
    [
        "<pre><span class='lineno'>1 </span>if a:\n<span class='lineno'>2 </span>    b()</pre>",
        PYGMENTS,
        GITHUB,
        "<pre><ol class='linenums'><li>if a:</li><li>    b()</li></ol></pre>",
        "<pre><code><div>if a:</div>\n<div>    b()</div></code></pre>",
        "<pre>if a:<br>    b()</pre>",
    ],
)
def test_code_is_kept_in_lines_without_their_numbers(code: str) -> None:
    builder = rendered(f"<p>See</p>{code}<p>there</p>")
    assert builder.text_builder.text() == "See\n\nif a:\n    b()\n\nthere"
    assert [block.kind for block in builder.text_builder.blocks()][1] is BlockKind.CODE


def test_list_items_have_the_numbers_that_the_page_gives_them() -> None:
    builder = rendered(
        "<ol start=3><li>three<li value=7>seven<li>eight</ol>"
        "<ol reversed><li>two<li>one</ol><ol start=x><li value=y>first</ol>"
    )
    assert builder.text_builder.text().splitlines() == [
        *("3. three", "7. seven", "8. eight", "2. two", "1. one", "1. first"),
    ]
