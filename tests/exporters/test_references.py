"""Articles of bookmarks as references: BibTeX and CSL-JSON."""

import datetime as dt
import json
import re
from dataclasses import replace
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from importers.reading import Export

from tuireader.domain.anchor import Anchor
from tuireader.domain.bookmark import Bookmark, Citation
from tuireader.domain.dates import PartialDate
from tuireader.exporters.references import bibtex_text, references, write_bibtex, write_csl

NOW = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
FERRY = Citation(
    location="/texts/ferry.txt",
    title="The 50% ferry & {its} crew",
    author="By Ada Moor and Björn Ek",
    outlet="Harbour Post",
    date=dt.date(2026, 3, 14),
    source="https://harbour.example/a_b?c={d}",
)


def kept(number: int, words: str, article: Citation = FERRY, note: str = "") -> Bookmark:
    anchor = Anchor(text_hash="0", start=0, end=len(words), exact=words)
    return Bookmark(
        id=number,
        article=article,
        anchor=anchor,
        note=note,
        speaker="Ada Voss",
        tags=("sea",),
        created=NOW,
        updated=NOW,
    )


def test_an_article_is_one_entry_with_all_that_was_kept_of_it() -> None:
    marks = [kept(1, "We wait.", note="Ask why."), kept(2, "No boat.")]
    assert "".join(write_bibtex(marks)) == (
        "@article{moor2026ferry,\n"
        "  title = {The 50\\% ferry \\& \\{\\vphantom{\\}}its\\vphantom{\\{}\\} crew},\n"
        "  author = {Ada Moor and Björn Ek},\n"
        "  journal = {Harbour Post},\n"
        "  year = {2026},\n"
        "  month = mar,\n"
        "  day = {14},\n"
        "  url = {https://harbour.example/a_b?c=%7Bd%7D},\n"
        "  keywords = {sea},\n"
        "  annote = {“We wait.” — Ada Voss\nAsk why.\n\n“No boat.” — Ada Voss},\n"
        "}\n"
    )


def test_what_is_not_known_is_left_out() -> None:
    bare = Citation(location="/texts/ferry.txt", date=PartialDate(2019, 5))
    [entry] = write_bibtex([replace(kept(1, "x"), article=bare, speaker="", tags=())])
    assert entry == (
        "@misc{2019textsferrytxt,\n"
        "  title = {/texts/ferry.txt},\n"
        "  year = {2019},\n"
        "  month = may,\n"
        "  annote = {“x”},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Ada Moor, Björn Ek", ("Ada Moor", "Björn Ek")),
        ("Moor, Ada", ("Moor, Ada",)),
        ("A. Moor; B. Ek & Reuters", ("A. Moor", "B. Ek", "Reuters")),
        ("", ()),
    ],
)
def test_names_are_told_apart(author: str, names: tuple[str, ...]) -> None:
    [reference] = references([kept(1, "x", replace(FERRY, author=author))])
    assert reference.authors == names


def test_no_two_references_have_the_same_name() -> None:
    marks = [kept(n, "x", replace(FERRY, location=f"/{n}")) for n in range(30)]
    keys = [reference.key for reference in references(marks)]
    assert len(set(keys)) == 30
    assert keys[:3] == ["moor2026ferry", "moor2026ferrya", "moor2026ferryb"]


@given(st.text(max_size=30))
def test_braces_are_always_balanced_and_nothing_is_a_command(words: str) -> None:
    written = bibtex_text(words)
    assert written.count("{") == written.count("}")
    depths = accumulate({"{": 1, "}": -1}.get(character, 0) for character in written)
    assert min(depths, default=0) >= 0
    bare = re.sub(r"\\vphantom\{\\[{}]\}|\{\\text\w+\}|\\[{}%&#$_]", "", written)
    assert not set(bare) & set("\\{}%&#$_~^")


def test_csl_has_the_fields_of_the_standard() -> None:
    [item] = json.loads("".join(write_csl([kept(1, "We wait.")])))
    assert item == {
        "source": "tuireader",
        "id": "moor2026ferry",
        "type": "article-newspaper",
        "title": FERRY.title,
        "author": [{"literal": "Ada Moor"}, {"literal": "Björn Ek"}],
        "container-title": "Harbour Post",
        "issued": {"date-parts": [[2026, 3, 14]]},
        "URL": "https://harbour.example/a_b?c={d}",
        "keyword": "sea",
        "note": "“We wait.” — Ada Voss",
    }
    assert "".join(write_csl([])) == "[]\n"


def test_the_export_is_read_back_as_references() -> None:
    item = Export("".join(write_csl([kept(1, "We wait.")]))).item
    assert (item.title, item.author) == (FERRY.title, "Ada Moor, Björn Ek")
    assert (item.outlet, item.date, item.tags) == (FERRY.outlet, FERRY.date, ("sea",))
    assert item.note == "“We wait.” — Ada Voss"
