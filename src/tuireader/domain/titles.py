"""Which titles mean one work, however a service has written them."""

import re

_SUBTITLE = re.compile(r"(?:(?<!\s)\s++)?[:(\[—–]| - ")
_NOT_TOLD_BY = re.compile(r"[\W_]+")
_SHORTEST = 3


def title_keys(title: str) -> frozenset[str]:
    """What a work may be called: its title, and that without its subtitle, case and marks.

    Empty for a title that is too short to tell works apart.
    """
    short = _SUBTITLE.split(title, maxsplit=1)[0]
    names = (_NOT_TOLD_BY.sub(" ", name.casefold()).strip() for name in (title, short))
    return frozenset(name for name in names if len(name) >= _SHORTEST)
