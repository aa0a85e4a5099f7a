"""Parses a query by recursive descent, and says where and how to mend one that is wrong.

    query  = [or]
    or     = and {"or" and}
    and    = not {["and"] not}
    not    = ("-" | "not") not | term
    term   = "(" or ")" | phrase | "#" (tag | phrase) | [field ":"] value
    value  = word | word "*" | "*" inside "*" | phrase | "(" or ")" | value {"," value}

A space means "and". Any kind of quotation marks makes a phrase.
"""

import datetime as dt
from collections.abc import Callable
from typing import assert_never

from tuireader.library.query.conditions import (
    And,
    Condition,
    DateCondition,
    Not,
    Or,
    Query,
    QueryError,
    SortKey,
    TextCondition,
    TextMatch,
    ValueCondition,
)
from tuireader.library.query.dates import DateError, age_limit, date_range
from tuireader.library.query.fields import (
    ALIASES,
    ANY,
    DATE_ALIASES,
    FIELDS,
    Field,
    FieldKind,
    field_names,
    nearest,
)
from tuireader.library.query.values import QueryWord, choice_value, number_condition

QUOTATION_MARKS = {
    '"': '"',
    "“": "”“",
    "„": "“”",
    "«": "»",
    "»": "«",
    "”": "”",
    "‘": "’",
    "‚": "‘’",
}
"""Opening quotation marks, each with the marks that may close it."""

MAX_LENGTH = 4096
"""Code points of a query at most."""

MAX_DEPTH = 50
"""Brackets and negations inside each other at most."""

LEAST_INSIDE = 3
"""Letters of `*inside*` at least: fewer are in almost every word."""

_SPACE = " \t\n\r\u00a0\u3000"


Expand = Callable[[str, int, int], Condition]
"""Returns the condition of a saved search by its name, which is in a range of the query."""


def parse_query(text: str, today: dt.date, expand: Expand | None = None) -> Query:
    """Parse a query; an empty one has no condition and matches everything.

    `today` is the day from which `yesterday` and ages are counted. `expand` returns the condition
    of `list:NAME`; without it, such a condition matches nothing.

    Raises:
        QueryError: The query is invalid.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(f"a query has at most {MAX_LENGTH:,} characters", MAX_LENGTH, len(text))
    return _QueryParser(text, today, expand).query()


class _QueryParser:
    """Reads a query from left to right."""

    def __init__(self, text: str, today: dt.date, expand: Expand | None) -> None:
        self._text = text
        self._today = today
        self._expand = expand
        self._at = 0
        self._depth = 0
        self._sort: SortKey | None = None
        self._is_reversed = False

    def query(self) -> Query:
        """Parse the whole text; raise QueryError at the first error."""
        self._skip_space()
        condition: Condition = And(())
        if self._at < len(self._text):
            condition = self._or(ANY)
        if self._at < len(self._text):
            raise QueryError("“)” closes nothing", self._at, self._at + 1)
        return Query(condition, self._sort, self._is_reversed)

    def _or(self, field: str) -> Condition:
        """Parse alternatives; `field` is that of the enclosing brackets, `any` outside."""
        found = [self._and(field)]
        while operator := self._operator("or"):
            self._need_operand(operator)
            found.append(self._and(field))
        return found[0] if len(found) == 1 else Or(tuple(found))

    def _and(self, field: str) -> Condition:
        """Parse conditions that must all hold, up to `or`, a closing bracket or the end."""
        if operator := self._operator("or") or self._operator("and"):
            message = f"“{operator.text}” needs something before it"
            raise QueryError(message, operator.start, operator.end)
        found = [self._not(field)]
        while True:
            if operator := self._operator("and"):
                self._need_operand(operator)
            elif self._is_at_end() or self._peek_word().lower() == "or":
                break
            found.append(self._not(field))
        found = [each for each in found if each != And(())]
        return found[0] if len(found) == 1 else And(tuple(found))

    def _not(self, field: str) -> Condition:
        """Parse a condition that may be negated."""
        start = self._at
        if self._text[start] == "-" and self._text[start + 1 : start + 2].strip():
            self._at += 1
            end = start + 1
        elif operator := self._operator("not"):
            self._need_operand(operator)
            end = operator.end
        else:
            return self._term(field)
        self._enter(start, end)
        condition = self._not(field)
        self._depth -= 1
        return Not(condition)

    def _term(self, field: str) -> Condition:
        """Parse a group, a phrase, a tag, or a word with or without a field."""
        character = self._text[self._at]
        if character == "(":
            return self._group(field)
        is_tag = character == "#" and self._is_at_phrase(self._at + 1)
        self._at += is_tag
        if is_tag or character in QUOTATION_MARKS:
            phrase = self._phrase()
            if is_tag:
                field = "tag"
            return self._text_condition(field, TextMatch.PHRASE, phrase)
        word = self._word()
        if word.text[0] == "#" and len(word.text) > 1:
            return ValueCondition("tag", word.text[1:])
        name, colon, value = word.text.partition(":")
        if colon and name.isascii() and name.replace("-", "a").isalpha():
            if value.startswith("//"):
                return TextCondition("source", TextMatch.PHRASE, word.text)
            self._at = word.start + len(name) + 1
            return self._field(name, word.start)
        return self._plain(field, word)

    def _group(self, field: str) -> Condition:
        """Parse a condition in brackets; raise QueryError if the closing one is missing."""
        start = self._at
        self._enter(start, start + 1)
        self._at += 1
        self._skip_space()
        if self._text[self._at : self._at + 1] == ")":
            message = "“)” closes nothing or an empty group"
            raise QueryError(message, self._at, self._at + 1)
        if self._at == len(self._text):
            raise QueryError("this bracket is not closed; add “)” at the end", start, start + 1)
        condition = self._or(field)
        if self._text[self._at : self._at + 1] != ")":
            raise QueryError("this bracket is not closed; add “)” at the end", start, start + 1)
        self._at += 1
        self._skip_space()
        self._depth -= 1
        return condition

    def _field(self, typed: str, start: int) -> Condition:
        """Parse a field's value, from after the colon; `typed` is the field's name, at `start`."""
        name = ALIASES.get(typed.lower(), typed.lower())
        sign = DATE_ALIASES.get(name, "")
        field = FIELDS.get("date" if sign else name)
        if field is None:
            near = nearest(typed, field_names())
            hint = f"; did you mean “{near}:”?" if near else f"; the fields are {', '.join(FIELDS)}"
            raise QueryError(f"there is no field “{typed}”{hint}", start, self._at - 1)
        following = self._text[self._at : self._at + 1]
        if not following or following in _SPACE or following == ")":
            message = f"“{typed}:” needs a value right after it; {field.example}"
            raise QueryError(message, start, self._at)
        if following == "(":
            return self._group(field.name)
        return self._values(field, sign)

    def _values(self, field: Field, sign: str) -> Condition:
        """Parse one value, or several between commas; each may be a phrase."""
        found: list[Condition] = []
        goes_on = True
        while goes_on:
            start = self._at
            if self._is_at_phrase(start):
                word = QueryWord(self._phrase(skip=False), start)
                found.append(self._value(field, sign, word, is_phrase=True))
                goes_on = self._text[self._at : self._at + 1] == ","
                self._at += goes_on
                goes_on = goes_on and not self._is_after_value()
            else:
                text = self._peek_word(before_phrase=":,")
                self._at += len(text)
                goes_on = text.endswith(",") and self._is_at_phrase(self._at)
                is_one = not found and not goes_on and "," not in text.strip(",")
                for part in [text] if is_one else text.split(","):
                    if part:
                        found.append(self._value(field, sign, QueryWord(part, start)))
                    start += len(part) + 1
        self._skip_space()
        return found[0] if len(found) == 1 else Or(tuple(found))

    def _value(
        self, field: Field, sign: str, word: QueryWord, *, is_phrase: bool = False
    ) -> Condition:
        """Return the condition of a field's value; for `sort:`, set the order instead."""
        condition: Condition
        match field.kind:
            case FieldKind.TEXT if is_phrase:
                condition = TextCondition(field.name, TextMatch.PHRASE, word.text)
            case FieldKind.TEXT:
                condition = self._plain(field.name, word)
            case FieldKind.VALUE if field.name == "list" and self._expand:
                condition = self._expand(word.text, word.start, word.end)
            case FieldKind.VALUE:
                condition = ValueCondition(field.name, word.text)
            case FieldKind.CHOICE:
                condition = ValueCondition(field.name, choice_value(field, word, word.text))
            case FieldKind.DATE:
                condition = self._date(field, sign, word)
            case FieldKind.NUMBER:
                condition = number_condition(field, word)
            case FieldKind.SORT:
                self._is_reversed = word.text.startswith("-")
                self._sort = SortKey(choice_value(field, word, word.text.removeprefix("-")))
                condition = And(())
            case _:
                assert_never(field.kind)
        return condition

    def _plain(self, field: str, word: QueryWord) -> Condition:
        """Return the condition of a word, with the stars that it may have."""
        kind = FIELDS[field].kind if field in FIELDS else FieldKind.TEXT
        if kind is not FieldKind.TEXT:  # a value in brackets: is:(read or kept)
            return self._value(FIELDS[field], "", word)
        text = word.text
        if text == "*" and field != ANY:
            return ValueCondition("has", "quote" if field == "said" else field)
        if text.startswith("*"):
            inside = text.strip("*")
            if len(inside) < LEAST_INSIDE:
                message = "“*” before a word needs at least three letters after it"
                raise QueryError(message, word.start, word.end)
            return TextCondition(field, TextMatch.INSIDE, inside)
        if text.endswith("*"):
            return TextCondition(field, TextMatch.PREFIX, text.rstrip("*"))
        return TextCondition(field, TextMatch.WORD, text)

    def _text_condition(self, field: str, match: TextMatch, text: str) -> Condition:
        """Return a condition on a text, or on the value of a field that has exact values."""
        kind = FIELDS[field].kind if field in FIELDS else FieldKind.TEXT
        if kind is FieldKind.VALUE:
            return ValueCondition(field, text)
        return TextCondition(field, match, text)

    def _date(self, field: Field, sign: str, word: QueryWord) -> Condition:
        """Return the condition of a date, an age or a range."""
        value = word.text
        if sign.endswith("age"):
            sign = sign[0] if age_limit(value, self._today) else {"<age": ">=", ">age": "<"}[sign]
        try:
            first, last = date_range(f"{sign}{value}", field.name, self._today)
        except DateError as error:
            raise QueryError(str(error), word.start, word.end) from None
        except OverflowError:
            raise QueryError(f"there is no day {value}", word.start, word.end) from None
        return DateCondition(field.name, first, last)

    def _phrase(self, *, skip: bool = True) -> str:
        """Consume a phrase, and the space after it if `skip`; return its text.

        Raises QueryError if it is not closed.
        """
        start = self._at
        closing = QUOTATION_MARKS[self._text[start]]
        ends = [found for mark in closing if (found := self._text.find(mark, start + 1)) > 0]
        if not ends:
            message = f"this quotation mark is not closed; add “{closing[0]}” at the end"
            raise QueryError(message, start, len(self._text))
        end = min(ends)
        self._at = end + 1
        if skip:
            self._skip_space()
        return self._text[start + 1 : end].strip()

    def _word(self) -> QueryWord:
        """Consume and return the characters up to the next space or bracket; QueryError at ")"."""
        start = self._at
        text = self._peek_word()
        self._at += len(text)
        if not text:  # a closing bracket
            raise QueryError("“)” closes nothing or an empty group", start, start + 1)
        self._skip_space()
        return QueryWord(text, start)

    def _peek_word(self, before_phrase: str = ":") -> str:
        """Return the word at the current position without consuming it; "" at the end.

        A quotation mark after one of the signs `before_phrase` ends it.
        """
        end = self._at
        while end < len(self._text) and self._text[end] not in _SPACE:
            if self._text[end] in "()" or (
                self._text[end] in QUOTATION_MARKS and self._text[end - 1] in before_phrase
            ):
                break
            end += 1
        return self._text[self._at : end]

    def _operator(self, name: str) -> QueryWord | None:
        """Consume and return the operator `name` if it comes next, else None."""
        word = self._peek_word()
        if word.lower() != name:
            return None
        return self._word()

    def _need_operand(self, operator: QueryWord) -> None:
        """Raise QueryError if nothing comes after an operator."""
        if self._is_at_end() or self._peek_word().lower() in {"or", "and"}:
            word = operator.text
            message = (
                f"“{word}” needs something after it; put “{word}” in quotation marks to find "
                "the word"
                if word.lower() == "or"
                else f"“{word}” needs something after it"
            )
            raise QueryError(message, operator.start, operator.end)

    def _is_at_phrase(self, at: int) -> bool:
        return self._text[at : at + 1] in QUOTATION_MARKS  # "" is none

    def _is_after_value(self) -> bool:
        following = self._text[self._at : self._at + 1]
        return not following or following in _SPACE or following in "()"

    def _is_at_end(self) -> bool:
        return self._at == len(self._text) or self._text[self._at] == ")"

    def _skip_space(self) -> None:
        while self._at < len(self._text) and self._text[self._at] in _SPACE:
            self._at += 1

    def _enter(self, start: int, end: int) -> None:
        """Count a level of nesting; raise QueryError if there are too many."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryError("too many brackets inside each other", start, end)
