"""The title of a page: its headline, without the name of the site."""

import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

from tuireader.domain.cleaning import clean_line
from tuireader.sources.tags import without_elements, without_tags

_HEADLINE_TAG = re.compile(r"<(/?)h1\b", re.IGNORECASE)
_LONGEST_HEADLINE = 3_000
_HIDDEN = ("script", "style", "svg")
_SEPARATOR = re.compile(r"(?<!\s)\s++[-–—|*·•»:]++\s++|(?:(?<!\s)\s++)?[|ㅣ：»]\s*+")
_UNWORDED = re.compile(r"\W+")
_SHORTEST, _LONGEST_SITE = 8, 60


def page_title(stated: str, page: str, site: str, address: str) -> str:
    """The title that a page states, or its headline where that says the same.

    The name of the site, which many titles end with, is cut off.
    """
    headlines, stated = _headlines(page), stated.replace("\xad", "")
    beginnings = _beginnings(stated)
    for headline in headlines:
        if len(headline) >= _SHORTEST and (
            stated.startswith(headline) or _folded(headline) in beginnings
        ):
            return headline
    names = {_folded(site), _folded(_host(address))} - {""}
    if headlines and _folded(stated) in names:
        return headlines[0]
    return _without_site(stated, names)


def _beginnings(stated: str) -> set[str]:
    """What a title begins with before each of its marks, whatever the kinds of marks and blanks."""
    found, begun = set(), ""
    for part in _SEPARATOR.split(stated)[:-1]:
        begun += _folded(part)
        # A longer one is no headline's, and to keep them all would take too much.
        if len(begun) > _LONGEST_HEADLINE:
            break
        found.add(begun)
    return found


def _headline_markup(page: str) -> Iterator[str]:
    """What stands in each h1 of a page."""
    starts: deque[int] = deque()
    behind = 0
    for found in _HEADLINE_TAG.finditer(page):
        if not found[1]:
            # The end of a tag that is not closed serves the next tag too.
            behind = behind if behind > found.end() else page.find(">", found.end()) + 1
            if not behind:
                return
            starts.append(behind)
            continue
        while starts and found.start() - starts[0] > _LONGEST_HEADLINE:
            starts.popleft()
        if starts and starts[0] < found.start():
            yield page[starts[0] : found.start()]
            starts.clear()


def _headlines(page: str) -> list[str]:
    markup = _headline_markup(page)
    found = (without_tags(without_elements(words, _HIDDEN), "") for words in markup)
    lines = (clean_line(" ".join(unescape(line).split())).replace("\xad", "") for line in found)
    return list(dict.fromkeys(line for line in lines if line))


def _without_site(title: str, names: set[str]) -> str:
    for cut in reversed(list(_SEPARATOR.finditer(title))):
        tail = _folded(title[cut.end() :])
        if cut.start() < _SHORTEST or len(title) - cut.end() > _LONGEST_SITE:
            break
        if tail and any(tail in name or name in tail for name in names):
            return title[: cut.start()]
    return title


def _host(address: str) -> str:
    """The word of an address that names the site."""
    try:
        labels = (urlsplit(address).hostname or "").removeprefix("www.").split(".")
    except ValueError:
        return ""
    return max(labels[:-1], key=len, default="")


def _folded(name: str) -> str:
    return _UNWORDED.sub("", name).casefold()
