"""What the commands print on a terminal, which is a pseudo-terminal here."""

import os
import pty
import re
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest
from cli.shell import Shell

from tuireader.domain.article import Passage
from tuireader.layout.cells import cell_width
from tuireader.notebook.notebook import Notebook
from tuireader.sources.open import open_article

LONG = "The ferry of the northern islands that left for the last time before the ice came"
TEXT = f"""\
date 2024-09-04
{LONG}

The boat leaves at noon.

“We sail at noon, in every weather, with every cargo, and with whoever comes,” Ada Moor said.

“Nobody asked the people of the islands about the ice,” said Bram Olsen, the mayor.
"""
LINK = re.compile(r"\x1b\]8;;[^\x1b]*\x1b\\")
COLOUR = re.compile(r"\x1b\[[\d;]*m")
ENOUGH = 1 << 16

Terminal = Callable[..., str]


@pytest.fixture
def article(shell: Shell, tmp_path: Path, data: Path) -> Path:
    path = tmp_path / "ferry.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert (
        shell("add", path) == shell("lists", "add", "Boats", "boat") == shell("list", "noon") == 0
    )
    with Notebook.open(data) as notebook:
        notebook.bookmarks.keep(open_article(str(path)), Passage(0, 24), note="Ask him. " * 20)
    return path


@pytest.fixture
def terminal(article: Path) -> Terminal:
    """Runs a command line on a terminal, and returns what the terminal gets."""

    def run(*words: str | Path, columns: int = 80, **environ: str) -> str:
        parent, child = pty.openpty()
        termios.tcsetwinsize(child, (24, columns))
        command = [sys.executable, "-m", "tuireader", *map(str, words)]
        changed = os.environ | {"TERM": "xterm-256color", "PAGER": "cat"} | environ
        changed.pop("COLUMNS", None)  # pytest's own, which would count more than the terminal
        with subprocess.Popen(
            command, stdin=child, stdout=child, env=changed, cwd=article.parent
        ) as program:
            os.close(child)
            shown = b""
            while True:
                try:
                    data = os.read(parent, ENOUGH)
                except OSError:  # the program has ended
                    break
                if not data:
                    break
                shown += data
        os.close(parent)
        assert program.returncode == 0
        return shown.decode().replace("\r\n", "\n")

    return run


def plain(text: str) -> list[str]:
    return COLOUR.sub("", LINK.sub("", text)).splitlines()


COMMANDS = (
    ("list",),
    ("search", "noon"),
    ("quotes",),
    ("speakers",),
    ("notes",),
    ("lists",),
    ("show", "ARTICLE"),
    ("help", "speakers"),
)


@pytest.mark.parametrize("columns", [80, 50])
@pytest.mark.parametrize("words", COMMANDS)
def test_lines_fit_into_the_window(
    terminal: Terminal, article: Path, words: tuple[str, ...], columns: int
) -> None:
    line = [str(article) if word == "ARTICLE" else word for word in words]
    lines = plain(terminal(*line, columns=columns))
    # A location on a line of its own is longer than a narrow window, and has no blanks.
    assert [each for each in lines if cell_width(each) > columns and str(article) not in each] == []
    assert any(each.strip() for each in lines)


def test_an_unread_title_is_bold_links_to_its_source_and_is_cut_between_words(
    terminal: Terminal, article: Path, shell: Shell
) -> None:
    shown = terminal("list")
    link = f"\x1b]8;;{article.as_uri()}\x1b\\"
    assert f"{link}\x1b[1mThe ferry of the northern islands" in shown
    assert plain(shown)[0].endswith("…")
    title = plain(shown)[0].rpartition("The ferry")[2].rstrip("…")
    assert LONG.removeprefix("The ferry")[len(title) :].startswith(" ")
    assert shell("mark", "read", article) == 0
    assert f"{link}\x1b[2mThe ferry" in terminal("list")


def test_each_speaker_has_a_colour_and_found_words_are_bold(terminal: Terminal) -> None:
    shown = terminal("quotes")
    colours = re.findall(r"((?:\x1b\[\d+m)+)(?:Ada Moor|Bram Olsen)\x1b", shown)
    assert len(set(colours)) == 2
    assert "\x1b[1mnoon\x1b[0m" in terminal("search", "noon")


@pytest.mark.parametrize(
    ("words", "environ"),
    [(("--no-color",), {}), ((), {"NO_COLOR": "1"}), ((), {"TERM": "dumb"})],
)
def test_colours_can_be_turned_off(
    terminal: Terminal, words: tuple[str, ...], environ: dict[str, str]
) -> None:
    for command in (("list",), ("search", "noon"), ("quotes",), ("help", "list")):
        shown = terminal(*command, *words, **environ)
        assert not COLOUR.search(shown)
        assert "\x1b" not in LINK.sub("", shown)


@pytest.mark.parametrize(
    "words",
    [("list",), ("quotes",), ("lists",), ("help", "list"), ("config",), ("keys",), ("doctor",)],
)
def test_output_goes_through_the_pager(
    terminal: Terminal, tmp_path: Path, words: tuple[str, ...]
) -> None:
    seen = tmp_path / "seen"
    script = "import sys; open(sys.argv[1], 'w', encoding='utf-8').write(sys.stdin.read())"
    pager = f'{sys.executable} -X utf8 -c "{script}" {seen}'
    assert terminal(*words, PAGER=pager) == ""
    assert len(seen.read_text(encoding="utf-8").splitlines()) > 0
    has_styles = words[0] not in {"config", "keys"}
    assert ("\x1b[1m" in seen.read_text(encoding="utf-8")) is has_styles


def test_a_file_gets_no_escape_sequences(terminal: Terminal, tmp_path: Path) -> None:
    assert plain(terminal("list", "-o", tmp_path / "out.txt")) == [f"Wrote {tmp_path}/out.txt."]
    written = (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert "\x1b" not in written
    assert LONG in written
