import gzip
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from tuireader.domain.errors import SourceNotFoundError
from tuireader.sources import warc
from tuireader.sources.warc import BrokenRecord, WebPage, page_at, read_pages

MakeWarc = Callable[..., Path]
PAGE = "<html><body><p>“Déjà vu,” she said.</p></body></html>".encode()


def found(path: Path) -> list[WebPage | BrokenRecord]:
    with path.open("rb") as file:
        return list(read_pages(file))


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_each_page_is_found_and_found_again_by_its_offset(make_warc: MakeWarc, name: str) -> None:
    path = make_warc({f"https://example.org/{n}": PAGE for n in range(3)}, name=name)
    seen = found(path)
    assert [page.address for page in seen if isinstance(page, WebPage)] == [
        f"https://example.org/{n}" for n in range(3)
    ]
    for page in seen:
        assert isinstance(page, WebPage)
        assert (page.data, page.charset) == (PAGE, "utf-8")
        with path.open("rb") as file:
            assert page_at(file, str(path), str(page.offset)) == page


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress(PAGE, mtime=0)),
        ("Content-Encoding: deflate\r\n", zlib.compress(PAGE)),
        ("Content-Encoding: gzip\r\n", PAGE),
        ("Transfer-Encoding: chunked\r\n", b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)),
    ],
)
def test_a_page_is_unpacked_as_the_server_packed_it(
    make_warc: MakeWarc, headers: str, body: bytes
) -> None:
    path = make_warc(
        {"https://example.org/": body}, headers=f"Content-Type: text/html\r\n{headers}"
    )
    (page,) = found(path)
    assert isinstance(page, WebPage)
    assert page.data == PAGE


def test_what_is_no_page_is_passed_over(make_warc: MakeWarc) -> None:
    assert found(make_warc({"https://example.org/": PAGE}, status="404 Not Found")) == []
    assert (
        found(make_warc({"https://example.org/": PAGE}, headers="Content-Type: image/png\r\n"))
        == []
    )


def test_a_record_that_is_too_large_is_told_of_and_the_next_is_read(
    make_warc: MakeWarc, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warc, "MAX_PAGE_SIZE", 2_000)
    path = make_warc({"https://example.org/1": b"x" * 5_000, "https://example.org/2": PAGE})
    bad, good = found(path)
    assert isinstance(bad, BrokenRecord)
    assert "larger than" in bad.reason
    assert isinstance(good, WebPage)


def test_an_archive_that_breaks_off_gives_what_it_has(make_warc: MakeWarc) -> None:
    path = make_warc({f"https://example.org/{n}": PAGE for n in range(3)})
    data = path.read_bytes()
    path.write_bytes(data[:-20] + b"\x00" * 5)
    seen = found(path)
    assert [type(page) for page in seen[:2]] == [WebPage, WebPage]


def test_what_is_compressed_as_a_whole_says_so() -> None:
    whole = gzip.compress(
        b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n" * 3
    )
    (bad,) = read_pages(BytesIO(whole))
    assert isinstance(bad, BrokenRecord)
    assert "compressed as a whole" in bad.reason


@pytest.mark.parametrize("name", ["x", "999999", "-1", "9" * 30])
def test_there_may_be_no_such_page(make_warc: MakeWarc, name: str) -> None:
    path = make_warc({"https://example.org/": PAGE})
    with path.open("rb") as file, pytest.raises(SourceNotFoundError):
        page_at(file, str(path), name)
