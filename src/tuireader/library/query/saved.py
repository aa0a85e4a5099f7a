"""Saved searches in queries: `list:NAME` stands for the query that was saved under a name."""

import datetime as dt
from collections.abc import Mapping

from tuireader.library.query.conditions import And, Condition, Query, QueryError
from tuireader.library.query.fields import nearest
from tuireader.library.query.parser import QUOTATION_MARKS, parse_query

_ANY_DAY = dt.date(2000, 1, 1)


def parse_with_lists(
    text: str, today: dt.date, lists: Mapping[str, str], *, name: str = ""
) -> Query:
    """Parse a query in which `list:NAME` stands for a saved search.

    Args:
        text: The query as typed.
        today: The day from which ages and words such as `yesterday` are counted.
        lists: The queries of the saved searches by name.
        name: The name under which this query is to be saved, so that it cannot contain itself;
            "" if it is not to be saved.

    Raises:
        QueryError: The query is invalid, or a saved search that it names does not exist, is
            invalid, or contains itself.
    """
    return _Expansion(today, lists, (name,) if name else ()).parse(text)


def with_list_renamed(query: str, name: str, new_name: str) -> str:
    """Return a query in which `list:NAME` has the new name of a saved search; the rest is kept.

    A query that cannot be understood is returned as it is. `name` is compared without case.
    """
    found: list[tuple[int, int]] = []

    def note(typed: str, start: int, end: int) -> Condition:
        if typed.casefold() == name.casefold():
            closing = QUOTATION_MARKS.get(query[start], "")
            ends = [query.find(mark, start + 1) + 1 for mark in closing]
            found.append((start, min(filter(None, ends), default=end)))
        return And(())

    try:
        parse_query(query, _ANY_DAY, note)
    except QueryError:
        return query
    written = new_name if new_name.isalnum() else f'"{new_name}"'
    for start, end in reversed(found):
        query = query[:start] + written + query[end:]
    return query


class _Expansion:
    """Parses queries inside saved searches; `names` are those that are being expanded."""

    def __init__(self, today: dt.date, lists: Mapping[str, str], names: tuple[str, ...]) -> None:
        self._today = today
        self._lists = lists
        self._names = names

    def parse(self, text: str) -> Query:
        """Parse a query; raise QueryError if it or a list that it names is invalid."""
        return parse_query(text, self._today, self._condition)

    def _condition(self, typed: str, start: int, end: int) -> Condition:
        """Return the condition of a saved search, whose name is at [start, end) of a query.

        `typed` is the name in any case. Raises QueryError if it does not exist, is invalid or
        contains itself.
        """
        names = {name.casefold(): name for name in self._lists}
        name = names.get(typed.casefold())
        if name is None:
            near = names.get(nearest(typed, tuple(names)), "")
            hint = f"; did you mean “{near}”?" if near else ""
            raise QueryError(f"there is no list “{typed}”{hint}", start, end)
        if name in self._names:
            chain = " → ".join((*self._names[self._names.index(name) :], name))
            message = f"the list “{name}” contains itself: {chain}"
            raise QueryError(message, start, end, is_in_list=True)
        inner = _Expansion(self._today, self._lists, (*self._names, name))
        try:
            return inner.parse(self._lists[name]).condition
        except QueryError as error:
            if error.is_in_list:
                raise QueryError(str(error), start, end, is_in_list=True) from None
            message = f"in the list “{name}”: {error}"
            raise QueryError(message, start, end, is_in_list=True) from None
