"""Bookmarks and notes as Org. What counts as markup was checked against the parser of Org 9.5."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.anchor import Anchor
from tuireader.domain.bookmark import Bookmark, Citation
from tuireader.exporters.org import (
    ZERO_WIDTH_SPACE,
    bookmark_org,
    escape_heading,
    escape_org,
    org_tag,
    write_notes,
)

NOW = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
FERRY = Citation(
    location="/texts/ferry.txt",
    title="The *ferry*",
    author="Ada Moor",
    source="https://harbour.example/[a]_b",
)
MARKS = st.sampled_from([*"*/_+=~|#:-[]{}<>\\$^@%().1a \t", "TODO ", "#+end_quote", "\n", "\n\n"])
TEXTS = st.lists(MARKS | st.characters(exclude_categories=["C"]), max_size=20).map("".join)


def kept(number: int, words: str, start: int = 0, article: Citation = FERRY) -> Bookmark:
    end = start + len(words)
    anchor = Anchor(text_hash="0", start=start, end=end, exact=words)
    return Bookmark(id=number, article=article, anchor=anchor, created=NOW, updated=NOW)


def plain(org: str) -> str:
    """What a reader sees of escaped text."""
    return org.replace(r"\dollar{}", "$").replace(ZERO_WIDTH_SPACE, "")


@given(TEXTS)
def test_an_escaped_line_has_the_same_words(text: str) -> None:
    line = text.replace("\n", " ")
    assert plain(escape_org(line)) == line.replace(ZERO_WIDTH_SPACE, "")


@given(TEXTS, TEXTS, TEXTS)
def test_words_and_notes_add_no_headings_keywords_and_tables(
    words: str, note: str, title: str
) -> None:
    article = replace(FERRY, title=title, source=title)
    document = "".join(write_notes([replace(kept(1, words, article=article), note=note)]))
    lines = document.split("\n")
    assert [line[:3] for line in lines if re.match(r"\*+\s", line)] == ["* " + lines[0][2:3], "** "]
    keywords = [line for line in lines if re.match(r"\s*#(\+|\s|$)", line)]
    assert keywords == ["#+begin_quote", "#+end_quote"] * bool(words.strip())
    assert not [line for line in lines if re.match(r"\s*[|:]", line)]


@pytest.mark.parametrize(
    "text",
    [
        "*bold* /italic/ _under_ =verbatim= ~code~ +strike+",
        "** a heading", "- an item", "1. an item", "a) an item", "\t*", "# a comment",
        "#+begin_src sh", "| a | table |", "+-+", ": fixed", ":DRAWER:", "-----", "%%(diary)",
        "CLOCK: [2024-01-01]", "[[https://a.example][words]]", "[fn:1] note", "[cite:@a]", "[1/2]",
        "<2024-09-04>", "[2024-09-04 Wed]", "<<target>>", "{{{date}}}", "@@html:<b>@@",
        "src_sh{rm -r}", "call_run(1)", r"\alpha \(x\) \\", "$x$", "$$x$$", "US$ 5 or 5$.",
        "a_b x^2", "elisp:(run)", "shell:ls", "file:/etc/passwd",
    ],
)  # fmt: skip
def test_what_looks_like_markup_is_escaped(text: str) -> None:
    assert escape_org(text) != text
    assert plain(escape_org(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "Mr Moor said: “It’s 5.30 - we sail!” (At last.)",
        "It cost $5, and 3 * 4 = 12 at 12:30; either/or",
        "See https://harbour.example/a_b/*c, and sail.",
        "— a dash – and another",
    ],
)
def test_plain_prose_and_web_addresses_are_not_changed(text: str) -> None:
    assert escape_org(text) == text


def test_a_title_is_no_keyword_and_has_no_tags() -> None:
    for title in ("TODO sail", "COMMENT", "Sail :sea:", "UN warns"):
        assert escape_heading(title) != title
    assert escape_heading("A\nferry: late") == "A ferry: late"


def test_a_tag_has_only_the_characters_that_org_allows() -> None:
    assert [org_tag(tag) for tag in ("sea", "high tide", "c#", "no-go", "हिन्दी")] == [
        "sea", "high_tide", "c#", "no_go", "हिन्दी",
    ]  # fmt: skip


def test_a_bookmark_is_an_entry_with_its_tags_quotation_speaker_and_note() -> None:
    mark = kept(1, "We sail\nat noon.\n\nAt last.")
    mark = replace(mark, note="* Ask!\n1 more line", tags=("sea", "high tide"), speaker="Ada")
    z = ZERO_WIDTH_SPACE
    assert "".join(write_notes([mark])) == (
        f"* The *{z}ferry*\n\n"
        "Ada Moor, [[https://harbour.example/%5Ba%5D_b]]\n\n"
        "** We sail at noon. At last. :sea:high_tide:\n\n"
        "#+begin_quote\nWe sail \\\\\nat noon.\n\nAt last.\n#+end_quote\n\n"
        "— Ada\n\n"
        f"{z}* Ask!\n1 more line\n"
    )


def test_a_path_is_verbatim_unless_it_could_end_that() -> None:
    for path, shown in (("/a/b_c.txt", "=/a/b_c.txt="), ("/a=b", f"/{ZERO_WIDTH_SPACE}a=b")):
        article = replace(FERRY, source="", location=path)
        document = "".join(write_notes([kept(1, "We sail", article=article)]))
        assert f"\n\nAda Moor, {shown}\n" in document


def test_bookmarks_are_by_article_in_the_order_of_its_text() -> None:
    other = Citation(location="/b", title="Other")
    note = replace(kept(4, ""), anchor=None, note="All of it.")
    marks = [kept(1, "late", 9), kept(2, "else", 0, other), kept(3, "early", 2), note]
    headings = re.findall(r"^\*+ (.*)$", "".join(write_notes(marks)), re.MULTILINE)
    title = escape_heading("The *ferry*")
    assert headings == [title, "Note", "early", "late", "Other", "else"]


def test_the_tags_of_an_article_without_a_note_stand_in_its_heading() -> None:
    tagged = replace(kept(4, ""), anchor=None, tags=("sea", "high tide"))
    document = "".join(write_notes([kept(1, "late", 9), tagged]))
    title = escape_heading("The *ferry*")
    headings = re.findall(r"^\*+ (.*)$", document, re.MULTILINE)
    assert headings == [f"{title} :sea:high_tide:", "late"]
    assert "".join(write_notes([tagged])).endswith("_b]]\n")


def test_long_words_are_cut_in_the_heading_only() -> None:
    words = "sail " * 40
    document = "".join(write_notes([kept(1, words)]))
    assert "sail sail…\n" in document
    assert words.strip() in document


def test_the_position_in_the_program_that_a_bookmark_is_from_is_below_its_words() -> None:
    imported = replace(kept(1, "the lamp"), position="page 12, location 180", note="my note")
    assert "#+end_quote\n\n(page 12, location 180)\n\nmy note" in bookmark_org(imported)
