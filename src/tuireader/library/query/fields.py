"""The fields of the query language: their names, aliases, kinds and values."""

from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum

from tuireader.library.query.conditions import SortKey

ANY = "any"
"""The field of words without a field: title, text, notes, tags and names."""


class FieldKind(Enum):
    """What kind of value a field takes."""

    TEXT = "text"
    VALUE = "value"
    CHOICE = "choice"
    DATE = "date"
    NUMBER = "number"
    SORT = "sort"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of the query language.

    `help` says in a few words what it searches; `example` shows a value.
    """

    name: str
    kind: FieldKind
    help: str
    example: str
    choices: tuple[str, ...] = ()
    """The values of a CHOICE field."""


STATES = (
    "unread",
    "reading",
    "read",
    "starred",
    "kept",
    "noted",
    "tagged",
    "orphaned",
    "changed",
    "gone",
    "problem",
    "today",
)
PARTS = ("quote", "speaker", "note", "bookmark", "tag", "date", "author")


def _text(name: str, about: str, example: str) -> Field:
    return Field(name=name, kind=FieldKind.TEXT, help=about, example=example)


def _value(name: str, about: str, example: str) -> Field:
    return Field(name=name, kind=FieldKind.VALUE, help=about, example=example)


def _date(name: str, about: str) -> Field:
    example = f"as in {name}:2024-09 or {name}:<2w"
    return Field(name=name, kind=FieldKind.DATE, help=about, example=example)


def _number(name: str, about: str) -> Field:
    example = f"as in {name}:>2000 or {name}:500..1500"
    return Field(name=name, kind=FieldKind.NUMBER, help=about, example=example)


def _choice(name: str, about: str, choices: tuple[str, ...]) -> Field:
    example = f"as in {name}:{choices[0]}"
    return Field(name=name, kind=FieldKind.CHOICE, help=about, example=example, choices=choices)


FIELDS = {
    field.name: field
    for field in (
        _text("title", "words of the title", 'as in title:"climate change"'),
        _text("author", "the author", "as in author:smith"),
        _text("outlet", "the newspaper or site", 'as in outlet:"Daily News"'),
        _text("text", "words of the text", "as in text:sanctions"),
        _text("said", "words of a quotation", "as in said:sanctions"),
        _text("note", "words of your notes", "as in note:check"),
        _text("source", "the address or path of the source", "as in source:nytimes.com"),
        _text("file", "the path of the file", "as in file:2024/09"),
        _value("speaker", "a person or body that is quoted", 'as in speaker:"Ada Moor"'),
        _value("lang", "the language, as a code", "as in lang:de"),
        _value("tag", "a tag of the article or of a bookmark", "as in tag:climate or #climate"),
        _value("list", "a saved search", 'as in list:"Election 2024"'),
        _choice("is", "the state of an article", STATES),
        _choice("has", "what an article has", PARTS),
        _date("date", "the day of publication"),
        _date("added", "the day on which the article was added"),
        _date("opened", "the day on which the article was last opened"),
        _number("words", "the length in words"),
        _number("quotes", "the number of quotations"),
        _number("notes", "the number of bookmarks and notes"),
        _number("progress", "how far the article was read, in percent"),
        _number("same", "how many articles have a sentence of a quotation in common"),
        Field(
            name="sort",
            kind=FieldKind.SORT,
            help="the order of the results; sort:-date reverses it",
            example="as in sort:date",
            choices=tuple(SortKey),
        ),
    )
}
"""The fields by name."""

ALIASES = {"by": "author", "from": "outlet", "in": "list", "folder": "file", "url": "source"}
"""Other names of fields."""

DATE_ALIASES = {"after": ">=", "since": ">=", "before": "<", "newer": "<age", "older": ">age"}
"""Other names of `date:` with a comparison. `after:` includes the day, `before:` does not."""


def field_names() -> tuple[str, ...]:
    """Return all names that may be written before a colon: fields, aliases and date aliases."""
    return (*FIELDS, *ALIASES, *DATE_ALIASES)


def nearest(word: str, known: tuple[str, ...]) -> str:
    """Return the word of `known` that is most similar to `word`; "" if none is similar enough."""
    return next(iter(get_close_matches(word.lower(), known, 1)), "")
