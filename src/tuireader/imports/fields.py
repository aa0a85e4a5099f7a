"""The fields that exports have in common: addresses, dates, tags, colours, as they write them."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from tuireader.domain.cleaning import clean, clean_line
from tuireader.domain.reading import Colour

_COLOURS = {
    "yellow": Colour.YELLOW, "orange": Colour.YELLOW, "gold": Colour.YELLOW,
    "green": Colour.GREEN, "olive": Colour.GREEN,
    "blue": Colour.BLUE, "cyan": Colour.BLUE, "purple": Colour.BLUE,
    "red": Colour.RED, "pink": Colour.RED,
}  # fmt: skip
_WEB = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)


def address_of(value: Any) -> str:
    """The value if it is an address on the web, else an empty string."""
    address = line_of(value)
    return address if _WEB.match(address) else ""


def line_of(value: Any) -> str:
    """A string as one clean line; empty for anything else."""
    return clean_line(value) if isinstance(value, str) else ""


def text_of(value: Any) -> str:
    """A string, clean and without white space around it; empty for anything else."""
    return clean(value).strip() if isinstance(value, str) else ""


def list_of(value: Any) -> list[Any]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def tags_of(values: Iterable[Any]) -> tuple[str, ...]:
    """The tags among the values, each once; a value may be an object with a name or label."""
    names = []
    for value in values:
        named = value
        if isinstance(value, dict):
            named = value.get("name") or value.get("label") or value.get("text")
        names.append(line_of(named))
    return tuple(dict.fromkeys(filter(None, names)))


def moment_of(value: Any) -> dt.datetime | None:
    """When something was: seconds, milliseconds or microseconds since 1970, or an ISO date."""
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value.strip()[:20])
    if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
        seconds = float(value)
        while seconds > 1e11:  # no article was read after the year 5000
            seconds /= 1000
        return dt.datetime.fromtimestamp(seconds, tz=dt.UTC)
    if not isinstance(value, str):
        return None
    try:
        moment = dt.datetime.fromisoformat(value.strip().replace(" UTC", "+00:00"))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def day_of(value: Any) -> dt.date | None:
    """The day of such a moment."""
    moment = moment_of(value)
    return moment.date() if moment else None


def colour_of(value: Any) -> Colour:
    """The colour that comes nearest to the named one; none for one that is not known."""
    return _COLOURS.get(line_of(value).casefold(), Colour.NONE)


def is_true(value: Any) -> bool:
    """Whether a service means yes by it: true, 1, "1", "yes", "true"."""
    return value is True or str(value).casefold() in {"1", "yes", "true"}
