from pathlib import Path

from tuireader.app.resume import Resume
from tuireader.layout.cells import cell_width, use_widths, widths_in_use
from tuireader.layout.terminal_widths import STANDARD, WIDEST, TerminalWidths
from tuireader.ui.terminal.stored_widths import StoredWidths

XTERM = {"TERM": "xterm", "XTERM_VERSION": "XTerm(379)"}
MEASURED = TerminalWidths(joins=False, flag=2, keycap=1, vowel=1)


def test_widths_are_stored_for_each_terminal_and_version(tmp_path: Path) -> None:
    path = tmp_path / "resume.json"
    resume = Resume(path)
    StoredWidths(resume, XTERM).store(MEASURED, graphemes=True)
    resume.save()

    known = StoredWidths(Resume(path), XTERM)
    other = StoredWidths(Resume(path), XTERM | {"XTERM_VERSION": "XTerm(390)"})
    try:
        assert (known.are_certain, known.graphemes) == (True, True)
        known.use()
        assert widths_in_use() == MEASURED
        assert (other.are_certain, other.graphemes) == (False, False)
        other.use()
        assert widths_in_use() == WIDEST
    finally:
        use_widths(STANDARD)


def test_a_terminal_without_a_version_is_measured_again(tmp_path: Path) -> None:
    resume = Resume(tmp_path / "resume.json")
    StoredWidths(resume, {"TERM": "xterm-256color"}).store(MEASURED, graphemes=False)

    assert not StoredWidths(resume, {"TERM": "xterm-256color"}).are_certain


def test_damaged_widths_count_as_unknown(tmp_path: Path) -> None:
    path = tmp_path / "resume.json"
    rest = ", 1" * 12
    for damaged in ("[1, 2]", '"wide"', f'["x"{rest}]', f"[99{rest}]"):
        path.write_text('{"widths": {"xterm XTerm(379)": ' + damaged + "}}")
        assert not StoredWidths(Resume(path), XTERM).are_certain


def test_the_widest_widths_are_at_least_those_of_any_terminal() -> None:
    text = "👩\u200d👩\u200d👧 🇩🇪 👍🏽 ❤\ufe0f 1\ufe0f\u20e3 कि தி กำ"
    try:
        use_widths(WIDEST)
        widest = cell_width(text)
        for widths in (STANDARD, MEASURED):
            use_widths(widths)
            assert cell_width(text) <= widest
    finally:
        use_widths(STANDARD)
