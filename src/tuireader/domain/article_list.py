"""The entries of the article list, and the orders that it can have."""

from dataclasses import dataclass
from enum import StrEnum

from tuireader.domain.dates import ArticleDate

MISSING_FILE = "its file is missing"
"""The problem of an article that is known, but whose file was removed or moved away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    """An article in the article list: what is known of it before it is opened.

    What is not known is "" or None.
    """

    location: str
    title: str
    outlet: str = ""
    date: ArticleDate | None = None
    problem: str = ""
    """Why it cannot be opened, as a clause; "" if it can."""


class SortOrder(StrEnum):
    """The orders of the article list; the value is the name in settings and on the screen.

    GIVEN is the order of the sources; KEPT puts the articles with the most bookmarks first.
    """

    GIVEN = "as opened"
    NEWEST = "newest first"
    TITLE = "by title"
    OUTLET = "by outlet"
    UNREAD = "unread first"
    KEPT = "most kept first"

    @property
    def following(self) -> "SortOrder":
        """The order after this one, in the order of the declarations; the first after the last."""
        orders = tuple(SortOrder)
        return orders[(orders.index(self) + 1) % len(orders)]
