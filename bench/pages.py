"""Measures what is found in web pages against the right answers, and against trafilatura alone.

`python -m bench.pages GOLD.jsonl`: a line a page with `file`, `url` and `source`, and `gold` (its
text), or `segments_with` and `segments_without`; `meta_gold` may have `title` and `date`. The
measure is the F1 of 4-gram shingles with their counts, as in article-extraction-benchmark. The last
line tells how long our reader takes for the same pages, as a multiple of trafilatura's time.
"""

import json
import re
import statistics
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from trafilatura import bare_extraction, extract

from tuireader.domain.article import Article
from tuireader.domain.blocks import BlockKind
from tuireader.domain.errors import SourceError
from tuireader.sources.html.page import read_page

Scores = dict[str, dict[str, list[float]]]
_NUMBER = re.compile(r"\A\d+\. ")
_WORD = re.compile(r"\w+")
SHINGLE = 4


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The 4-grams of a text and how often each is there; one shorter one of a shorter text."""
    words = _WORD.findall(text)
    last = max(1, len(words) - SHINGLE + 1)
    return Counter(tuple(words[i : i + SHINGLE]) for i in range(last)) if words else Counter()


def rates(gold: str, found: str) -> tuple[float, float]:
    """Precision and recall of a text."""
    right, given = shingles(gold), shingles(found)
    common = sum((right & given).values())
    precision = common / sum(given.values()) if given else float(not right)
    return precision, common / sum(right.values()) if right else 1.0


def prose(article: Article) -> str:
    """The running text: all blocks but captions, and without the numbers before items."""
    blocks = (block for block in article.blocks if block.kind is not BlockKind.CAPTION)
    words = ((block.kind, article.text[block.start : block.end]) for block in blocks)
    return "\n".join(
        _NUMBER.sub("", text) if kind is BlockKind.LIST_ITEM else text for kind, text in words
    )


def measure(gold_file: Path) -> None:
    """Print a line for each set of pages: ours and trafilatura's."""
    ours: Scores = defaultdict(lambda: defaultdict(list))
    alone: Scores = defaultdict(lambda: defaultdict(list))
    spent = {"ours": 0.0, "trafilatura": 0.0}
    for line in gold_file.read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        data = (gold_file.parent / page["file"]).read_bytes()
        begun = time.process_time()
        try:
            article: Article | None = read_page(data, page["id"], address=page.get("url") or "")
        except SourceError:
            article = None
        read = time.process_time()
        text = extract(data, include_comments=False) or ""
        spent["ours"] += read - begun
        spent["trafilatura"] += time.process_time() - read
        _note(ours[page["source"]], page, prose(article) if article else "")
        _note(alone[page["source"]], page, text)
        _note_known(ours[page["source"]], page, article)
        _note_known(alone[page["source"]], page, _document(data, page))
    for name in ours:
        for who, found in (("ours", ours[name]), ("trafilatura", alone[name])):
            print(f"{name:<12} {who:<12}", *(_shown(*pair) for pair in sorted(found.items())))
    print(f"time {spent['ours'] / spent['trafilatura']:.2f} of trafilatura's")


def _document(data: bytes, page: dict[str, Any]) -> Any:
    return bare_extraction(data, url=page.get("url"), with_metadata=True)


def _note(scores: dict[str, list[float]], page: dict[str, Any], text: str) -> None:
    if page["gold_kind"] == "segments":
        for kind in ("with", "without"):
            for segment in page[f"segments_{kind}"]:
                scores[f"{kind}"].append(float(segment in text))
    elif page.get("gold"):
        precision, recall = rates(page["gold"], text)
        scores["precision"].append(precision)
        scores["recall"].append(recall)


def _note_known(scores: dict[str, list[float]], page: dict[str, Any], found: Any) -> None:
    known = page.get("meta_gold") or {}
    if known.get("title"):
        said = (found.title if found else "") or ""
        scores["title"].append(float(_plain(said) == _plain(known["title"])))
    date = known.get("date") or known.get("publishing_date") or known.get("published")
    if date:
        scores["date"].append(float(str(found.date if found else "")[:10] == str(date)[:10]))


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.replace("\xad", ""))).casefold()


def _shown(name: str, values: list[float]) -> str:
    return f"{name} {statistics.mean(values):.3f} ({len(values)})"


if __name__ == "__main__":
    measure(Path(sys.argv[1]))
