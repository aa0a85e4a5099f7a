"""Puts right-to-left text in visual order, by the rules of UAX 9, for terminals that do not.

There are no embeddings, overrides and isolates: sanitized texts have none. A row is reordered by
itself.
"""

from operator import itemgetter

from tuireader.layout.cells import next_grapheme
from tuireader.text.lazy_pattern import lazy_pattern

RIGHT_TO_LEFT = lazy_pattern("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff]")
"""A character of a script that is written from right to left."""

MAX_SEARCHED = 500
"""Code points of a paragraph in which its first letter is looked for."""

_BRACKETS = (
    "()[]{}༺༻༼༽᚛᚜⁅⁆⁽⁾₍₎⌈⌉⌊⌋❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟅⟆⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯⦃⦄⦅⦆⦇⦈⦉⦊⦋⦌⦍⦐⦏⦎⦑⦒⦓⦔⦕⦖⦗⦘⧘⧙"
    "⧚⧛⧼⧽⸢⸣⸤⸥⸦⸧⸨⸩⹕⹖⹗⹘⹙⹚⹛⹜〈〉《》「」『』【】〔〕〖〗〘〙〚〛﹙﹚﹛﹜﹝﹞（）［］｛｝｟｠｢｣\u2329\u232a"
)
"""The pairs of brackets, each an opening and a closing one (Bidi_Paired_Bracket)."""
_CLOSING = dict(zip(_BRACKETS[::2], _BRACKETS[1::2], strict=True))
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}
_SAME = {"\u2329": "\u3008", "\u232a": "\u3009"}
"""Brackets that are canonically equivalent to others."""
_MAX_OPEN = 63
"""Open brackets with which pairs are no longer looked for (BD16)."""
_SIDES = "<>«»‹›≤≥≪≫∈∋⊂⊃⊆⊇"
_MIRRORED = {
    **_CLOSING,
    **_OPENING,
    **dict(zip(_SIDES[::2], _SIDES[1::2], strict=True)),
    **dict(zip(_SIDES[1::2], _SIDES[::2], strict=True)),
}

_STRONG = frozenset({"L", "R", "EN", "AN"})
"""The classes that have a direction after the rules for weak ones."""

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

    originals = [bidirectional(character) or "L" for character in row]
    kinds = _resolved_weak(originals, "LR"[base])
    _resolve_brackets(row, originals, kinds, "LR"[base])
    _resolve_neutral(kinds, "LR"[base])
    levels = [_LEVELS[base][kind] for kind in kinds]  # rules I1 and I2
    is_trailing = True
    for index in range(len(row) - 1, -1, -1):  # rule L1
        kind = originals[index]
        is_trailing = kind in {"S", "B"} or (is_trailing and kind in {"WS", "BN"})
        if is_trailing:
            levels[index] = base
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


def _resolve_brackets(row: str, originals: list[str], kinds: list[str], base: str) -> None:
    """Give both brackets of a pair one direction, by what is inside and before (rule N0).

    `originals` are the classes of the characters, and `kinds` those after the rules for weak ones.
    """
    for opening, closing in _pairs(row, kinds):
        inside = {_side(kind) for kind in kinds[opening + 1 : closing] if kind in _STRONG}
        if not inside:
            continue
        side = base
        if base not in inside:
            before = (_side(kind) for kind in reversed(kinds[:opening]) if kind in _STRONG)
            side = next(before, base)
        for index in (opening, closing):
            kinds[index] = side
            after = index + 1
            while after < len(kinds) and originals[after] in {"NSM", "BN"}:
                kinds[after] = side
                after += 1


def _pairs(row: str, kinds: list[str]) -> list[tuple[int, int]]:
    """Return the indexes of the pairs of brackets, sorted by the opening ones (BD16)."""
    found: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for index, character in enumerate(row):
        if kinds[index] != "ON":
            continue
        if character in _CLOSING:
            if len(waiting) == _MAX_OPEN:
                return []
            closing = _CLOSING[character]
            waiting.append((_SAME.get(closing, closing), index))
        elif character in _OPENING:
            closing = _SAME.get(character, character)
            depth = next(
                (n for n in range(len(waiting) - 1, -1, -1) if waiting[n][0] == closing), -1
            )
            if depth >= 0:
                found.append((waiting[depth][1], index))
                del waiting[depth:]
    return sorted(found, key=itemgetter(0))


def _resolve_neutral(kinds: list[str], base: str) -> None:
    """Give neutral characters the direction of those around them, else the base (N1 and N2)."""
    index = 0
    while index < len(kinds):
        end = index
        while end < len(kinds) and kinds[end] not in _STRONG:
            end += 1
        if end > index:
            left = _side(kinds[index - 1]) if index else base
            right = _side(kinds[end]) if end < len(kinds) else base
            kinds[index:end] = [left if left == right else base] * (end - index)
        index = end + 1


def _side(kind: str) -> str:
    """Return the direction that a class lends to neutral characters beside it."""
    return "L" if kind == "L" else "R"
