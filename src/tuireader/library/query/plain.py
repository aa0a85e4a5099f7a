"""Queries of plain words: told from others, and searched while their last word is being typed."""

from tuireader.library.query.conditions import And, Query, TextCondition, TextMatch

SHORTEST = 3
"""Letters of a plain word at least, for texts to be searched."""


def is_plain(query: Query) -> bool:
    """Return whether a query is nothing but words, or empty."""
    condition = query.condition
    parts = condition.conditions if isinstance(condition, And) else (condition,)
    return query.sort is None and all(
        isinstance(part, TextCondition) and part.field == "any" and part.match is TextMatch.WORD
        for part in parts
    )


def is_worth_searching(query: Query) -> bool:
    """Return whether texts are to be searched: plain words need three letters."""
    return not is_plain(query) or any(len(word.text) >= SHORTEST for word in _words(query))


def as_typed(query: Query) -> Query:
    """Return a query of plain words with the last one as the beginning of a word."""
    if not is_plain(query) or query.is_empty:
        return query
    *words, last = _words(query)
    return Query(And((*words, TextCondition(last.field, TextMatch.PREFIX, last.text))))


def _words(query: Query) -> list[TextCondition]:
    """Return the words of a plain query."""
    condition = query.condition
    parts = condition.conditions if isinstance(condition, And) else (condition,)
    return [part for part in parts if isinstance(part, TextCondition)]
