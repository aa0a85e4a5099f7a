"""Values of a query's fields: one of a few words, or a number."""

from dataclasses import dataclass

from tuireader.library.query.conditions import NumberCondition, QueryError
from tuireader.library.query.fields import Field, nearest


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A run of characters up to a space or a bracket, and where it starts."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)


def choice_value(field: Field, word: QueryWord, value: str) -> str:
    """Return the value as the field spells it; raise QueryError if it is not one of its values."""
    if value.lower() in field.choices:
        return value.lower()
    near = nearest(value, field.choices)
    hint = f"; did you mean “{near}”?" if near else ";"
    allowed = ", ".join(field.choices)
    raise QueryError(
        f"“{field.name}:” knows no “{value}”{hint} it can be {allowed}", word.start, word.end
    )


def number_condition(field: Field, word: QueryWord) -> NumberCondition:
    """Return the condition of a number, a comparison or a range; a percent sign may follow."""
    value = word.text.replace("%", "")
    for sign in (">=", "<=", ">", "<"):
        if value.startswith(sign):
            number = _digits(field, word, value[len(sign) :])
            step = {">": 1, "<": -1}.get(sign, 0)
            if sign[0] == ">":
                return NumberCondition(field.name, number + step, None)
            return NumberCondition(field.name, None, number + step)
    if ".." in value:
        begin, _, end = value.partition("..")
        least = _digits(field, word, begin) if begin else None
        most = _digits(field, word, end) if end else None
        if least is not None and most is not None and least > most:
            message = f"{least} is more than {most}; turn them round"
            raise QueryError(message, word.start, word.end)
        return NumberCondition(field.name, least, most)
    number = _digits(field, word, value)
    return NumberCondition(field.name, number, None if field.name == "same" else number)


def _digits(field: Field, word: QueryWord, value: str) -> int:
    """Return the number that `value` states; raise QueryError if it is not one."""
    if value.isascii() and value.isdigit() and len(value) <= 12:
        return int(value)
    raise QueryError(f"“{value}” is no number; {field.example}", word.start, word.end)
