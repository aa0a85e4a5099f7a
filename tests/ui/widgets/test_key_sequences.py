from typing import Any

from textual.binding import Binding

from tuireader.ui.widgets.key_sequences import HIGHEST_COUNT, KeySequences

BINDINGS = [Binding("] b", "jump('bookmark', 1)"), Binding("m *", "set_mark")]


def typed(keys: Any, strokes: Any) -> Any:
    return [keys.press(stroke, stroke, lambda: BINDINGS) for stroke in strokes]


def test_a_sequence_runs_its_action_at_the_last_stroke() -> None:
    first, second = typed(KeySequences(), "]b")
    assert first.handled
    assert not first.action
    assert second.action == "jump('bookmark', 1)"


def test_a_star_takes_any_character() -> None:
    press = typed(KeySequences(), "mé")[-1]
    assert (press.action, press.argument) == ("set_mark", "é")


def test_a_stroke_that_completes_nothing_is_dropped() -> None:
    press = typed(KeySequences(), "]x")[-1]
    assert press.handled
    assert not press.action


def test_escape_ends_a_sequence_and_a_count() -> None:
    keys = KeySequences()
    typed(keys, "]")
    assert keys.press("escape", "\x1b", lambda: BINDINGS).handled
    assert not keys.typed
    typed(keys, "45")
    assert keys.press("escape", "\x1b", lambda: BINDINGS).handled
    typed(keys, "j")
    assert keys.take_count() == 0


def test_a_count_is_used_by_the_next_key_only() -> None:
    keys = KeySequences()
    typed(keys, "40j")
    assert keys.take_count() == 40
    assert keys.take_count() == 0
    typed(keys, "j")
    assert keys.take_count() == 0


def test_a_count_goes_before_a_sequence_too() -> None:
    keys = KeySequences()
    typed(keys, "5]b")
    assert keys.take_count() == 5


def test_any_digit_but_zero_begins_a_count() -> None:
    keys = KeySequences()
    assert not typed(keys, "0")[0].handled
    assert typed(keys, "3")[0].handled


def test_a_sequence_may_have_more_than_two_strokes() -> None:
    keys = KeySequences()
    sequences = [Binding("ctrl+x ctrl+c", "quit"), Binding("ctrl+x r l", "list")]
    strokes = [("ctrl+x", "\x18"), ("r", "r"), ("l", "l")]
    presses = [keys.press(*stroke, lambda: sequences) for stroke in strokes]
    assert [press.action for press in presses] == ["", "", "list"]
    assert all(press.handled for press in presses)


def test_a_count_has_a_limit() -> None:
    keys = KeySequences()
    typed(keys, "9" * 40 + "j")
    assert keys.take_count() == HIGHEST_COUNT
