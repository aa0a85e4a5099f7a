"""What tests make for themselves: an e-book, a PDF, a web archive, a site, a full disk."""

import contextlib
import gzip
import os
import resource
import shutil
import signal
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from http_site import Site
from hypothesis import settings

MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own in it
"""Where Linux has a file system in memory."""
ROOM = 2 << 30
"""Bytes that the suite may need there."""


def pytest_configure() -> None:
    """Make runs alike: where they write, and what a child does at an interrupt."""
    # In memory a flush to the disk takes no time. The notebook flushes after each change.
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    # A process that a shell starts in the background ignores SIGINT and SIGQUIT, and so do its
    # children. Many tests send them to one.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGQUIT) is signal.SIG_IGN:
        signal.signal(signal.SIGQUIT, signal.SIG_DFL)
    # Time on a busy machine says nothing.
    settings.register_profile("suite", deadline=None)
    settings.load_profile("suite")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that one worker runs in a row: the others fill the rest of the time."""
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)


BOX = "[0 0 595 842]"
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
    '<rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)


def _package(chapters: Sequence[str], metadata: str) -> str:
    items = "".join(
        f'<item id="c{number}" href="{name}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{number}"/>' for number in range(len(chapters)))
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata>'
        f'<manifest>{items}<item id="nav" href="nav.xhtml" properties="nav"'
        ' media-type="application/xhtml+xml"/></manifest>'
        f"<spine>{spine}</spine></package>"
    )


@pytest.fixture
def make_epub(tmp_path: Path) -> Callable[..., Path]:
    """Makes an e-book of chapters (name to body) and a table of contents (title to target)."""

    def make(
        chapters: Mapping[str, str],
        contents: Mapping[str, str] | None = None,
        *,
        name: str = "book.epub",
        metadata: str = "<dc:title>The Lamp</dc:title><dc:creator>A. Keeper</dc:creator>",
        others: Mapping[str, str | bytes] | None = None,
    ) -> Path:
        lines = "".join(
            f'<li><a href="{target}">{title}</a></li>' for title, target in (contents or {}).items()
        )
        nav = (
            '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
            f'<body><nav epub:type="toc"><ol>{lines}</ol></nav></body></html>'
        )
        members: dict[str, str | bytes] = {
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": _package(list(chapters), metadata),
            "OEBPS/nav.xhtml": nav,
        }
        for chapter, body in chapters.items():
            members[f"OEBPS/{chapter}"] = (
                '<html xmlns="http://www.w3.org/1999/xhtml"'
                f' xmlns:epub="http://www.idpf.org/2007/ops"><body>{body}</body></html>'
            )
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
            for member, data in (members | dict(others or {})).items():
                archive.writestr(member, data)
        return path

    return make


Words = tuple[float, float, float, str]
"""Words on a page: left, height and font size in points, and the words."""


@pytest.fixture
def make_pdf(tmp_path: Path) -> Callable[..., Path]:
    """Makes a PDF of pages, each a list of words and where they stand."""

    def make(pages: Sequence[Sequence[Words]], *, title: str = "", name: str = "paper.pdf") -> Path:
        kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
        objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        for number, page in enumerate(pages):
            drawn = "\n".join(
                f"BT /F1 {size} Tf {left} {height} Td ({_escaped(words)}) Tj ET"
                for left, height, size, words in page
            )
            place = f"/Parent 2 0 R /MediaBox {BOX} /Contents {5 + 2 * number} 0 R"
            objects += [
                f"<< /Type /Page {place} /Resources << /Font << /F1 3 0 R >> >> >>",
                f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
            ]
        objects.append(f"<< /Title ({_escaped(title)}) /CreationDate (D:20240904101500Z) >>")
        data = b"%PDF-1.4\n"
        places = []
        for number, body in enumerate(objects, 1):
            places.append(len(data))
            data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
        table = "".join(f"{place:010} 00000 n \n" for place in places)
        size = len(objects) + 1
        data += (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}"
            f"trailer << /Size {size} /Root 1 0 R /Info {size - 1} 0 R >>\n"
            f"startxref\n{len(data)}\n%%EOF\n"
        ).encode("latin-1")
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return make


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


@pytest.fixture
def make_warc(tmp_path: Path) -> Callable[..., Path]:
    """Makes a web archive of answers: address to body, a record a member of gzip."""

    def make(
        answers: Mapping[str, bytes],
        *,
        name: str = "crawl.warc.gz",
        status: str = "200 OK",
        headers: str = "Content-Type: text/html; charset=utf-8\r\n",
    ) -> Path:
        path = tmp_path / name
        with path.open("wb") as file:
            for address, body in answers.items():
                answer = f"HTTP/1.1 {status}\r\n{headers}\r\n".encode() + body
                record = (
                    "WARC/1.0\r\nWARC-Type: response\r\n"
                    f"WARC-Target-URI: {address}\r\nWARC-Date: 2024-09-04T10:00:00Z\r\n"
                    "Content-Type: application/http; msgtype=response\r\n"
                    f"Content-Length: {len(answer)}\r\n\r\n"
                ).encode()
                whole = record + answer + b"\r\n\r\n"
                file.write(gzip.compress(whole) if name.endswith(".gz") else whole)
        return path

    return make


@pytest.fixture
def site() -> Iterator[Site]:
    running = Site()
    yield running
    running.close()


@pytest.fixture
def full_disk() -> Callable[..., contextlib.AbstractContextManager[None]]:
    """A disk that has room for files up to that length, in bytes, and no more."""

    @contextlib.contextmanager
    def full(length: int) -> Iterator[None]:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (length, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    return full
