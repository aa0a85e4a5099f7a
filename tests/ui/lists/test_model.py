from tuireader.ui.lists.model import ListModel, filter_by_words, styled_rows, wrapped_lines
from tuireader.ui.widgets.styles import StyleSpan


class Words(ListModel[str]):
    def text_of(self, item: str) -> str:
        return item


def test_a_filter_takes_every_word_in_any_case_and_with_any_accents() -> None:
    names = ["Café Holm", "Holm Harbour", "Quay"]
    assert filter_by_words(names, "cafe HOLM", str) == ["Café Holm"]
    assert filter_by_words(names, "", str) == names


def test_the_cursor_stays_on_its_item_while_the_list_is_filtered() -> None:
    model = Words(["quay", "harbour", "quayside"])
    model.query = "quay"
    assert model.arrange(2) == 1
    assert model.listed == ["quay", "quayside"]
    assert model.counted() == "2/3"
    model.query = "harbour"
    assert model.arrange(1) == 0


def test_an_item_beyond_the_list_is_none() -> None:
    model = Words(["quay"])
    assert (model.item(0), model.item(1), model.item(-1)) == ("quay", None, None)


def test_lines_that_are_left_out_are_shown_by_an_ellipsis() -> None:
    lines = wrapped_lines("one two three four five six", 9, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(len(line) <= 9 for line in lines)
    assert wrapped_lines("", 9, 2) == []


def test_rows_have_the_looks_of_their_spans() -> None:
    rows = list(styled_rows("one two three", [StyleSpan(4, 7, "added")], 7))
    assert rows == [[("one ", ""), ("two", "added")], [("three", "")]]
