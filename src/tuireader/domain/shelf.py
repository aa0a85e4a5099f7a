"""A collection of articles as a list shows them, and the filters that compose over it."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the article list: what is known of an article before it is opened."""

    location: str
    title: str
    outlet: str = ""
    date: dt.date | None = None
    problem: str = ""
    """Why it cannot be opened, as a clause; empty if it can."""
