from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from platformdirs.macos import MacOS

from tuireader.app.last_frame import (
    ENVIRONMENT,
    LastFrame,
    decode,
    file_state,
    frame_path,
    terminal_kind,
)
from tuireader.app.resume import Resume, colour_depth
from tuireader.layout.border import has_box_drawing
from tuireader.paths import AppPaths
from tuireader.ui.terminal.stored_widths import StoredWidths
from tuireader.ui.themes.automatic import chosen_theme

KIND = terminal_kind({"TERM": "xterm"}, (80, 24), "utf-8")
WORDS = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs")), max_size=12)
ROWS = st.tuples(
    st.integers(0, 300), st.integers(0, 99), st.sampled_from(["", "1;38;2;0;0;0"]), WORDS
)


class Environment(Mapping[str, str]):
    """An environment that remembers which variables were read; all but TERM are empty."""

    def __init__(self) -> None:
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.read.add(name)
        return "xterm" if name == "TERM" else ""

    def __iter__(self) -> Iterator[str]:
        return iter(ENVIRONMENT)

    def __len__(self) -> int:
        return len(ENVIRONMENT)


def frame_of(path: Path, words: str = "Harbour", style: str = "1") -> LastFrame:
    return LastFrame(
        sources=(str(path), ""),
        kind=KIND,
        files={str(path): file_state(str(path))},
        base="38;2;1;2;3",
        rows=[(3, 1, style, words)],
    )


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a b.txt"
    path.write_text("Harbour", encoding="utf-8")
    return path


@given(st.lists(ROWS, max_size=5))
def test_a_frame_is_read_as_it_was_stored(rows: list[tuple[int, int, str, str]]) -> None:
    frame = LastFrame(sources=("/a é", ""), kind=KIND, files={"/a é": "-"}, base="", rows=rows)
    assert frame.is_valid()
    found = decode(frame.encode())
    assert found is not None
    assert [*found.rows] == rows
    assert (found.sources, found.kind, found.files, found.base) == (
        frame.sources,
        frame.kind,
        frame.files,
        frame.base,
    )


@given(st.binary(max_size=60))
def test_a_damaged_file_gives_no_frame(content: bytes) -> None:
    assert decode(content) is None
    whole = LastFrame(sources=("/a",), kind=KIND, files={}, base="", rows=[(1, 1, "", "x")])
    found = decode(whole.encode()[: len(content)] + content)
    assert found is None or found.is_valid()


def test_no_control_sequence_can_be_put_into_a_frame(article: Path) -> None:
    for words in ("\x1b]0;title\x07", "a\rb", "\x9b2J", "\u202eabc"):
        assert not frame_of(article, words=words).is_valid()
        stored = frame_of(article, words="WORDS").encode().replace(b"WORDS", words.encode())
        assert decode(stored) is None
    assert not frame_of(article, style="1m\x1b]0;title").is_valid()


def test_a_frame_fits_while_nothing_has_changed(article: Path) -> None:
    frame = frame_of(article)
    assert frame.fits([str(article)], KIND)
    assert frame.fits([], KIND)
    assert not frame.fits([str(article), str(article)], KIND)
    assert not frame.fits([str(article.with_name("other.txt"))], KIND)
    for other in (
        terminal_kind({"TERM": "xterm"}, (81, 24), "utf-8"),
        terminal_kind({"TERM": "vt100"}, (80, 24), "utf-8"),
        terminal_kind({"TERM": "xterm"}, (80, 24), "ascii"),
    ):
        assert not frame.fits([str(article)], other)


def test_a_frame_does_not_fit_when_a_file_has_changed(article: Path) -> None:
    frame = frame_of(article)
    article.write_text("Harbor", encoding="utf-8")
    assert not frame.fits([str(article)], KIND)
    frame = frame_of(article)
    article.unlink()
    assert not frame.fits([str(article)], KIND)


def test_a_relative_path_names_the_same_article(
    article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(article.parent)
    assert frame_of(article).fits([article.name], KIND)


def test_every_variable_that_a_first_paint_reads_is_compared() -> None:
    environment = Environment()
    has_box_drawing(environment)
    chosen_theme("auto", environment)
    colour_depth(environment)
    StoredWidths(Resume(Path("none")), environment)
    assert environment.read == set(ENVIRONMENT)


def test_the_file_is_in_the_state_folder(tmp_path: Path) -> None:
    for environ in (
        {"TUIREADER_DATA_DIR": str(tmp_path)},
        {"TUIREADER_DATA_DIR": "~/notes"},
        {"TUIREADER_DATA_DIR": "here"},
    ):
        assert Path(frame_path(environ)) == AppPaths.find(None, environ).state / "frame"


@pytest.mark.skipif("sys.platform != 'linux'", reason="elsewhere no frame is kept there")
def test_the_file_is_in_the_state_folder_of_the_platform(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for state in (str(tmp_path), "", " "):
        monkeypatch.setenv("XDG_STATE_HOME", state)
        environ = {"XDG_STATE_HOME": state}
        assert Path(frame_path(environ)) == AppPaths.find(None, environ).state / "frame"
    monkeypatch.delenv("XDG_STATE_HOME")
    assert Path(frame_path({})) == AppPaths.find(None, {}).state / "frame"


def test_the_file_is_where_macos_keeps_the_state_of_programs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setattr("sys.platform", "darwin")
    state = MacOS("tuireader", appauthor=False).user_state_path
    assert Path(frame_path({})) == state / "frame"
