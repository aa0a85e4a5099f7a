"""Tests for `tuireader tour`."""

from pathlib import Path

from cli.shell import Shell


def test_the_tour_is_printed_in_a_pipe_and_the_library_stays(shell: Shell, ferry: Path) -> None:
    assert shell("add", str(ferry)) == 0
    assert shell("tour") == 0
    assert shell.out.lower().count("tour") > 1
    assert shell("list") == 0
    assert str(ferry) in shell.out
