"""The feeds that the reader follows: which articles came with each, and when it may be asked."""

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from tuireader.folders import replace_file

_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One feed."""

    address: str
    title: str = ""
    entries: tuple[str, ...] = ()
    """The addresses of the articles that came with it, the newest first."""
    etag: str = ""
    modified: str = ""
    """What the site said of its state, for asking whether there is a newer one."""
    due: float = 0.0
    """Not to be asked before then, in seconds of the epoch."""
    failures: int = 0
    """How often in a row it could not be fetched."""
    warning: str = ""
    """What was wrong with it, as a clause."""
    public: bool = False
    """Whether it must be on the public internet: it was found there, or came in a list of feeds."""


class Subscriptions:
    """A folder of subscriptions, a file each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, address: str) -> Subscription | None:
        """The feed that is followed under an address; None if none is, or its file is damaged."""
        with suppress(OSError, ValueError, TypeError):
            record = json.loads(self._path(address).read_bytes())
            if record.pop("v") == _VERSION:
                record["entries"] = tuple(map(str, record["entries"]))
                return Subscription(**record)
        return None

    def put(self, subscription: Subscription) -> None:
        """Keep its state; raises OSError if it cannot be written."""
        record = {"v": _VERSION, **asdict(subscription)}
        content = json.dumps(record, separators=(",", ":")).encode("ascii")
        replace_file(self._path(subscription.address), content)

    def _path(self, address: str) -> Path:
        name = hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:40]
        return self._folder / f"{name}.json"
