"""Reads newsboat's `urls` file: a feed a line, with tags and a title of the reader's own."""

import re
from collections.abc import Iterator

from tuireader.domain.errors import SourceError
from tuireader.sources.feeds.list_entry import FeedListEntry, LeftOutError, listed_feed
from tuireader.sources.stated_encoding import decode_stated

_TOKEN = re.compile(r'\s*+(?:"((?:[^"\\]|\\.)*+)"?|([^\s"]++))', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_KINDS = {
    "query:": "a query feed",
    "exec:": "a feed that a program writes",
    "filter:": "a feed that a program changes",
    "file:": "a feed on this machine",
}


def parse_urls(data: bytes, location: str) -> Iterator[FeedListEntry]:
    """Yield the feeds of a `urls` file in order, and an error for each line that is not a feed.

    Programs that the file names are not started: their lines give a LeftOutError. Comments and
    blank lines give nothing. `location` is the path that errors name.
    """
    for number, line in enumerate(decode_stated(data).splitlines(), 1):
        tokens = list(_tokens(line))
        if not tokens:
            continue
        address, *others = tokens
        kind = next((what for start, what in _KINDS.items() if address.startswith(start)), "")
        if kind:
            yield LeftOutError(location, f"line {number}: {kind} is not supported")
            continue
        title = next((token[1:] for token in others if token.startswith("~")), "")
        tags = tuple(token for token in others if token[:1] not in {"~", "!", ""})
        try:
            yield listed_feed(address, title, tags)
        except SourceError as error:
            yield error


def _tokens(line: str) -> Iterator[str]:
    """Yield the words of a line, up to a comment; a quoted word may have spaces.

    Nothing for a blank line.
    """
    at = 0
    while found := _TOKEN.match(line, at):
        if found[2] and found[2].startswith("#"):
            return
        yield _ESCAPED.sub(r"\1", found[1]) if found[2] is None else found[2]
        at = found.end()
