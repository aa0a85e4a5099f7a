"""Quotations set as they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.article import Passage
from tuireader.domain.quotation_text import quotation_text


def written(text: str, *pieces: str) -> str:
    """The quotation of these pieces of a text."""
    spans, start = [], 0
    for piece in pieces:
        start = text.index(piece, start)
        spans.append(Passage(start, start + len(piece)))
        start += len(piece)
    return quotation_text(spans, text)


@pytest.mark.parametrize(
    ("text", "pieces", "shown"),
    [
        ("“We sail,” she said.", ["We sail,"], "“We sail”"),
        ("“We sail.” She left.", ["We sail."], "“We sail.”"),
        ("“We sail,” she said. “At noon.”", ["We sail,", "At noon."], "“We sail … At noon.”"),
        ("“We sail,” she said, “at noon,” and left.", ["We sail,", "at noon,"], None),
        ('"We sail," she said.', ["We sail,"], '"We sail"'),
        ("'We sail,' she said.", ["We sail,"], "'We sail'"),
        ("„Wir fahren“, sagte sie.", ["Wir fahren"], "„Wir fahren“"),
        ("„Płyniemy”, powiedziała.", ["Płyniemy"], "„Płyniemy”"),
        ("»Wir fahren«, sagte sie.", ["Wir fahren"], "»Wir fahren«"),
        ("«Zarpamos», dijo.", ["Zarpamos"], "«Zarpamos»"),
        ("«\xa0On part\xa0», dit-elle.", ["On part"], "«\xa0On part\xa0»"),
        ("« On part », dit-elle.", ["On part"], "« On part »"),
        ("»Vi sejler,» sagde hun.", ["Vi sejler,"], "»Vi sejler»"),
        ("「出発する」と言った。", ["出発する"], "「出発する」"),
        ("她说：“我们走，”然后走了。", ["我们走，"], "“我们走”"),
        ("``We sail,'' she said.", ["We sail,"], "``We sail''"),
        ("— On part, dit-elle.", ["On part,"], "“On part”"),
        ("She said “they called it ‘odd,’” and left.", ["they called it ‘odd,’"], None),
        ("“One.\n\n“Two.” She left.", ["One.", "Two."], "“One. … Two.”"),
        ("“I … ” he said. “Well …”", ["I …", "Well …"], "“I … Well …”"),
        ("“No end", ["No end"], "“No end”"),
        ("No start,” he said.", ["No start,"], "“No start”"),
        ("“Over\nlines  here,” he said.", ["Over\nlines  here,"], "“Over lines here”"),
    ],
)
def test_a_quotation_has_its_marks_and_no_comma_of_the_sentence(
    text: str, pieces: list[str], shown: str | None
) -> None:
    expected = {
        "“We sail,” she said, “at noon,” and left.": "“We sail … at noon”",
        "She said “they called it ‘odd,’” and left.": "“they called it ‘odd’”",
    }
    assert written(text, *pieces) == (shown or expected[text])


@given(st.text(min_size=1, max_size=30), st.data())
def test_every_word_of_every_piece_is_there_on_one_line(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    spans = [Passage(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=False)]
    shown = quotation_text(spans, text)
    assert "\n" not in shown
    for span in spans:
        for word in span.of(text).split():
            assert word.rstrip("’”'\"»›」』").rstrip(",，、،") in shown
