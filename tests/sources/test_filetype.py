import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest

from tuireader.sources.filetype import (
    FileType,
    filetype_of,
    filetype_of_file,
    filetype_of_name,
    filetype_of_stream,
)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"<rss>", FileType.FEED),
        (b'\xef\xbb\xbf <?xml version="1.0"?>\n<!-- a feed -->\n<atom:feed >', FileType.FEED),
        (b"<!DOCTYPE rdf:RDF [\n<!ELEMENT a (b)>\n] >\n<!-- -->\n<rdf:RDF\n", FileType.FEED),
        (b"<!---->" * 70 + b"<rss>", FileType.FEED),
        (b"<?a?>" * 70 + b"<opml>", FileType.SUBSCRIPTIONS),
        (b"<?xml version='1.0'?><!DOCTYPE opml><OPML version='2'>", FileType.SUBSCRIPTIONS),
        (b"<!-- <rss> -->" * 30 + b"<html>", FileType.PAGE),
        (b"<!---->" * 2 + b"<!doctype  HTML>", FileType.PAGE),
        (b"<!-- never closed <rss>", FileType.TEXT),
        (b"<!DOCTYPE rss [ never closed <rss>", FileType.TEXT),
        (b"<!---->" * 70 + b"words", FileType.TEXT),
        (b"words <rss>", FileType.TEXT),
    ],
)
def test_what_comes_before_the_root_does_not_hide_what_it_is(head: bytes, kind: FileType) -> None:
    assert filetype_of_stream(head) is kind


def test_a_feed_that_is_named_a_page_is_a_feed() -> None:
    assert filetype_of("a.html", b"<!---->" * 70 + b"<rss version='2.0'>") is FileType.FEED
    assert filetype_of("a.html", b"<!---->" * 70 + b"<html>") is FileType.PAGE


def test_a_page_that_begins_with_seventy_comments_is_shown(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!---->" * 70 + "<html><body><p>Words of the page.</p></body></html>")
    show = [sys.executable, "-m", "tuireader", "--data-dir", str(tmp_path / "data"), "show"]
    # Before, it took longer than anybody waits.
    done = subprocess.run([*show, page], capture_output=True, text=True, timeout=120, check=True)
    assert "Words of the page." in done.stdout


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize("path", ["a.json", "a.jsonl", ""])
def test_a_json_feed_is_told_wherever_its_version_stands(
    path: str, last: bool, indent: int | None
) -> None:
    version = {"version": "https://jsonfeed.org/version/1.1"}
    items = {"items": [{"id": str(n), "content_text": "words " * 20} for n in range(2_000)]}
    feed = items | version if last else version | items
    file = BytesIO(json.dumps(feed, indent=indent).encode())
    assert filetype_of_file(path, file) is FileType.FEED
    assert file.tell() == 0


def test_a_collection_that_writes_of_json_feed_is_none() -> None:
    record = {"text": 'It has "version": "https://jsonfeed.org/version/1.1" in it.'}
    assert filetype_of_file("a.jsonl", BytesIO(json.dumps(record).encode())) is FileType.COLLECTION


def test_the_urls_file_of_newsboat_is_a_list_of_feeds() -> None:
    lines = b"# mine\n\nhttps://a.example/feed.xml tech\n"
    assert filetype_of("/home/ada/.newsboat/urls", lines) is FileType.SUBSCRIPTIONS
    assert filetype_of("/home/ada/urls", b"Urls are a kind of address.\n") is FileType.TEXT
    assert filetype_of("/home/ada/more-urls", lines) is FileType.TEXT


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi", FileType.TRANSCRIPT),
        (b"1\r\n00:00:01,000 --> 00:00:02,000\r\nHi", FileType.TRANSCRIPT),
        (
            b'{"version": "1.0.0", "segments": [{"startTime": 1, "body": "Hi"}]}',
            FileType.TRANSCRIPT,
        ),
        (b"From a Fri Mar 1\nSubject: S\nFrom: A\nMessage-ID: <1@a>\n\nHi", FileType.MAIL),
        (b"Received: by a\n from b\nSubject: S\nFrom: A\n\nHi", FileType.MAIL),
        (b"From: <Saved by Blink>\nSubject: S\nMIME-Version: 1.0\n\nHi", FileType.SAVED_PAGE),
        (b"bplist00\xd1\x01\x02_\x10\x0fWebMainResource", FileType.SAVED_PAGE),
        (b"PK\x03\x04 something", FileType.ZIPPED),
        (b"From: Ada\nSubject: a story that begins as a letter\n\nHi", FileType.TEXT),
        (b"WEBVTTX is no format", FileType.TEXT),
        (b'{"segments": ["a"], "text": "words"}', FileType.COLLECTION),
    ],
)
def test_data_without_a_name_is_told_by_its_start(data: bytes, kind: FileType) -> None:
    assert filetype_of_file("", BytesIO(data)) is kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.txt.gz", FileType.TEXT),
        ("a.HTML.GZ", FileType.PAGE),
        ("a.warc.gz", FileType.WEB_ARCHIVE),
        ("a.mbox.gz", FileType.MAIL),
        ("a.gz", None),
    ],
)
def test_a_compressed_file_has_the_type_of_what_is_in_it(name: str, kind: FileType | None) -> None:
    assert filetype_of_name(name) is kind
