"""Measures what takes processor time and memory without a screen: quotations, export, feeds."""

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from bench.environment import READER, environment
from bench.notebook import Ours
from bench.rows import Row
from bench.texts import write_news
from tuireader.quotes.engine import extract_all
from tuireader.sources.open import open_article

NOTES = 100_000
ENTRIES = 1_000
ARTICLES = 100


def run(data: Path, *words: str) -> tuple[float, float]:
    """Run a command; return the processor time in seconds, and the greatest memory in MB."""
    command = [*READER, *words]
    with subprocess.Popen(command, env=environment(data), stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(words)} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def quotations(scratch: Path) -> Iterator[Row]:
    """How many articles are searched for quotations in a second, and one text of 1 MB."""
    folder = write_news(scratch / "quoted", ARTICLES)
    articles = [open_article(str(path)) for path in sorted(folder.iterdir())]
    extract_all(articles[0])
    began = time.process_time()
    for article in articles:
        extract_all(article)
    yield Row("quotations: articles a second", ARTICLES / (time.process_time() - began), "")
    words = sum(len(article.text.split()) for article in articles) / ARTICLES
    yield Row("  of so many words", words, "")
    long = scratch / "long.txt"
    parts = [article.text for article in articles]
    size = sum(map(len, parts))
    long.write_text("\n\n".join(parts * ((1 << 20) // size) + parts)[: 1 << 20])
    article = open_article(str(long))
    began = time.process_time()
    extract_all(article)
    yield Row("quotations of 1 MB", time.process_time() - began, "s")


def export(scratch: Path) -> Iterator[Row]:
    """The memory of an export of all notes."""
    data = scratch / "notes"
    data.mkdir()
    Ours(data).fill(NOTES)
    used, memory = run(data, "export", str(scratch / "notes.json"))
    yield Row(f"export of {NOTES:,} notes: processor", used, "s")
    yield Row("  its greatest memory", memory, "MB")


class Feed(BaseHTTPRequestHandler):
    """Answers each request with the same feed."""

    content = b""

    def do_GET(self) -> None:
        """Send the feed."""
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(self.content)))
        self.end_headers()
        self.wfile.write(self.content)

    def log_message(self, *_: Any) -> None:
        """Log nothing."""


def feed(scratch: Path) -> Iterator[Row]:
    """The processor time of adding a feed of many entries, and of listing it."""
    items = "".join(
        f"<item><title>Entry {number}</title><link>https://example.org/{number}</link>"
        f"<description>{'The harbour freezes. ' * 20}</description></item>"
        for number in range(ENTRIES)
    )
    text = f'<rss version="2.0"><channel><title>A feed</title>{items}</channel></rss>'
    Feed.content = text.encode()
    with ThreadingHTTPServer(("127.0.0.1", 0), Feed) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        data = scratch / "feed"
        added = run(data, "add", f"http://127.0.0.1:{server.server_port}/feed.xml")[0]
        server.shutdown()
    yield Row(f"feed of {ENTRIES:,} entries: added, processor", added, "s")
    run(data, "list")
    yield Row("  listed again", run(data, "list")[0], "s")
    yield Row("  the list of an empty library", run(scratch / "none", "list")[0], "s")


def rows() -> Iterator[Row]:
    """All of them."""
    with tempfile.TemporaryDirectory(prefix="tuireader-bench-") as name:
        scratch = Path(name)
        yield from quotations(scratch)
        yield from feed(scratch)
        yield from export(scratch)
