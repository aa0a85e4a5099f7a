"""`tuireader sync`, and addresses and feeds on the command line."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from http_site import Site

from tuireader.__main__ import main
from tuireader.domain.bookmark import ReadingProgress
from tuireader.notebook.notebook import Notebook

PAGE = (
    "<html><head><title>Late ferry</title></head><body><article><p>The ferry left the harbour an"
    " hour late, and nobody on the quay had been told why.</p><p>“We were promised a second"
    " boat,” said Marta Lindqvist, who runs the bakery on the far island.</p>"
    "</article></body></html>"
)

REST = " Nobody on the quay had been told why, and nobody would say." * 30


def rss(*entries: str) -> bytes:
    items = "".join(
        f"<item><guid>{name}</guid><title>About {name}</title><link>/{name}</link></item>"
        for name in entries
    )
    return f'<rss version="2.0"><channel><title>Harbour</title>{items}</channel></rss>'.encode()


@pytest.fixture
def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Any:
    monkeypatch.setenv("TUIREADER_DATA_DIR", str(tmp_path / "data"))

    def run(*words: object) -> tuple[int, str, str]:
        status = main([str(word) for word in words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_an_address_is_added_shown_and_listed(
    site: Site, shell: Callable[..., tuple[int, str, str]]
) -> None:
    address = site.gives("/ferry", PAGE.encode())
    assert shell("add", address)[:2] == (0, "Added 1 article from 1 source.\n")
    site.answers.clear()
    assert "second boat" in shell("show", address)[1]
    (listed,) = json.loads(shell("list", "--json")[1])
    assert (listed["title"], listed["location"]) == ("Late ferry", address)


def test_an_address_that_cannot_be_fetched_does_not_stop_the_others(
    site: Site, shell: Callable[..., tuple[int, str, str]]
) -> None:
    good = site.gives("/ferry", PAGE.encode())
    status, out, err = shell("add", f"{site.base}/none", good)
    assert status == 1
    assert "1 could not be read" in out
    assert "page not found" in err


def test_an_ill_formed_feed_gives_what_it_has_with_a_warning(
    site: Site, shell: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    broken = rss("one").replace(b"</rss>", b"")
    feed = tmp_path / "feed.xml"
    feed.write_bytes(broken)
    for source in (site.gives("/feed", broken), feed):
        status, out, err = shell("add", "--json", source)
        added = json.loads(out)
        assert (status, added["added"][0]["articles"]) == (0, 1)
        assert [note["source"] for note in added["notes"]] == [str(source)]
        assert "ill-formed" in added["notes"][0]["note"]
        assert "ill-formed" in err


def test_a_page_that_names_its_feed_says_how_to_add_it(
    site: Site, shell: Callable[..., tuple[int, str, str]]
) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/feed?a=1&amp;b=2">'
    address = site.gives("/ferry", PAGE.replace("<title>", f"{link}<title>").encode())
    feed = site.gives("/feed?a=1&b=2", rss("one"))
    status, _, err = shell("add", address)
    assert (status, err) == (
        0,
        f"tuireader: {address}: it has a feed; to add it, run tuireader add '{feed}'\n",
    )
    shell("add", feed)
    assert shell("add", address)[2] == ""


def test_sync_asks_every_feed_and_names_those_that_fail(
    site: Site, shell: Callable[..., tuple[int, str, str]]
) -> None:
    feeds = [site.gives(f"/feed{number}", rss(f"a{number}")) for number in range(3)]
    assert shell("add", *feeds)[0] == 0
    site.gives("/feed0", rss("b0", "a0"))
    site.gives("/feed1", b"", status=500)
    status, out, err = shell("sync")
    assert status == 1
    assert "1 new · Harbour" in out
    assert out.endswith("1 new article from 3 of 3 feeds.\n")
    assert err == f"tuireader: {feeds[1]}: the site responded with HTTP error 500\n"
    titles = [entry["title"] for entry in json.loads(shell("list", "--json")[1])]
    assert sorted(titles) == ["About a0", "About a1", "About a2", "About b0"]


def test_an_entry_that_was_corrected_is_a_new_version(
    site: Site, shell: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    def entry(title: str, text: str, name: str = "one") -> bytes:
        link = f"<link>/{name}</link><guid>{name}</guid>"
        encoded = f"<content:encoded>&lt;p&gt;{text}&lt;/p&gt;</content:encoded>"
        return (
            '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
            f"<title>Harbour</title><item>{link}<title>{title}</title>{encoded}</item>"
            "</channel></rss>"
        ).encode()

    feed = site.gives("/feed", entry("Ferry sinks", f"The ferry sank on Monday.{REST}"))
    shell("add", feed)
    site.gives("/feed", entry("Ferry late", f"The ferry was late on Monday.{REST}"))
    status, out, _ = shell("sync")
    assert (status, out) == (
        0,
        "    0 new, 1 changed · Harbour\n0 new articles, 1 changed, from 1 of 1 feed.\n",
    )
    (listed,) = json.loads(shell("list", "--json")[1])
    assert listed["title"] == "Ferry late"
    assert "was late" in shell("show", listed["location"])[1]
    with Notebook.open(tmp_path / "data") as notebook:
        [earlier] = notebook.versions.for_location(listed["location"])
        assert notebook.progress.all()[listed["location"]].corrected
        assert notebook.texts.text(earlier.text_hash) == f"The ferry sank on Monday.{REST}"
        notebook.progress.save(ReadingProgress(location=listed["location"]))
        assert not notebook.progress.all()[listed["location"]].corrected
    assert shell("sync")[1] == "0 new articles from 1 of 1 feed.\n"


def test_a_list_of_feeds_goes_in_and_out(
    site: Site, shell: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    feed = site.gives("/feed", rss("one"))
    opml = tmp_path / "feeds.opml"
    opml.write_text(
        f'<opml><body><outline text="Harbour" xmlUrl="{feed}"/>'
        '<outline xmlUrl="file:///etc/passwd"/></body></opml>',
        encoding="utf-8",
    )
    status, out, err = shell("add", opml)
    assert (status, out.startswith("Added 1 feed")) == (1, True)
    assert "“file:” is not supported" in err
    status, _, err = shell("sync")
    assert (status, site.asked) == (1, [])
    assert "was not typed by you" in err
    assert shell("add", feed)[0] == 0
    assert shell("sync")[0] == 0
    assert f'xmlUrl="{feed}"' in shell("list", "--opml")[1]
    assert "About one" in shell("list")[1]


def test_what_is_no_feed_of_the_library_is_said(shell: Callable[..., tuple[int, str, str]]) -> None:
    status, _, err = shell("sync", "https://harbour.example/feed")
    assert status == 1
    assert "not a feed in your library" in err


def test_a_text_is_opened_without_what_only_the_web_needs(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The ferry left.\n", encoding="utf-8")
    slow = ("trafilatura", "lxml", "dateparser", "urllib3", "certifi")
    program = (
        "import sys\nfrom pathlib import Path\n"
        "from tuireader.app.startup import build_context\nfrom tuireader.paths import AppPaths\n"
        f"build_context(({str(path)!r},),"
        f" AppPaths.find({str(tmp_path / 'data')!r}, {{}}))\n"
        "import tuireader.ui.app\n"
        f"print(*[name for name in {slow} if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout.split()) == (0, []), result.stderr


def test_without_feeds_sync_says_how_to_add_one(shell: Any) -> None:
    assert shell("sync") == (0, "No feeds yet. To add one, run tuireader add ADDRESS.\n", "")
