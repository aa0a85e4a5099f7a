"""Translates the conditions of a query into SQL over the search index."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import assert_never

from tuireader.domain.tags import normalize_tag, tag_key
from tuireader.library.query.conditions import (
    And,
    Condition,
    DateCondition,
    Not,
    NumberCondition,
    Or,
    TextCondition,
    TextMatch,
    ValueCondition,
)
from tuireader.library.search.documents import State
from tuireader.library.search.schema import QUOTATION_BITS
from tuireader.library.search.terms import (
    has_token,
    index_text,
    inside_expression,
    match_expression,
    quoted,
)

Value = str | int
EVERYTHING = "1"
NOTHING = "0"

_NUMBERS = {"words": "words", "quotes": "quotes", "notes": "bookmarks", "progress": "progress"}
_DAYS = {"date": "day", "added": "added", "opened": "opened"}
_PARTS = {
    "quote": "quotes > 0",
    "speaker": "quotes > 0",
    "note": f"state & {State.NOTED:d}",
    "bookmark": f"state & {State.KEPT:d}",
    "tag": f"state & {State.TAGGED:d}",
    "date": "day > 0",
    "author": "articles.author <> ''",
}


@dataclass(slots=True)
class SqlSelection:
    """The articles that a query selects: an FTS5 expression and a condition in SQL."""

    match: str = ""
    """The FTS5 expression; "" if the query has no word that every result must contain."""
    where: str = EVERYTHING
    values: list[Value] = field(default_factory=list)


Vocabulary = Callable[[str], tuple[str, ...]]
"""Returns the indexed words that contain the given letters; empty if there are none."""


def select(condition: Condition, vocabulary: Vocabulary, today: dt.date) -> SqlSelection:
    """Translate a condition into an FTS5 expression and SQL.

    Conditions on texts at the top level become one FTS5 expression, whose results SQLite yields
    newest first without sorting. All others become SQL.

    Args:
        condition: The condition of a query.
        vocabulary: Returns the indexed words that contain some letters.
        today: The day that `is:today` means.
    """
    translator = _Translator(vocabulary, today)
    parts = condition.conditions if isinstance(condition, And) else (condition,)
    matches, excluded, wheres = [], [], []
    # A speaker and words that are said have to be of the same quotation.
    said = [part for part in parts if translator.is_of_quotation(part)]
    if len(said) > 1:
        parts = tuple(part for part in parts if part not in said)
        wheres.append(translator.quotations(said))
    for part in parts:
        match = translator.match(part)
        if match is not None:
            matches.append(f"({match})")
        elif isinstance(part, Not) and (match := translator.match(part.condition)):
            excluded.append((part, f" NOT ({match})"))
        else:
            wheres.append(translator.sql(part))
    if not matches:  # FTS5 has no negation without something to negate
        wheres += [translator.sql(part) for part, _ in excluded]
        excluded = []
    expression = " AND ".join(matches) + "".join(each for _, each in excluded)
    where = " AND ".join(f"({each})" for each in wheres) or EVERYTHING
    return SqlSelection(expression, where, translator.values)


class _Translator:
    """Translates conditions, and collects the values of the SQL parameters in order."""

    def __init__(self, vocabulary: Vocabulary, today: dt.date) -> None:
        self._vocabulary = vocabulary
        self._today = today
        self.values: list[Value] = []

    @staticmethod
    def is_of_quotation(condition: Condition) -> bool:
        """Return whether a condition is about the words or the speaker of a quotation."""
        if isinstance(condition, ValueCondition):
            return condition.field == "speaker"
        return isinstance(condition, TextCondition) and condition.field == "said"

    def quotations(self, conditions: list[Condition]) -> str:
        """Return the SQL for articles with a quotation for which all conditions hold.

        It is false if one of them cannot match anything.
        """
        expressions = [self._of_quotation(each) for each in conditions]
        if not all(expressions):
            return NOTHING
        self.values.append(" AND ".join(f"({each})" for each in expressions))
        return f"id IN (SELECT rowid >> {QUOTATION_BITS} FROM quotations WHERE quotations MATCH ?)"

    def _of_quotation(self, condition: Condition) -> str:
        """Return the FTS5 expression of a condition on a quotation; "" if nothing matches it."""
        if isinstance(condition, TextCondition):
            return self._text(condition)
        if isinstance(condition, ValueCondition):
            words = index_text(condition.value)
            return f"speaker : {quoted(words)}" if has_token(words) else ""
        return ""

    def match(self, condition: Condition) -> str | None:
        """Return the FTS5 expression of a condition, or None if it needs SQL."""
        if self.is_of_quotation(condition):
            return None
        if isinstance(condition, TextCondition):
            return self._text(condition) or None
        if isinstance(condition, And | Or):
            parts = [self.match(part) for part in condition.conditions]
            operator = " AND " if isinstance(condition, And) else " OR "
            if parts and all(parts):
                return operator.join(f"({part})" for part in parts)
        return None

    def sql(self, condition: Condition) -> str:
        """Return the SQL expression of a condition, and add its parameters to `values`."""
        match condition:
            case TextCondition() if condition.field == "said":
                found = self.quotations([condition])
            case TextCondition():
                found = self._matched(self._text(condition))
            case ValueCondition():
                found = self._value(condition)
            case DateCondition():
                first = condition.first.toordinal() if condition.first else 1
                last = condition.last.toordinal() if condition.last else None
                found = self._range(_DAYS[condition.field], first, last)
            case NumberCondition() if condition.field == "same":
                found = self._same(condition)
            case NumberCondition():
                found = self._range(_NUMBERS[condition.field], condition.least, condition.most)
            case Not():
                found = f"NOT ({self.sql(condition.condition)})"
            case And() | Or():
                operator = " AND " if isinstance(condition, And) else " OR "
                parts = [f"({self.sql(part)})" for part in condition.conditions]
                found = operator.join(parts) or EVERYTHING
            case _:
                assert_never(condition)
        return found

    def _same(self, condition: NumberCondition) -> str:
        """Return the SQL for articles with a quotation that is in a number of articles."""
        self.values.append(condition.least or 0)
        most = self._range("max(articles)", None, condition.most)
        return (
            "id IN (SELECT article FROM utterances JOIN (SELECT sentence, count(*) AS articles FROM"
            " utterances GROUP BY sentence HAVING count(*) >= ?) USING (sentence)"
            f" GROUP BY article HAVING {most})"
        )

    def _text(self, condition: TextCondition) -> str:
        """Return the FTS5 expression of a condition on a text; "" if nothing can match it."""
        if condition.match is not TextMatch.INSIDE:
            return match_expression(condition)
        words = self._vocabulary(index_text(condition.text).strip())
        return inside_expression(condition.field, words) if words else ""

    def _matched(self, expression: str) -> str:
        """Return the SQL for articles that an FTS5 expression finds; false for ""."""
        if not expression:
            return NOTHING
        self.values.append(expression)
        return "id IN (SELECT rowid FROM content WHERE content MATCH ?)"

    def _value(self, condition: ValueCondition) -> str:
        """Return the SQL expression of an exact value; it is false for an unknown field."""
        match condition.field:
            case "is":
                return self._state(condition.value)
            case "has":
                return _PARTS.get(condition.value, EVERYTHING)
            case "speaker":
                return self.quotations([condition])
            case "tag":
                self.values.append(tag_key(normalize_tag(condition.value)))
                return "id IN (SELECT article FROM tags WHERE folded = ?)"
            case "lang":
                self.values.append(condition.value.lower())
                return "language = ?"
            case _:
                return NOTHING

    def _state(self, name: str) -> str:
        """Return the SQL expression for a state of `is:`, such as "unread" or "starred"."""
        if name == "unread":
            return f"NOT state & {State.READ:d}"
        if name == "reading":
            return f"progress > 0 AND NOT state & {State.READ:d}"
        if name == "today":
            self.values.append(self._today.toordinal())
            return "day = ?"
        return f"state & {State[name.upper()]:d}"

    def _range(self, column: str, least: int | None, most: int | None) -> str:
        """Return the SQL expression of a range of a column; None leaves an end open.

        It is true if both ends are open.
        """
        parts = []
        for limit, sign in ((least, ">="), (most, "<=")):
            if limit is not None:
                self.values.append(limit)
                parts.append(f"{column} {sign} ?")
        return " AND ".join(parts) or EVERYTHING
