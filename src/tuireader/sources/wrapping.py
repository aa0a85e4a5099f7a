"""Lines that were broken for want of room, and how they are joined again."""

from itertools import pairwise


def wrap_width(lines: list[str]) -> int:
    """The width at which a text's lines were broken by hand or by a program; 0 if they were not.

    Most lines that another follows end within 16 columns of the width.
    """
    lengths = sorted(
        len(line.rstrip())
        for line, following in pairwise(lines)
        if line.strip() and following.strip()
    )
    if len(lengths) < 8:
        return 0
    width = lengths[int(len(lengths) * 0.97)]
    if not 40 <= width <= 110:
        return 0
    near = sum(width - 16 <= length for length in lengths)
    return width if near >= 0.6 * len(lengths) else 0


def is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of the following line would not have fitted on the line."""
    word = following.split(maxsplit=1)[0]
    return len(line.rstrip()) + 1 + len(word) > width - 2


def paragraph_starts(lines: list[str]) -> set[int]:
    """The numbers of lines that begin a paragraph by being indented deeper than the one below."""
    indents = [len(line) - len(line.lstrip()) for line in lines]
    base = min(indents)
    deeper = [number for number, indent in enumerate(indents) if number and indent > base]
    if not deeper or len(deeper) > 0.6 * len(lines):
        return set()
    return set(deeper)


def joined(lines: list[str]) -> str:
    """The lines on one line; a blank between them, but for scripts that write none."""
    if all(line[-1] < "\u2e80" for line in lines):
        return " ".join(lines)
    text = lines[0]
    for line in lines[1:]:
        text += line if _is_wide(text[-1]) and _is_wide(line[0]) else f" {line}"
    return text


def _is_wide(char: str) -> bool:
    return "\u2e80" <= char < "\uac00" or "\uff00" <= char < "\uffa0"
