"""Queries of plain words: told from others, and searched while their last word is being typed."""

from tuireader.library.query.conditions import And, Query, TextCondition, TextMatch

SHORTEST = 3
"""Letters of a plain word at least, for texts to be searched."""


def is_plain(query: Query) -> bool:
    """Return whether a query has only whole words without fields, operators or order.

    True for an empty query.
    """
    condition = query.condition
    parts = condition.conditions if isinstance(condition, And) else (condition,)
    return query.sort is None and all(
        isinstance(part, TextCondition) and part.field == "any" and part.match is TextMatch.WORD
        for part in parts
    )


def is_worth_searching(query: Query) -> bool:
    """Return whether a query is specific enough to search the texts.

    False for plain words that are all shorter than three letters, and for an empty query; true for
    queries with fields, phrases or operators.
    """
    return not is_plain(query) or any(len(word.text) >= SHORTEST for word in _words(query))


def as_typed(query: Query) -> Query:
    """Return a plain query with its last word as a prefix, because it may be incomplete.

    Other queries and an empty one are returned unchanged.
    """
    if not is_plain(query) or query.is_empty:
        return query
    *words, last = _words(query)
    return Query(And((*words, TextCondition(last.field, TextMatch.PREFIX, last.text))))


def _words(query: Query) -> list[TextCondition]:
    """Return the conditions of a plain query, one for each word; empty for an empty query."""
    condition = query.condition
    parts = condition.conditions if isinstance(condition, And) else (condition,)
    return [part for part in parts if isinstance(part, TextCondition)]
