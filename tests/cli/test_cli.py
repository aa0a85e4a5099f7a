"""The command line, used as a shell uses it."""

import contextlib
import io
import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cli.shell import ARTICLE, Shell

from tuireader import __version__
from tuireader.cli.output import Progress
from tuireader.cli.parser import are_sources, split_command

HOSTILE = "A title\x1b]0;owned\x07\n\nSome \x1b[31mred\x1b[0m words\x9b2J and \u202eback\u202c.\n"


def give(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


# What was typed


def test_words_without_a_command_are_sources_to_read() -> None:
    assert are_sources(["a.txt", "-"])
    assert not are_sources(["list"])
    assert not are_sources(["a.txt", "--json"])


def test_the_first_word_names_the_command_also_after_an_option() -> None:
    assert split_command(["--data-dir", "add", "list"]) == ("list", ["--data-dir", "add"])
    assert split_command(["--data-dir=d", "add", "a"]) == ("add", ["--data-dir=d", "a"])
    assert split_command(["--json", "list"]) == ("list", ["--json"])


def test_a_commands_name_that_comes_later_is_a_source() -> None:
    assert are_sources(["a.txt", "list"])
    assert split_command(["a.txt", "--data-dir", "d", "list"])[0] is None


def test_a_file_with_a_commands_name_is_opened_by_its_path_or_after_two_dashes(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "list").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "-b.txt").write_text(ARTICLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert shell("./list") == 0
    assert "The boat leaves" in shell.out
    assert shell("--", "list") == 0
    assert "The boat leaves" in shell.out
    assert shell("add", "list", "--", "-b.txt") == 0
    assert "Added 2 articles" in shell.out


def test_options_may_stand_between_sources_and_before_the_command(
    shell: Shell, ferry: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(ARTICLE, encoding="utf-8")
    assert shell("quotes", ferry, "--jsonl", other, "--data-dir", tmp_path / "d") == 0
    assert {json.loads(line)["article"] for line in shell.out.splitlines()} == {
        str(ferry),
        str(other),
    }
    assert shell("--json", "--data-dir", tmp_path / "d", "list") == 0
    assert json.loads(shell.out) == []


@pytest.mark.parametrize(
    "line",
    [
        "add",
        "show",
        "show a b",
        "list a b",
        "list --markdown",
        "list --json --jsonl",
        "--no-such",
        "a.txt --json",
        "--data-dir",
        "quotes --jobs 0 a",
        "doctor x",
        "help exprot",
        "completion tcsh",
    ],
)
def test_a_command_line_that_is_not_understood_ends_with_status_2(line: str, shell: Shell) -> None:
    assert shell(*line.split()) == 2
    assert shell.err.startswith("tuireader: ")
    assert "--help` for help.\n" in shell.err
    assert not shell.out


def test_a_usage_error_prints_no_control_character(shell: Shell) -> None:
    for line in (["--\x1b[31mred"], ["show", "a", "\x1b[2Jb"], ["help", "\x9b2J"]):
        assert shell(*line) == 2
        assert not set(shell.err) & {"\x1b", "\x9b"}


# As programs see it


def test_the_version_is_printed_without_loading_what_it_does_not_need() -> None:
    program = (
        "import sys\nfrom tuireader.__main__ import main\nmain(['--version'])\n"
        "print(sorted({'click', 'json', 'tempfile', 'platformdirs', 'textual',"
        " 'tinydb', 'asyncio'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert output.splitlines() == [f"tuireader {__version__}", "[]"]


def test_a_wrong_path_is_told_in_one_line_with_status_1(shell: Shell, data: Path) -> None:
    for command in ("show", "quotes", "add"):
        assert shell(command, "nowhere.txt") == 1
        assert shell.err == "tuireader: nowhere.txt: No such file or folder\n"
        assert shell.out == (
            "Nothing was added; 1 could not be read.\n" if command == "add" else ""
        )
    assert not data.exists()


def test_a_wrong_path_does_not_keep_the_others_from_being_done(shell: Shell, ferry: Path) -> None:
    assert shell("quotes", "--jsonl", "nowhere.txt", ferry) == 1
    assert "nowhere.txt" in shell.err
    assert shell.out.count("\n") == len(shell.out.splitlines()) > 0


def test_a_name_with_control_characters_is_told_without_them(shell: Shell) -> None:
    assert shell("show", "no\x1b[31m\nwhere") == 1
    assert shell.err == "tuireader: no[31m where: No such file or folder\n"


def test_a_data_folder_that_cannot_be_made_is_told(
    shell: Shell, ferry: Path, tmp_path: Path
) -> None:
    assert shell("add", "--data-dir", ferry / "data", ferry) == 1
    assert all(line.startswith("tuireader: ") for line in shell.err.splitlines())
    assert list(tmp_path.iterdir()) == [ferry]


def started(*words: str | Path, **more: Any) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tuireader", *map(str, words)]
    pipes: Any = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.PIPE}
    return subprocess.Popen(command, bufsize=0, **(pipes | more))


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    lines = (json.dumps({"id": str(n), "text": ARTICLE}) for n in range(2000))
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    with started("quotes", "--jsonl", path) as program:
        assert program.stdout
        assert program.stderr
        program.stdout.readline()
        program.stdout.close()
        assert program.stderr.read() == b""
    assert program.returncode == 0


def test_an_interrupt_ends_quietly() -> None:
    with started("quotes", "-") as program:
        assert program.stdin
        assert program.stderr
        program.stdin.write(b"x" * (1 << 21))  # more than a pipe holds: it is reading now
        # One that comes while a destructor runs is lost: who means it presses again.
        for _ in range(10):
            program.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                program.wait(timeout=5)
                break
        assert program.returncode == 130
        assert program.stderr.read() == b""


def test_output_survives_a_locale_that_cannot_write_it(ferry: Path) -> None:
    environ = os.environ | {"PYTHONIOENCODING": "ascii"}
    with started("show", ferry, env=environ) as program:
        out, err = program.communicate()
    assert (program.returncode, err) == (0, b"")
    assert rb"\u201cWe sail at noon" in out
    with started("show", "--json", ferry, env=environ) as program:
        out, _ = program.communicate()
    assert "“We sail at noon" in json.loads(out.decode("utf-8"))["text"]


def test_a_full_disk_is_told_once(ferry: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("only Linux has a device that is always full")
    with full.open("wb") as out, started("show", ferry, stdout=out) as program:
        _, err = program.communicate()
    assert program.returncode == 1
    assert err == b"tuireader: No space left on device\n"


# show


def test_show_prints_an_article_as_it_was_understood(shell: Shell, ferry: Path) -> None:
    article = shell.json("show", "--json", ferry)
    assert article["location"] == str(ferry)
    assert article["title"] == "The ferry"
    assert article["date"] == "2024-09-04"
    assert article["language"] == "en"
    stretches = [article["text"][block["start"] : block["end"]] for block in article["blocks"]]
    assert "The boat leaves at noon." in stretches
    assert not any("2024-09-04" in words for words in stretches)


def test_show_prints_for_people_too(shell: Shell, ferry: Path) -> None:
    assert shell("show", ferry) == 0
    assert shell.out.startswith("The ferry\n")
    assert "4 September 2024" in shell.out
    assert "\n\nThe boat leaves at noon.\n" in shell.out


def test_show_nests_lists_and_says_what_is_left_out(shell: Shell, tmp_path: Path) -> None:
    words = "<p>In winter the ferry stays here, because the ice comes early in most years, and"
    words += " nobody on the islands can say when it will leave the harbour again{}.</p>"
    box = f"<div class='expandable'><div><div>{words.format(' this time')}</div></div></div>"
    items = "<ul><li>Boats<ul><li>Oars</li></ul></li><li>Ropes</li></ul>"
    body = "".join((words.format(""), words.format(" soon"), box, items, words.format(" ever")))
    path = tmp_path / "ferry.html"
    path.write_text(f"<html><body><article>{body}</article></body></html>", encoding="utf-8")
    assert shell("show", path) == 0
    assert "\n\n• Boats\n  • Oars\n• Ropes\n\n" in shell.out
    assert "1 paragraph of the page left out" in shell.err
    assert shell.json("show", "--json", path)["left_out"] == 1


def test_show_prints_a_title_that_the_text_begins_with_once(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "tide.md"
    path.write_text("# High tide\n\nIt rose.\n\n# High tide\n\nIt fell.\n")
    assert shell("show", path) == 0
    head, _, rest = shell.out.partition("\n\n")
    assert head.startswith("High tide\n")
    assert rest == "It rose.\n\n# High tide\n\nIt fell.\n"


def test_show_takes_one_article_of_a_collection(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text('{"id": "a", "text": "One."}\n{"id": "b", "text": "Two."}\n', encoding="utf-8")
    assert shell.json("show", "--json", f"{path}#b")["text"] == "Two."
    assert shell("show", path) == 1
    assert "more than one article" in shell.err


# quotes


def test_quotes_lead_to_their_words_in_the_text_that_show_prints(shell: Shell, ferry: Path) -> None:
    text = shell.json("show", "--json", ferry)["text"]
    quotes = shell.json("quotes", "--json", ferry)
    assert {quote["speaker"] for quote in quotes} == {"Ada Moor"}
    assert [quote["article"] for quote in quotes] == [str(ferry)] * len(quotes)
    for quote in quotes:
        words = [text[start:end].rstrip(",") for start, end in quote["spans"]]
        assert quote["text"] == f"“{' … '.join(words)}”"


def test_quotes_print_a_record_a_line(shell: Shell, ferry: Path) -> None:
    whole = shell.json("quotes", "--json", ferry)
    assert shell("quotes", "--jsonl", ferry) == 0
    assert [json.loads(line) for line in shell.out.splitlines()] == whole


def test_quotes_print_for_people_too(shell: Shell, ferry: Path) -> None:
    assert shell("quotes", ferry) == 0
    assert "Ada Moor (said" in shell.out
    assert "  “We sail at noon … We always have.”" in shell.out


def test_no_quotations_are_an_empty_list(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "silent.txt"
    path.write_text("Nobody spoke.\n", encoding="utf-8")
    assert shell.json("quotes", "--json", path) == []


def test_a_collection_is_named_by_its_ids_and_its_bad_lines_are_told(
    shell: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "all.jsonl"
    good = json.dumps({"id": "wire/7", "text": "“We sail at noon today,” Ada Moor said."})
    path.write_text(f"{good}\nbroken\n", encoding="utf-8")
    assert shell("quotes", "--jsonl", path) == 1
    (line,) = shell.out.splitlines()
    quote = json.loads(line)
    assert (quote["article"], quote["start"]) == ("wire/7", 1)
    assert "line 2" in shell.err


# standard input


def test_an_article_can_come_in_on_standard_input(
    shell: Shell, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(monkeypatch, ARTICLE.encode())
    article = shell.json("show", "--json", "-")
    assert (article["location"], article["title"]) == ("-", "The ferry")
    assert not data.exists()


def test_standard_input_is_added_once_as_a_file(
    shell: Shell, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        give(monkeypatch, ARTICLE.encode())
        assert shell("add", "-") == 0
    (kept,) = (data / "stdin").iterdir()
    assert kept.read_text(encoding="utf-8") == ARTICLE
    assert [entry["location"] for entry in shell.json("list", "--json")] == [str(kept)]


def test_an_empty_standard_input_is_told(
    shell: Shell, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(monkeypatch, b"")
    assert shell("add", "-") == 1
    assert shell.err == "tuireader: -: standard input is empty\n"
    assert list((data / "stdin").iterdir()) == []


# the library and the notes


def test_what_was_added_is_listed(shell: Shell, data: Path, ferry: Path, tmp_path: Path) -> None:
    other = tmp_path / "texts" / "deep" / "bridge.md"
    other.parent.mkdir(parents=True)
    other.write_text("# The bridge\n\nIt is yellow.\n", encoding="utf-8")
    assert shell("add", ferry, tmp_path / "texts") == 0
    assert (shell.out, shell.err) == ("Added 2 articles from 2 sources.\n", "")
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    entries = {entry["location"]: entry for entry in shell.json("list", "--json")}
    assert entries.keys() == {str(ferry), str(other)}
    assert entries[str(ferry)] | {"outlet": ""} == {
        "location": str(ferry),
        "title": "The ferry",
        "outlet": "",
        "date": "2024-09-04",
        "state": "new",
        "progress": 0.0,
        "kept": 0,
        "starred": False,
        "tags": [],
        "also_at": [],
        "problem": None,
    }
    assert shell("list") == 0
    assert "The bridge" in shell.out


def test_a_folder_that_was_added_shows_what_comes_into_it_later(
    shell: Shell, ferry: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    assert shell("add", folder) == 1
    assert "it contains no articles" in shell.err
    ferry.rename(folder / "ferry.txt")
    assert shell("add", folder, folder / "ferry.txt") == 0
    (folder / "later.txt").write_text("Later\n\nIt came later.\n", encoding="utf-8")
    locations = [entry["location"] for entry in shell.json("list", "--json")]
    assert sorted(locations) == [str(folder / "ferry.txt"), str(folder / "later.txt")]


def test_each_bad_source_is_told_with_its_reason_and_the_others_are_added(
    shell: Shell, ferry: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"\x7fELF\x00\x00 no text")
    (folder / "b.txt").write_text("Good words here.", encoding="utf-8")
    (folder / "c.pdf").write_bytes(b"%PDF-1.7\n1 0 obj")
    assert shell("add", "--json", folder, tmp_path / "gone", ferry) == 1
    report = json.loads(shell.out)
    assert [(done["source"], done["articles"]) for done in report["added"]] == [
        (str(folder), 1),
        (str(ferry), 1),
    ]
    assert {Path(bad["source"]).name: bad["reason"] for bad in report["failed"]} == {
        "a.txt": "it is a program, not text",
        "c.pdf": "it is damaged, or not a PDF",
        "gone": "No such file or folder",
    }
    assert len(shell.err.splitlines()) == 3


def test_ctrl_c_keeps_what_was_added_before_it(
    shell: Shell, ferry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = tmp_path / "second.txt"
    second.write_text("Second text.", encoding="utf-8")
    third = tmp_path / "third.txt"
    third.write_text("Third text.", encoding="utf-8")
    step = Progress.step

    def interrupted(self: Progress, what: str = "") -> None:
        step(self, what)
        if self.count == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Progress, "step", interrupted)
        assert shell("add", ferry, second, third) == 130
    assert shell.out.startswith("Interrupted. Added 2 articles")
    assert len(shell.json("list", "--json")) == 2
    assert shell("add", ferry, second, third) == 0
    assert len(shell.json("list", "--json")) == 3


def test_every_bad_record_of_a_web_archive_is_told(shell: Shell, make_warc: Any) -> None:
    page = (
        b"<html><body><p>"
        + b"The ferry left an hour late, they said. " * 20
        + b"</p></body></html>"
    )
    path = make_warc({"https://harbour.example/1": page}, name="crawl.warc")
    broken = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://harbour.example/2\r\n"
        b"Content-Length: 5\r\n\r\nxxxxx\r\n\r\n"
    )
    path.write_bytes(path.read_bytes() + broken)
    assert shell("add", path) == 1
    assert "Added 1 article" in shell.out
    assert "at byte " in shell.err


def test_every_bad_line_of_a_collection_that_is_added_is_told(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text('{"id": "a", "text": "One."}\nbroken\n[]\n', encoding="utf-8")
    assert shell("add", path) == 1
    assert ["line 2" in line or "line 3" in line for line in shell.err.splitlines()] == [True] * 2
    assert [entry["location"] for entry in shell.json("list", "--json")] == [f"{path}#a"]


def test_a_file_that_has_gone_stays_listed_with_the_reason(shell: Shell, ferry: Path) -> None:
    shell("add", ferry)
    ferry.unlink()
    (entry,) = shell.json("list", "--json")
    assert entry["problem"] == "No such file or folder"


def test_an_empty_library_is_an_empty_list(shell: Shell) -> None:
    assert shell.json("list", "--json") == []
    assert shell("list") == 0
    assert "tuireader add" in shell.err
    assert shell.json("notes", "--json") == []
    assert shell("notes", "--markdown") == 0
    assert not shell.out


def test_a_kept_passage_is_printed_in_every_form(shell: Shell, ferry: Path, data: Path) -> None:
    keep_words(data, ferry, "We sail at noon", "At last.")
    (note,) = shell.json("notes", "--json")
    assert (note["text"], note["note"], note["title"]) == (
        "We sail at noon",
        "At last.",
        "The ferry",
    )
    assert shell("notes", "--jsonl") == 0
    assert json.loads(shell.out) == note
    assert shell("notes", "--markdown") == 0
    assert "## The ferry\n" in shell.out
    assert "> We sail at noon\n\nAt last.\n" in shell.out
    assert shell("notes") == 0
    assert "The ferry, " in shell.out
    assert "We sail at noon" in shell.out


def test_notes_with_a_tag_are_printed_in_every_form(shell: Shell, ferry: Path, data: Path) -> None:
    keep_words(data, ferry, "We sail at noon", "first", "sea", "High tide")
    keep_words(data, ferry, "Ada Moor", "second", "people")
    (note,) = shell.json("notes", "--json", "--tag", "#high  TIDE")
    assert note["note"] == "first"
    assert shell("notes", "--tag", "people") == 0
    assert "second" in shell.out
    assert "first" not in shell.out
    assert shell("notes", "--org", "--tag=sea") == 0
    assert shell.out.count(":sea:High_tide:") == 1


def test_a_tag_that_nothing_has_is_told(shell: Shell, ferry: Path, data: Path) -> None:
    keep_words(data, ferry, "We sail at noon", "first", "sea")
    assert shell("notes", "--json", "--tag", "tide") == 1
    assert shell.out == "[]\n"
    assert shell.err == "tuireader: No bookmark or note has the tag “tide”.\n"


def keep_words(data: Path, path: Path, words: str, note: str, *tags: str) -> None:
    from tuireader.domain.article import Passage
    from tuireader.notebook.notebook import Notebook
    from tuireader.sources.open import open_article

    article = open_article(str(path))
    start = article.text.index(words)
    notebook = Notebook.open(data)
    notebook.bookmarks.keep(article, Passage(start, start + len(words)), note=note, tags=tags)
    notebook.close()


# what must not reach a terminal


@pytest.mark.parametrize("form", [[], ["--json"]])
@pytest.mark.parametrize("command", ["show", "quotes"])
def test_no_control_character_of_an_article_is_printed(
    command: str, form: list[str], shell: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "bad\x1b[31m\u202ename\x9b.txt"
    path.write_text(HOSTILE + "“We sail\x1b[2J at noon,” Ada Moor said.\n", encoding="utf-8")
    assert shell(command, *form, path) == 0
    assert "noon" in shell.out
    assert not set(shell.out) & set("\x1b\x07\x9b\u202e\u202c\x7f")
    if form:
        found = json.loads(shell.out)
        location = found["location"] if command == "show" else found[0]["article"]
        assert location == str(path)


def test_a_name_that_is_no_text_does_not_crash(shell: Shell, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    try:
        path.write_text(ARTICLE, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    assert shell.json("show", "--json", path)["location"] == str(path)
    assert shell("show", path) == 0
