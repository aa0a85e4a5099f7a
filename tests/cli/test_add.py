"""`tuireader add` on pages: broken off and gone on with, and known again at other places."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from cli.shell import Shell
from http_site import Site

from tuireader.app.source_check import LOCAL_ITEMS
from tuireader.cli.add import AddSummary
from tuireader.domain.errors import SkippedFilesError, SkippedKind

MANY = 3 * LOCAL_ITEMS


def page(number: int, *, head: str = "") -> str:
    words = (
        f"<p>The ferry number {number} left the harbour an hour late, and nobody on the quay had"
        " been told why it was late again, or for how long it would be.</p>"
        "<p>“We were promised a second boat,” said Marta Lindqvist, who runs the bakery on the far"
        " island. “Now it is autumn and we still have half a boat.”</p>"
    )
    return (
        f"<html><head><title>Late ferry {number}</title>{head}</head>"
        f"<body><article>{words}</article></body></html>"
    )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def tuireader(data: Path) -> Any:
    """Runs the program in a process of its own; what it printed as JSON, and its status."""

    def run(*words: object, status: int = 0) -> Any:
        done = subprocess.run(_command(data, *words), capture_output=True, text=True, check=False)
        assert done.returncode == status, done.stderr
        return json.loads(done.stdout) if "--json" in words else done.stdout

    return run


def _command(data: Path, *words: object) -> list[str]:
    return [sys.executable, "-m", "tuireader", "--data-dir", str(data), *map(str, words)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "saved"
    pages.mkdir()
    for number in range(MANY):
        (pages / f"{number}.html").write_text(page(number), encoding="utf-8")
    return pages


@pytest.fixture
def adding(site: Site, data: Path, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The program while it adds the folder and then waits for a site that says nothing."""
    asked = threading.Event()

    def silent(_handler: BaseHTTPRequestHandler) -> None:
        asked.set()
        site.closing.wait()

    site.answers["/silent"] = silent
    running = subprocess.Popen(
        _command(data, "add", folder, f"{site.base}/silent"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert asked.wait(120)
    yield running
    running.kill()
    running.communicate()


def test_what_was_added_before_the_program_was_killed_is_there(
    adding: subprocess.Popen[str], tuireader: Callable[..., Any], folder: Path
) -> None:
    os.kill(adding.pid, signal.SIGKILL)
    adding.wait()
    assert len(tuireader("list", "--json")) == MANY
    again = tuireader("add", "--json", folder)
    assert again["added"] == [{"source": str(folder), "articles": MANY}]
    assert again["known"] == MANY


def test_ctrl_c_says_what_was_added_and_keeps_it(
    adding: subprocess.Popen[str], tuireader: Callable[..., Any], folder: Path
) -> None:
    adding.send_signal(signal.SIGINT)
    out, err = adding.communicate()
    assert (adding.returncode, err) == (130, "")
    assert out.startswith(f"Interrupted. Added {MANY} articles from 1 source.")
    assert tuireader("add", "--json", folder)["known"] == MANY


def test_only_pages_that_have_changed_are_read_again(
    tuireader: Callable[..., Any], folder: Path
) -> None:
    assert tuireader("add", "--json", folder)["known"] == 0
    (folder / "0.html").write_text(page(4711), encoding="utf-8")
    assert tuireader("add", "--json", folder)["known"] == MANY - 1
    titles = {entry["title"] for entry in tuireader("list", "--json")}
    assert "Late ferry 4711" in titles


def test_what_is_known_is_derived_and_may_be_damaged_or_deleted(
    tuireader: Callable[..., Any], data: Path, folder: Path
) -> None:
    tuireader("add", folder)
    (index,) = (data / "cache").glob("*.sqlite")
    index.write_bytes(b"no database, whatever it was before" * 100)
    assert tuireader("add", "--json", folder)["known"] == 0
    assert tuireader("add", "--json", folder)["known"] == MANY
    for file in (data / "cache").iterdir():
        file.unlink()
    assert len(tuireader("list", "--json")) == MANY


def test_a_page_that_cannot_be_read_is_told_each_time(
    tuireader: Callable[..., Any], tmp_path: Path
) -> None:
    empty = tmp_path / "empty.html"
    empty.write_text("<html></html>", encoding="utf-8")
    for _ in range(2):
        told = tuireader("add", "--json", empty, status=1)
        assert [bad["source"] for bad in told["failed"]] == [str(empty)]


# The same article at two places


def test_two_copies_of_a_page_tell_of_each_other(
    tuireader: Callable[..., Any], tmp_path: Path
) -> None:
    copies = [tmp_path / name / "ferry.html" for name in ("one", "two")]
    for copy in copies:
        copy.parent.mkdir()
        copy.write_text(page(1), encoding="utf-8")
    tuireader("add", *(copy.parent for copy in copies))
    assert tuireader("show", "--json", copies[0])["also_at"] == [str(copies[1])]
    assert f"also at {copies[0]}" in tuireader("show", copies[1])
    assert {entry["location"]: entry["also_at"] for entry in tuireader("list", "--json")} == {
        str(copies[0]): [str(copies[1])],
        str(copies[1]): [str(copies[0])],
    }
    copies[1].unlink()
    assert tuireader("show", "--json", copies[0])["also_at"] == []


def test_a_saved_page_is_known_at_its_address_although_its_words_differ(
    tuireader: Callable[..., Any], site: Site, tmp_path: Path
) -> None:
    address = site.gives("/ferry", page(1).encode())
    saved = tmp_path / "ferry.html"
    head = f'<link rel="canonical" href="{address}?utm_source=mail">'
    saved.write_text(page(2, head=head), encoding="utf-8")
    tuireader("add", saved, address)
    assert tuireader("show", "--json", saved)["also_at"] == [address]
    assert tuireader("show", "--json", address)["also_at"] == [str(saved)]


def test_the_same_words_at_two_addresses_are_one_article(
    tuireader: Callable[..., Any], site: Site
) -> None:
    one, two = (site.gives(f"/{name}", page(1).encode()) for name in ("one", "two"))
    tuireader("add", one, two)
    assert tuireader("show", "--json", one)["also_at"] == [two]


def test_pages_of_one_site_that_name_only_the_site_are_not_the_same(
    tuireader: Callable[..., Any], folder: Path
) -> None:
    home = '<link rel="canonical" href="https://harbour.example/">'
    for number in range(2):
        (folder / f"{number}.html").write_text(page(number, head=home), encoding="utf-8")
    tuireader("add", folder)
    assert tuireader("show", "--json", folder / "0.html")["also_at"] == []


# Where a site's pages have their article


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://www.harbour.example/ferry">',
        '<meta property="og:url" content="https://harbour.example/ferry">',
        "<!-- saved from url=(0030)https://harbour.example/ferry -->",
    ],
)
def test_the_settings_say_where_a_saved_page_has_its_article(
    tuireader: Callable[..., Any], data: Path, tmp_path: Path, head: str
) -> None:
    data.mkdir()
    (data / "settings.toml").write_text('[sites]\n"harbour.example" = "div.note"\n')
    saved = tmp_path / "ferry.html"
    note = "<div class='note'><p>Only these words are wanted by the reader of it.</p></div>"
    saved.write_text(page(1, head=head).replace("</body>", f"{note}</body>"), encoding="utf-8")
    assert tuireader("show", "--json", saved)["text"].startswith("Only these words")
    tuireader("add", saved)
    assert tuireader("show", "--json", saved)["text"].startswith("Only these words")


def test_the_files_that_are_skipped_are_named_by_kind() -> None:
    kinds = (SkippedKind(".docx", 12, "install tuireader[office]"), SkippedKind(".jpg", 2, ""))
    summary = AddSummary(skipped=[SkippedFilesError("/shelf", kinds)])
    assert summary.sentence() == (
        "Nothing was added; skipped 12 .docx: install tuireader[office], 2 .jpg."
    )
    assert summary.record()["skipped"] == [
        {"folder": "/shelf", "kind": ".docx", "files": 12, "advice": "install tuireader[office]"},
        {"folder": "/shelf", "kind": ".jpg", "files": 2, "advice": None},
    ]


def test_files_that_were_indexed_are_not_read_again(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.txt").write_text(f"{name}\n\nA text.\n", encoding="utf-8")
    (folder / "broken.epub").write_bytes(b"no book")
    assert shell("add", folder) == 1
    shell("search", "text")
    assert shell("add", folder) == 1
    assert "2 of them already known" in shell.out
    assert "broken.epub" in shell.err
    (folder / "one.txt").write_text("One\n\nAnother text, which is longer.\n", encoding="utf-8")
    shell("add", folder)
    assert "1 of them already known" in shell.out
