"""Why a quotation has its speaker, on one line."""

from dataclasses import replace

from tuireader.domain.article import Passage
from tuireader.domain.quote import Confidence, Polarity, Quote, QuoteKind, Reason, RunnerUp
from tuireader.quotes.explanation import explanation

TEXT = "“We sail,” Ada\nMoor said."
QUOTE = Quote(
    spans=(Passage(1, 9),),
    kind=QuoteKind.DIRECT,
    confidence=Confidence.NAMED,
    speaker="Ada Moor",
    mention=Passage(11, 19),
    probability=0.934,
    reason=Reason(
        features=("beside a verb of saying", "in the same sentence", "a name", "a person"),
        runners_up=(RunnerUp("Bo Quist", 0.05), RunnerUp("", 0.016)),
    ),
)


def test_the_mention_what_spoke_for_it_and_the_others_are_told() -> None:
    assert explanation(QUOTE, TEXT) == (
        "Ada Moor 93% · by name “Ada Moor” · beside a verb of saying; in the same sentence; a name"
        " · or Bo Quist 5%, nobody 2%"
    )


def test_a_rule_is_told_instead_of_what_was_weighed() -> None:
    by_rule = replace(QUOTE, reason=Reason(rule="subject of the sentence around"))
    assert explanation(by_rule, TEXT) == (
        "Ada Moor 93% · by name “Ada Moor” · rule: subject of the sentence around"
    )


def test_what_the_reader_corrected_says_what_was_found_before() -> None:
    corrected = replace(
        QUOTE, speaker="Eva Lund", confidence=Confidence.BY_YOU, found=QUOTE, correction=3
    )
    assert explanation(corrected, TEXT).startswith(
        "Eva Lund · by you · found: Ada Moor 93% · by name “Ada Moor”"
    )
    follower = replace(corrected, correction=0, follows=3)
    assert explanation(follower, TEXT).startswith(
        "Eva Lund · with your correction of another quotation · found: Ada Moor 93%"
    )


def test_what_is_not_known_is_left_out() -> None:
    unknown = Quote(
        spans=(Passage(1, 9),), kind=QuoteKind.DIRECT, confidence=Confidence.UNKNOWN, probability=0
    )
    assert explanation(unknown, TEXT) == "Unknown speaker · unknown"
    denied = replace(QUOTE, reason=None, polarity=Polarity.NOT_SAID)
    assert explanation(denied, TEXT) == "Not said by Ada Moor 93% · by name “Ada Moor”"
