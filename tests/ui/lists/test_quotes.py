from tuireader.domain.article import Article, Passage
from tuireader.domain.quote import Confidence, Quote, QuoteKind, confidence_label
from tuireader.ui.lists.quotes import QuoteModel

TEXT = "“We sail,” said Ada. “We stay,” said Bo. “We sail again,” Ada said. The “Orchard” runs."


def quote(words: str, speaker: str = "", *, unattributed: bool = False) -> Quote:
    start = TEXT.index(words)
    return Quote(
        spans=(Passage(start, start + len(words)),),
        kind=QuoteKind.DIRECT,
        confidence=Confidence.NAMED if speaker else Confidence.UNKNOWN,
        speaker=speaker,
        unattributed=unattributed,
    )


def model() -> QuoteModel:
    quotes = QuoteModel()
    quotes.article = Article(location="a.txt", text=TEXT)
    quotes.searching = False
    quotes.quotes = (
        quote("We sail,", "Ada"),
        quote("We stay", "Bo"),
        quote("We sail again", "Ada"),
    )
    quotes.others = (quote("Orchard", unattributed=True),)
    quotes.arrange(0)
    return quotes


def speakers(quotes: QuoteModel) -> list[str]:
    return [one.speaker for one in quotes.listed]


def test_quotations_are_in_the_order_of_the_text_or_grouped() -> None:
    quotes = model()
    assert speakers(quotes) == ["Ada", "Bo", "Ada"]
    quotes.by_speaker = True
    assert quotes.arrange(1) == 2
    assert speakers(quotes) == ["Ada", "Ada", "Bo"]
    assert quotes.rows(0, 40)[0] == [("━ Ada".ljust(39), "speaker-1 bold")]
    assert quotes.rows(1, 40)[0] != quotes.rows(0, 40)[0]


def test_the_words_reach_the_right_edge_of_a_narrow_list() -> None:
    rows = model().rows(0, len("  ▌“We sail”"))
    assert "“We sail”" in [row[-1][0] for row in rows if row]


def test_what_is_unattributed_is_listed_last_on_request() -> None:
    quotes = model()
    assert quotes.heading() == "Quotes 3 +1 (U)"
    quotes.width = 35
    assert quotes.heading() == "Quotes 3 +1 (U) · 2 speakers"
    quotes.width = 60
    assert quotes.heading() == "Quotes 3 · 2 speakers · +1 hidden (U)"
    quotes.with_others = quotes.by_speaker = True
    quotes.arrange(0)
    assert quotes.listed[-1].unattributed
    assert quotes.heading() == "Quotes 3 · by speaker · +1 shown"


def test_the_filter_looks_in_speakers_words_and_confidence() -> None:
    quotes = model()
    for query, count in (("bo", 1), ("sail", 2), ("by name", 3), ("nothing", 0)):
        quotes.query = query
        quotes.arrange(0)
        assert len(quotes) == count
    assert quotes.empty_text() == "No matching quotation"


def test_the_cursor_goes_to_the_nearest_quotation_if_its_own_is_gone() -> None:
    quotes = model()
    quotes.quotes = quotes.quotes[:1] + quotes.quotes[2:]
    assert quotes.arrange(1) in {0, 1}


def test_a_quotation_is_found_by_its_number_in_the_text() -> None:
    quotes = model()
    quotes.by_speaker = True
    quotes.arrange(0)
    assert quotes.place_of_number(1) == 2
    quotes.query = "ada"
    quotes.arrange(0)
    assert quotes.place_of_number(1) is None


def test_every_confidence_has_a_label() -> None:
    assert [confidence_label(one) for one in Confidence] == [
        "by name",
        "continued",
        "by pronoun",
        "by description",
        "unknown",
        "by you",
    ]
