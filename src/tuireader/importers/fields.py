"""Parses values that exports have in common: addresses, dates, tags, colours."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from tuireader.domain.bookmark import Colour
from tuireader.domain.tags import unique_tags
from tuireader.text.sanitize import sanitize, sanitize_line

_COLOURS = {
    "yellow": Colour.YELLOW, "orange": Colour.YELLOW, "gold": Colour.YELLOW,
    "green": Colour.GREEN, "olive": Colour.GREEN,
    "blue": Colour.BLUE, "cyan": Colour.BLUE, "purple": Colour.BLUE,
    "red": Colour.RED, "pink": Colour.RED,
}  # fmt: skip
_WEB = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)


def web_address(value: Any) -> str:
    """Return the value if it is a web address (http or https), else an empty string."""
    address = clean_line_of(value)
    return address if _WEB.match(address) else ""


def clean_line_of(value: Any) -> str:
    """Return a string as one sanitized line; empty for any other value."""
    return sanitize_line(value) if isinstance(value, str) else ""


def clean_text_of(value: Any) -> str:
    """Return a string sanitized and stripped; empty for any other value."""
    return sanitize(value).strip() if isinstance(value, str) else ""


def list_or_empty(value: Any) -> list[Any]:
    """Return the value if it is a list, else an empty list."""
    return value if isinstance(value, list) else []


def unique_names(values: Iterable[Any]) -> tuple[str, ...]:
    """Return the names in a list without duplicates; a value is a string or has a name or label."""
    names = []
    for value in values:
        named = value
        if isinstance(value, dict):
            named = value.get("name") or value.get("label") or value.get("text")
        names.append(clean_line_of(named))
    return tuple(dict.fromkeys(filter(None, names)))


def tag_names(values: Iterable[Any]) -> tuple[str, ...]:
    """Return the tags in a list without duplicates; a value is a string or has a name or label."""
    return unique_tags(unique_names(values))


def parse_moment(value: Any) -> dt.datetime | None:
    """Parse a time: seconds, milliseconds or microseconds since 1970, or an ISO date; else None."""
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


def parse_day(value: Any) -> dt.date | None:
    """Parse the date of a value that `parse_moment` accepts; None if it is not one."""
    moment = parse_moment(value)
    return moment.date() if moment else None


def nearest_colour(value: Any) -> Colour:
    """Return the highlight colour nearest to a colour name; Colour.NONE for an unknown one."""
    return _COLOURS.get(clean_line_of(value).casefold(), Colour.NONE)


def is_true(value: Any) -> bool:
    """Return whether a value means yes: true, 1, "1", "yes" or "true"."""
    return value is True or str(value).casefold() in {"1", "yes", "true"}
