"""How a passage names its source."""

import datetime as dt

from tuireader.domain.article import Article
from tuireader.domain.bookmark import Citation, citation_of
from tuireader.exporters.citation import citation_line, citation_text

FERRY = Citation(
    location="/texts/ferry.txt",
    title="The ferry",
    outlet="Harbour Post",
    date=dt.date(2024, 9, 4),
    source="https://harbour.example/ferry",
)


def test_a_citation_is_one_line_of_title_outlet_date_and_source() -> None:
    expected = "The ferry, Harbour Post, 4 September 2024, https://harbour.example/ferry"
    assert citation_line(FERRY) == expected


def test_an_author_stands_after_the_title() -> None:
    citation = Citation(location="/a.txt", title="The ferry", author="Ada Moor")
    assert citation_line(citation) == "The ferry, Ada Moor, /a.txt"


def test_what_is_not_known_leaves_no_gap() -> None:
    assert citation_line(Citation(location="/texts/a.txt")) == "/texts/a.txt"


def test_a_title_over_two_lines_is_cited_in_one() -> None:
    assert citation_line(Citation(location="/a", title="The\nferry ")) == "The ferry, /a"


def test_a_cited_passage_has_marks_its_speaker_and_its_source() -> None:
    assert (
        citation_text(" We sail. ", Citation(location="/a"), "Ada Moor")
        == "“We sail.” — Ada Moor\n/a"
    )


def test_words_that_bring_their_marks_get_no_second_pair() -> None:
    assert (
        citation_text("“We sail,” she said.", Citation(location="/a")) == "“We sail,” she said.\n/a"
    )


def test_an_article_cites_what_is_known_of_it() -> None:
    article = Article(location="/a", text="", title="The ferry", date=dt.date(2024, 9, 4))
    assert citation_line(citation_of(article)) == "The ferry, 4 September 2024, /a"


def test_a_citation_names_the_pages() -> None:
    citation = Citation(location="/a", title="On Piers")
    assert citation_text("We sail.", citation, pages="12").endswith("On Piers, /a [p. 12]")
    assert citation_text("We sail.", citation, pages="12–13").endswith(" [pp. 12–13]")
