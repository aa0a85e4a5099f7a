"""Completes what is being typed at the end of a query: field names and values."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tuireader.library.query.fields import (
    ALIASES,
    DATE_ALIASES,
    FIELDS,
    FieldKind,
    field_names,
)
from tuireader.text.folding import fold

Values = Callable[[str], Iterable[str]]
"""Returns the known values of a field, such as the tags of `tag`."""

DAYS = ("today", "yesterday", "<1w", "<1m", "<1y")


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to complete a query."""

    text: str
    """The whole query, completed."""
    label: str
    """The field name with its colon, or the value, as shown in a list of completions."""
    help: str = ""


def completions(query: str, values: Values) -> tuple[Completion, ...]:
    """Return the possible completions of the last word of a query: field names or values.

    Empty if nothing fits, for an empty last word, and after a closing double quote. `values`
    returns the known values of fields that have no fixed ones.

    >>> [each.label for each in completions("sanctions tit", lambda field: ())]
    ['title:']
    """
    begin = max(query.rfind(" "), query.rfind("("), query.rfind(",")) + 1
    name, colon, _ = query[begin:].partition(":")
    if query[:begin].rstrip(", ").endswith('"'):
        return ()
    if not colon and query[begin - 1 : begin] == ",":
        begin = max(query.rfind(" ", 0, begin), query.rfind("(", 0, begin)) + 1
        name, colon, _ = query[begin:].partition(":")
        return _values(query, begin + len(name) + 1, name.lstrip("-"), values) if colon else ()
    word = name.lstrip("-")
    start = begin + len(name) - len(word)
    if word.startswith("#"):
        return _values(query, start + 1, "tag", values)
    if colon:
        return _values(query, begin + len(name) + 1, word, values)
    return _names(query, start, word) if word else ()


def _names(query: str, start: int, word: str) -> tuple[Completion, ...]:
    """Return completions with the field names that begin with `word`, in any case.

    `start` is the offset of the word in the query.
    """
    return tuple(
        Completion(f"{query[:start]}{name}:", f"{name}:", _help(name))
        for name in field_names()
        if name.startswith(word.lower())
    )


def _values(query: str, start: int, typed: str, values: Values) -> tuple[Completion, ...]:
    """Return completions with the values of a field that begin with what is typed.

    Empty if the field is unknown or the value is complete.

    Args:
        query: The whole query.
        start: The offset after the colon or "#".
        typed: The field's name or alias.
        values: Returns the known values of a field.
    """
    name = ALIASES.get(typed.lower(), typed.lower())
    start = max(start, query.rfind(",") + 1)
    begun = fold(query[start:].lstrip('"'))
    field = FIELDS.get("date" if name in DATE_ALIASES else name)
    if field is None:
        return ()
    known: Iterable[str]
    if field.kind in {FieldKind.CHOICE, FieldKind.SORT}:
        known = field.choices
    elif field.kind is FieldKind.DATE:
        known = DAYS
    else:
        known = values(field.name)
    return tuple(
        Completion(f"{query[:start]}{_quoted(value)}", value)
        for value in known
        if fold(value).startswith(begun) and fold(value) != begun
    )


def _quoted(value: str) -> str:
    """Return a value as it is written in a query: in quotation marks if it needs them."""
    return f'"{value}"' if any(each in value for each in " (),") else value


def _help(name: str) -> str:
    """Return what the field of a name or alias searches; "" if it is unknown."""
    field = FIELDS.get("date" if name in DATE_ALIASES else ALIASES.get(name, name))
    return field.help if field else ""
