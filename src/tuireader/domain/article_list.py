"""An article as a list shows it, and the orders that a list can have."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    """One line of the article list: what is known of an article before it is opened."""

    location: str
    title: str
    outlet: str = ""
    date: dt.date | None = None
    problem: str = ""
    """Why it cannot be opened, as a clause; empty if it can."""


class SortOrder(StrEnum):
    """The ways to sort a shelf."""

    GIVEN = "as opened"
    NEWEST = "newest first"
    TITLE = "by title"
    OUTLET = "by outlet"
    UNREAD = "unread first"
    KEPT = "most kept first"

    @property
    def following(self) -> "SortOrder":
        """The order after this one, round the end."""
        orders = tuple(SortOrder)
        return orders[(orders.index(self) + 1) % len(orders)]
