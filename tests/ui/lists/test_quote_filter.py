"""The filter of the quotations by what was said, not said and alleged."""

from dataclasses import replace

from tuireader.domain.article import Article, Passage
from tuireader.domain.quote import Confidence, Polarity, Quote, QuoteKind
from tuireader.ui.lists.quote_filter import QuoteFilter
from tuireader.ui.lists.quotes import QuoteModel

TEXT = "“We sail,” said Ada. She never said “We stay.”"


class Host:
    """A list that counts how often it is arranged again."""

    def __init__(self, model: QuoteModel) -> None:
        self.model = model

    def rearrange(self) -> None:
        self.model.arrange(0)

    def focus(self) -> None:
        pass


def listed() -> tuple[QuoteModel, QuoteFilter]:
    said = Quote(
        spans=(Passage(1, 9),),
        kind=QuoteKind.DIRECT,
        confidence=Confidence.NAMED,
        speaker="Ada",
    )
    denied = replace(said, spans=(Passage(37, 45),), polarity=Polarity.NOT_SAID, probability=0.3)
    model = QuoteModel()
    model.article = Article(location="a.txt", text=TEXT)
    model.searching, model.quotes = False, (said, denied)
    model.arrange(0)
    return model, QuoteFilter(Host(model), model)


def test_quotations_are_filtered_by_whether_they_were_said() -> None:
    model, search = listed()
    for query, count in (
        ("is:said", 1),
        ("is:not-said", 1),
        ("is:alleged", 0),
        ("is:said is:not-said", 2),
        ("is:unsure stay", 1),
        ("is:said stay", 0),
        ("not said", 1),
        ("is:", 2),
    ):
        search.query_typed(query)
        assert len(model) == count, query


def test_a_state_is_completed_and_an_unknown_one_is_told() -> None:
    _, search = listed()
    assert search.completions("ada is:n") == ["ada is:not-said"]
    assert len(search.completions("is:")) == 4
    assert search.completions("") == []
    search.query_typed("is:no")
    assert search.problem() is None
    search.query_typed("ada is:nonsense")
    problem = search.problem()
    assert problem is not None
    assert (problem.start, problem.end) == (4, 15)
