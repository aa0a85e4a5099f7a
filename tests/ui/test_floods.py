from textual import events

from tuireader.ui.floods import MAX_WAITING, is_outdated


def test_only_reports_are_dropped_and_only_when_many_events_wait() -> None:
    focus, key = events.AppFocus(), events.Key("j", "j")
    assert is_outdated(focus, MAX_WAITING + 1)
    assert not is_outdated(focus, MAX_WAITING)
    assert not is_outdated(key, 10 * MAX_WAITING)
