"""How sure the program is of a speaker, and why."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as some

from tuireader.domain.article import Article
from tuireader.domain.quote import Quote
from tuireader.quotes.attribution.confidence import Evidence, Rule, probability_of, reason_of
from tuireader.quotes.engine import extract

EVIDENCE = some.builds(
    Evidence,
    some.sampled_from(Rule),
    some.floats(0, 1),
    some.sampled_from(["", "name", "pronoun gender", "pronoun none", "description", "relative"]),
    trained=some.booleans(),
    before=some.floats(0, 1),
)


def quotes_in(text: str) -> tuple[Quote, ...]:
    return extract(Article(location="x", text=text, language="en"))


@given(EVIDENCE)
def test_a_probability_is_between_none_and_one(evidence: Evidence) -> None:
    assert 0 <= probability_of(evidence) <= 1


@given(EVIDENCE, some.floats(0, 1))
def test_a_higher_share_is_never_less_probable(evidence: Evidence, share: float) -> None:
    ranked = replace(evidence, rule=Rule.RANKED)
    low, high = sorted((ranked.share, share))
    assert probability_of(replace(ranked, share=low)) <= probability_of(replace(ranked, share=high))


def test_a_name_beside_the_verb_is_nearly_sure() -> None:
    (quote,) = quotes_in("“We sail at noon tomorrow,” Ada Moor said.\n")
    assert quote.speaker == "Ada Moor"
    assert quote.probability > 0.9
    assert quote.reason is not None
    assert quote.reason.rule == ""
    assert quote.reason.features == ("subject of a verb of saying", "in the same sentence")


def test_a_pronoun_between_two_people_is_less_sure_than_a_name() -> None:
    named, meant = quotes_in(
        "“We sail at noon tomorrow,” Ada Moor said.\n\n"
        "Ada Moor met Bela Quist in the harbour. “The sea is rough,” she said.\n"
    )
    assert meant.probability < named.probability


def test_who_is_not_known_has_no_probability() -> None:
    (quote,) = quotes_in("“The sea is rough today, and nobody sails.”\n")
    assert (quote.speaker, quote.probability) == ("", 0.0)


def test_the_reason_names_the_rule() -> None:
    quotes = quotes_in("Lind said Epple told her: “The sea is far too rough for us.”\n")
    assert [quote.reason and quote.reason.rule for quote in quotes] == [
        "subject of the reported verb of saying"
    ]


def test_runners_up_share_what_is_left_of_the_probability() -> None:
    evidence = Evidence(Rule.RANKED, 0.6, "name", trained=True)
    reason = reason_of(evidence, [("Bela Quist", 0.3), ("", 0.1), ("Tom Reed", 1e-4)])
    assert [other.speaker for other in reason.runners_up] == ["Bela Quist", ""]
    total = sum(other.probability for other in reason.runners_up)
    assert abs(1 - probability_of(evidence) - total) < 0.02
    first, second = reason.runners_up
    assert first.probability > second.probability
