"""Tells whether a surname is another one with a slip in its spelling."""

_MIN_LETTERS, _MIN_FOR_TWO = 5, 9
"""The fewest letters of a name with one slip, and of one with two."""


def is_misspelt(word: str, name: str) -> bool:
    """Return whether a word is a name with a letter more, less or another: "Buchtman".

    Two slips are allowed in a long name. The first letter must be right, and short names, which
    are often one letter apart, never count.
    """
    if word == name or word[:1] != name[:1] or min(len(word), len(name)) < _MIN_LETTERS:
        return False
    limit = 2 if min(len(word), len(name)) >= _MIN_FOR_TWO else 1
    return abs(len(word) - len(name)) <= limit and _distance(word, name) <= limit


def _distance(one: str, other: str) -> int:
    """Return the number of letters to insert, remove or change to make one word the other."""
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, match in enumerate(other, 1):
            cost = above[column - 1] + (letter != match)
            line.append(min(cost, above[column] + 1, line[-1] + 1))
        above = line
    return above[-1]
