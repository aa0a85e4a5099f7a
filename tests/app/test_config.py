from dataclasses import fields

import pytest

from tuireader.app.config import (
    changed_setting,
    known_values,
    setting_completions,
    setting_names,
    setting_value,
)
from tuireader.domain.errors import SettingsError
from tuireader.settings import Settings


def test_values_are_read_from_text() -> None:
    assert changed_setting("column", "80", ()) == 80
    assert changed_setting("theme", "nord", ("nord",)) == "nord"
    assert changed_setting("accessible", "true", ()) is True
    assert changed_setting("accessible", "false", ()) is False
    assert changed_setting("sort", known_values("sort", ())[0], ()) == known_values("sort", ())[0]


def test_every_value_of_the_settings_can_be_read_and_set_to_what_it_is() -> None:
    others = {"keys", "commands", "sites", "warnings"}
    values = {each.name for each in fields(Settings)} - others
    assert {name.rpartition(".")[2] for name in setting_names()} == values
    for name in setting_names():
        now = str(setting_value(Settings(), name))
        changed = changed_setting(name, now, ("auto",))
        assert changed == getattr(Settings(), name.rpartition(".")[2])


def test_actions_names_and_values_complete_the_words_of_the_command() -> None:
    assert "set" in setting_completions([], ())
    assert "hyphenate" in setting_completions(["get"], ())
    assert setting_completions(["set", "theme"], ("nord",)) == ["nord"]
    assert setting_completions(["set", "bidi"], ()) == ["terminal", "program", "off"]
    assert setting_completions(["set", "column"], ()) == []
    assert setting_completions(["set", "theme", "nord"], ("nord",)) == []


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("column", "-4", "must be a whole number from 20 to 200"),
        ("column", "wide", "must be a whole number from 20 to 200"),
        ("column", "9" * 5000, "must be a whole number from 20 to 200"),
        ("accessible", "yes", "It is one of true, false"),
        ("justify", "on", "It is one of true, false"),
        ("bidi", "terminl", "Did you mean “terminal”?"),
        ("quotes_width", "201", "must be a whole number from 0 to 200"),
        ("keys.preset", "vi", "It is one of vim, less, emacs, newsboat"),
        ("theme", "nrd", "Did you mean “nord”?"),
        ("colum", "80", "Did you mean “column”?"),
        ("keys", "x", "[keys] is a table"),
    ],
)
def test_what_is_not_valid_is_told_in_a_sentence(name: str, value: str, told: str) -> None:
    with pytest.raises(SettingsError) as error:
        changed_setting(name, value, ("nord",))
    assert told in str(error.value)


def test_the_value_in_force_is_read() -> None:
    assert setting_value(Settings(column=64), "column") == 64
    assert setting_value(Settings(accessible=True), "accessible") == "true"
    with pytest.raises(SettingsError, match="no setting “warnings”"):
        setting_value(Settings(), "warnings")
