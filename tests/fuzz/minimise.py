"""Fewer inputs that show the same fault, by delta debugging."""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def minimise(items: Sequence[T], fails: Callable[[Sequence[T]], bool], runs: int) -> list[T]:
    """A part of the items that still fails, tried at most so many times.

    All of the items fail. Without the bound on the runs no item of the answer could be left out.
    """
    left, parts = list(items), 2
    while len(left) >= 2 and runs > 0:
        size = -(-len(left) // parts)
        for start in range(0, len(left), size):
            rest = left[:start] + left[start + size :]
            runs -= 1
            if rest and fails(rest):
                left, parts = rest, max(parts - 1, 2)
                break
            if runs <= 0:
                return left
        else:
            if size == 1:
                return left
            parts = min(len(left), parts * 2)
    return left
