"""The title of a page: its headline, without the name of the site."""

import re
from html import unescape
from urllib.parse import urlsplit

from tuireader.domain.cleaning import clean_line

_HEADLINE = re.compile(r"<h1\b[^>]*>(.{1,3000}?)</h1\s*>", re.IGNORECASE | re.DOTALL)
_HIDDEN = re.compile(r"<(script|style|svg)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SEPARATOR = re.compile(r"\s+[-–—|*·•»:]+\s+|\s*[|ㅣ：»]\s*")
_UNWORDED = re.compile(r"\W+")
_SHORTEST, _LONGEST_SITE = 8, 60


def page_title(stated: str, page: str, site: str, address: str) -> str:
    """The title that a page states, or its headline where that says the same.

    The name of the site, which many titles end with, is cut off.
    """
    headlines, stated = _headlines(page), stated.replace("\xad", "")
    for headline in headlines:
        if len(headline) >= _SHORTEST and _begins_with(stated, headline):
            return headline
    names = {_folded(site), _folded(_host(address))} - {""}
    if headlines and _folded(stated) in names:
        return headlines[0]
    return _without_site(stated, names)


def _begins_with(stated: str, headline: str) -> bool:
    """Whether a title begins with a headline, whatever the kinds of its marks and blanks.

    If they are others, what follows must stand behind a mark, as what a site adds does.
    """
    if stated.startswith(headline):
        return True
    rest = _SEPARATOR.split(stated)
    folded, begun = _folded(headline), ""
    for part in rest[:-1]:
        begun += _folded(part)
        if begun == folded:
            return True
    return False


def _headlines(page: str) -> list[str]:
    found = (_TAG.sub("", _HIDDEN.sub("", words)) for words in _HEADLINE.findall(page))
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
