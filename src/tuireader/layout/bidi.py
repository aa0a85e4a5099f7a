"""Puts right-to-left text in visual order, by the rules of UAX 9, for terminals that do not.

There are no embeddings and overrides: sanitized texts have none. A row is reordered by itself.
"""

import re

from tuireader.layout.cells import next_grapheme

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff]")
"""A character of a script that is written from right to left."""

MAX_SEARCHED = 500
"""Code points of a paragraph in which its first letter is looked for."""

_MIRRORED = dict(zip("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤", strict=True))

_LEVELS = (
    {"L": 0, "R": 1, "EN": 2, "AN": 2},
    {"L": 2, "R": 1, "EN": 2, "AN": 2},
)


def is_right_to_left(text: str, start: int, end: int) -> bool:
    """Return whether the first letter of text[start:end] is right-to-left (rules P2 and P3)."""
    from unicodedata import bidirectional  # noqa: PLC0415 - a table of 1 MB

    for character in text[start : min(end, start + MAX_SEARCHED)]:
        direction = bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def visual_order(row: str, *, right_to_left: bool) -> list[tuple[int, int, bool]]:
    """Return the pieces [start, end) of a row from left to right.

    Text that runs from left to right is one piece; other text is a piece a grapheme, and the third
    value is then True: brackets in it are to be mirrored (`mirrored`). `right_to_left` is the
    direction of the paragraph.
    """
    levels = _levels(row, 1 if right_to_left else 0)
    runs: list[tuple[int, int, int]] = []
    for index, level in enumerate(levels):
        if runs and runs[-1][2] == level:
            runs[-1] = (runs[-1][0], index + 1, level)
        else:
            runs.append((index, index + 1, level))
    for highest in range(max(levels, default=0), 0, -1):  # rule L2
        runs = _reversed_runs(runs, highest)
    pieces: list[tuple[int, int, bool]] = []
    for start, end, level in runs:
        if level % 2:
            pieces.extend((first, last, True) for first, last in _graphemes(row, start, end)[::-1])
        else:
            pieces.append((start, end, False))
    return pieces


def mirrored(text: str) -> str:
    """Return a grapheme as it is drawn in right-to-left text: brackets are mirrored (rule L4)."""
    return _MIRRORED.get(text, text)


def _reversed_runs(runs: list[tuple[int, int, int]], level: int) -> list[tuple[int, int, int]]:
    """Return the runs with each sequence of those at least at a level reversed."""
    found: list[tuple[int, int, int]] = []
    waiting: list[tuple[int, int, int]] = []
    for run in runs:
        if run[2] >= level:
            waiting.append(run)
        else:
            found += [*waiting[::-1], run]
            waiting = []
    return found + waiting[::-1]


def _graphemes(row: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the ranges of the graphemes in row[start:end], in order."""
    found = []
    while start < end:
        after = min(end, next_grapheme(row, start))
        found.append((start, after))
        start = after
    return found


def _levels(row: str, base: int) -> list[int]:
    """Return the level of each character: even from left to right, odd from right to left."""
    from unicodedata import bidirectional  # noqa: PLC0415 - a table of 1 MB

    kinds = _resolved_weak([bidirectional(character) or "L" for character in row], "LR"[base])
    _resolve_neutral(kinds, "LR"[base])
    levels = [_LEVELS[base][kind] for kind in kinds]  # rules I1 and I2
    end = len(row)
    while end and row[end - 1].isspace():  # rule L1
        end -= 1
        levels[end] = base
    return levels


def _resolved_weak(kinds: list[str], before: str) -> list[str]:
    """Return bidirectional classes after the rules for weak ones, W1 to W7.

    `before` is the direction of the paragraph, "L" or "R".
    """
    strong = last = before
    found: list[str] = []
    for index, original in enumerate(kinds):
        kind = original
        after = kinds[index + 1] if index + 1 < len(kinds) else ""
        after = "AN" if after == "EN" and strong == "AL" else after
        if kind in {"NSM", "BN"}:
            kind = last  # W1
        elif kind == "EN" and strong == "AL":
            kind = "AN"  # W2
        elif kind in {"CS", "ES"} and last == after and last in {"EN", "AN"}:
            kind = last if kind == "CS" or last == "EN" else "ON"  # W4
        if kind in {"L", "R", "AL"}:
            strong = kind
        last = kind
        found.append(kind)
    return _resolved_numbers(found, before)


def _resolved_numbers(kinds: list[str], before: str) -> list[str]:
    """Return classes after rules W3 and W5 to W7: signs beside numbers, and numbers in Latin."""
    strong = before
    for index, kind in enumerate(kinds):
        if kind == "ET":
            start = index
            while start and kinds[start - 1] == "ET":
                start -= 1
            end = index
            while end < len(kinds) and kinds[end] == "ET":
                end += 1
            beside = {*kinds[max(0, start - 1) : start], *kinds[end : end + 1]}
            kinds[start:end] = ["EN" if "EN" in beside else "ON"] * (end - start)
    found = []
    for kind in kinds:
        resolved = "R" if kind == "AL" else "ON" if kind in {"ES", "CS"} else kind
        if resolved in {"L", "R"}:
            strong = resolved
        found.append("L" if resolved == "EN" and strong == "L" else resolved)
    return found


def _resolve_neutral(kinds: list[str], base: str) -> None:
    """Give neutral characters the direction of those around them, else the base (N1 and N2)."""
    index = 0
    while index < len(kinds):
        end = index
        while end < len(kinds) and kinds[end] not in {"L", "R", "EN", "AN"}:
            end += 1
        if end > index:
            left = _side(kinds[index - 1]) if index else base
            right = _side(kinds[end]) if end < len(kinds) else base
            kinds[index:end] = [left if left == right else base] * (end - index)
        index = end + 1


def _side(kind: str) -> str:
    """Return the direction that a class lends to neutral characters beside it."""
    return "L" if kind == "L" else "R"
