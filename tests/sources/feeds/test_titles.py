import pytest

from tuireader.sources.feeds.titles import html_of_text, title_of_html, title_of_rss


@pytest.mark.parametrize(
    ("given", "title"),
    [
        (
            "Minister: &#8216;We can&#8217;t wait&#8217; &amp; more",
            "Minister: ‘We can’t wait’ & more",
        ),
        ("It&apos;s &lt;em&gt;over&lt;/em&gt; &#8230; A&nbsp;&amp;&nbsp;B", "It's over … A & B"),
        ("Caf&eacute; &mdash; <b>bold</b> R&amp;D", "Café — bold R&D"),
        ("5 < 6 and AT&T, a <hello-world> element", "5 < 6 and AT&T, a <hello-world> element"),
        ("Use the <b> tag, not the <marquee> tag", "Use the <b> tag, not the <marquee> tag"),
        ("Vec<String> is not Vec<T>", "Vec<String> is not Vec<T>"),
        ("One<br>two<br/>three", "One two three"),
        ('<a href="https://a.example/">Linked</a> <img src="a.png"> words', "Linked words"),
        ("before<script>alert(1)</script> after", "before after"),
        ("Tom &amp;amp; Jerry", "Tom & Jerry"),
        ("a && b || c & d", "a && b || c & d"),
        ("", ""),
        ("<b></b>", ""),
    ],
)
def test_a_title_of_rss_is_plain_text(given: str, title: str) -> None:
    assert title_of_rss(given) == title


def test_a_title_in_html_is_decoded_once() -> None:
    assert title_of_html("Why <code>rm</code> &amp;amp; friends") == "Why rm &amp; friends"


def test_lines_of_a_text_stay_apart() -> None:
    assert html_of_text("One < 2\nsecond\n\nnext") == "<p>One &lt; 2<br>second</p><p>next</p>"


def test_lines_that_were_wrapped_are_joined() -> None:
    line = "A line of words that an old mail program has wrapped at about so."
    assert html_of_text(f"{line}\n{line}\nThe end.") == f"<p>{line} {line} The end.</p>"
