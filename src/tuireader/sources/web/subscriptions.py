"""Stored subscriptions to feeds."""

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from tuireader.paths import replace_file

_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A feed that the reader follows, with its state."""

    address: str
    title: str = ""
    """Its title as the feed itself states it."""
    name: str = ""
    """The title that the reader has given it in a list of feeds; empty if none."""
    tags: tuple[str, ...] = ()
    """The tags that it has in a list of feeds, and the folders ("Science/Physics") it is in."""
    entries: tuple[str, ...] = ()
    """The URLs of its articles, newest first."""
    etag: str = ""
    modified: str = ""
    """The Last-Modified header (`etag`: the ETag), for conditional requests."""
    due: float = 0.0
    """The earliest time of the next request, in seconds since the epoch."""
    failures: int = 0
    """How many times in a row it could not be fetched."""
    warning: str = ""
    """What is wrong with its last content, as a clause; empty if nothing is."""
    public: bool = False
    """Whether it must be on the public internet: it was there before, or came from a list."""

    @property
    def shown_title(self) -> str:
        """The title that is shown: the reader's own, else the feed's, else the address."""
        return self.name or self.title or self.address


class Subscriptions:
    """The stored subscriptions: a folder with one file for each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, address: str) -> Subscription | None:
        """Return the subscription to a URL; None if there is none, or its file is damaged."""
        with suppress(OSError, ValueError, TypeError):
            record = json.loads(self._path(address).read_bytes())
            if record.pop("v") == _VERSION:
                record["entries"] = tuple(map(str, record["entries"]))
                record["tags"] = tuple(map(str, record.get("tags", ())))
                return Subscription(**record)
        return None

    def put(self, subscription: Subscription) -> None:
        """Write a subscription; raise OSError if that fails."""
        record = {"v": _VERSION, **asdict(subscription)}
        content = json.dumps(record, separators=(",", ":")).encode("ascii")
        replace_file(self._path(subscription.address), content)

    def _path(self, address: str) -> Path:
        """Return the path of the file of a subscription, which need not exist."""
        name = hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:40]
        return self._folder / f"{name}.json"
