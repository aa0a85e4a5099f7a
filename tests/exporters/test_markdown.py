"""The reader's passages as Markdown."""

import datetime as dt
import html
import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tuireader.domain.anchor import Anchor
from tuireader.domain.bookmark import Bookmark, Citation
from tuireader.exporters.markdown import block_quote, escape_markdown, write_notes

NOW = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
FERRY = Citation(
    location="/texts/ferry.txt", title="The *ferry*", source="https://harbour.example/a_b_c"
)
MARKS = st.sampled_from([*"*_`[]()<>#+-.!|~&=$%\\0123456789:;/ ", "&amp;", "1. ", "---", "a"])
LINES = st.lists(MARKS | st.characters(exclude_categories=("C", "Z")), max_size=20).map("".join)


def kept(number: int, words: str, start: int = 0, article: Citation = FERRY) -> Bookmark:
    end = start + len(words)
    anchor = Anchor(text_hash="0", start=start, end=end, exact=words)
    return Bookmark(id=number, article=article, anchor=anchor, created=NOW, updated=NOW)


def notes_markdown(bookmarks: list[Bookmark]) -> str:
    return "".join(write_notes(bookmarks))


def shown(markdown: str) -> str:
    """The words that a reader of the rendered Markdown sees."""
    rendered = MarkdownIt("gfm-like").render(markdown)
    return html.unescape(re.sub(r"<[^>]*>", "", rendered)).replace("\N{NO-BREAK SPACE}", " ")


@given(LINES)
def test_a_line_shows_literally(line: str) -> None:
    assert shown(escape_markdown(line)).strip() == line.strip()
    assert MarkdownIt("gfm-like").render(escape_markdown(line)).count("<p>") == bool(line.strip())


@given(st.lists(LINES, max_size=6))
def test_a_block_quotation_shows_every_line_in_order(lines: list[str]) -> None:
    seen = shown(block_quote("\n".join(lines))).split("\n")
    expected = [line.strip() for line in lines if line.strip()]
    assert [line.strip() for line in seen if line.strip()] == expected


def test_plain_prose_is_not_cluttered_with_escapes() -> None:
    prose = "Mr Moor said: “It’s 5.30 - we sail!” (At last.)"
    assert escape_markdown(prose) == prose


def test_indented_lines_keep_their_indent_and_become_no_code() -> None:
    rendered = MarkdownIt().render(escape_markdown("    deep"))
    assert "<code>" not in rendered
    assert "\N{NO-BREAK SPACE}" * 4 + "deep" in rendered


def test_a_tag_or_a_formula_of_other_readers_stays_text() -> None:
    assert (
        escape_markdown("#sea costs $5, ==now== %%x%%") == r"\#sea costs \$5, \=\=now\=\= \%\%x\%\%"
    )


def test_passages_stand_by_article_in_the_order_of_its_text() -> None:
    other = Citation(location="/b", title="Other")
    text = notes_markdown([kept(1, "late", 9), kept(2, "else", 0, other), kept(3, "early", 2)])
    assert [text.count(words) for words in ("late", "early", "else")] == [1, 1, 1]
    assert text.index("early") < text.index("late") < text.index("else")
    assert text.count("## ") == 2


def test_the_source_stands_below_the_title_once_and_can_be_followed() -> None:
    text = notes_markdown([kept(1, "one"), kept(2, "two", 5)])
    assert text.startswith("## The \\*ferry\\*\n\n<https://harbour.example/a_b_c>\n\n> one")
    assert text.count("harbour.example") == 1


def test_note_tags_and_speaker_stand_below_the_words() -> None:
    one = replace(kept(1, "We sail."), note="At *last*.", tags=("sea", "big_day"), speaker="Ada")
    expected = "> We sail.\n\n— Ada\n\nAt *last*.\n\nTags: sea, big\\_day\n"
    assert notes_markdown([one]).endswith(expected)


def test_a_note_on_the_article_comes_first_and_an_orphan_says_so() -> None:
    note = replace(kept(1, ""), anchor=None, note="All of it.")
    text = notes_markdown([replace(kept(2, "lost"), orphan=True), note])
    assert text.index("All of it.") < text.index("> lost")
    assert "no longer in the article" in text


def test_no_passages_are_an_empty_document() -> None:
    assert notes_markdown([]) == ""
