"""The versions of an article: which text it had when."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One text that an article had."""

    location: str
    text_hash: str
    seen: dt.datetime
    """When it was first seen."""
