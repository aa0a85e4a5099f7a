"""Labels that are stored without the texts that they are for."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tuireader.quotes.training.labels import replace_labels, with_text, without_text

TEXT = "“We sail at noon,” Ada Moor said.\n\n“No,” said Bela Quist. “No.”\n"


def labelled(text: str = TEXT) -> dict[str, Any]:
    """Return an article with two labelled quotations."""
    first, second = text.index("We sail"), text.rindex("No")
    return {
        "id": "harbour",
        "lang": "en",
        "text": text,
        "quotes": [
            {
                "start": first,
                "end": first + 16,
                "text": "We sail at noon,",
                "speaker": "Ada Moor",
                "mention": "Ada Moor",
                "speaker_mention_start": first + 18,
                "speaker_mention_end": first + 26,
            },
            {"start": second, "end": second + 2, "text": "No", "speaker": "Bela Quist"},
        ],
    }


def test_labels_without_texts_quote_nothing_of_the_article() -> None:
    written = json.dumps(without_text(labelled()), ensure_ascii=False)
    assert "sail" not in written
    assert '"mention"' not in written
    assert "Ada Moor" in written


def test_labels_are_joined_to_the_text_that_was_labelled() -> None:
    joined, lost = with_text(without_text(labelled()), TEXT)
    assert lost == 0
    assert [quote["text"] for quote in joined["quotes"]] == ["We sail at noon,", "No"]
    assert joined["quotes"][0]["speaker_mention_start"] == TEXT.index("Ada Moor")


def test_labels_follow_their_words_in_a_text_that_has_changed() -> None:
    changed = "A caption.\n\n" + TEXT
    joined, lost = with_text(without_text(labelled()), changed)
    assert lost == 0
    starts = [quote["start"] for quote in joined["quotes"]]
    assert starts == [changed.index("We sail"), changed.rindex("No")]
    assert "speaker_mention_start" not in joined["quotes"][0]


def test_a_label_whose_words_are_gone_is_counted_and_left_out() -> None:
    joined, lost = with_text(without_text(labelled()), TEXT.replace("noon", "dawn"))
    assert lost == 1
    assert [quote["speaker"] for quote in joined["quotes"]] == ["Bela Quist"]


def test_an_article_without_other_labels_keeps_its_own() -> None:
    own = labelled() | {"id": "other"}
    other = labelled()
    other["quotes"] = other["quotes"][:1]
    replaced = [record for record, _ in replace_labels([labelled(), own], [without_text(other)])]
    assert [len(record["quotes"]) for record in replaced] == [1, 2]
    assert replaced[1] == own


@given(before=st.text(max_size=30), after=st.text(max_size=30))
def test_labels_are_found_with_any_text_around(before: str, after: str) -> None:
    joined, lost = with_text(without_text(labelled()), before + TEXT + after)
    assert lost == 0
    assert [quote["text"] for quote in joined["quotes"]] == ["We sail at noon,", "No"]
