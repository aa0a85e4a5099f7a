import time
import uuid

import pytest

from tuireader.notebook.journal.ids import IdGenerator

NOW = 1_700_000_000_123_456_789
"""Nanoseconds since 1970."""


def test_ids_are_version_7_uuids_of_this_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: NOW)
    number = IdGenerator().next()
    made = uuid.UUID(int=number)
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert number >> 80 == NOW // 1_000_000


def test_ids_grow_even_when_the_clock_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = IdGenerator()
    first = [ids.next() for _ in range(1000)]
    monkeypatch.setattr(time, "time_ns", lambda: 1)
    numbers = first + [ids.next() for _ in range(10)]
    assert numbers == sorted(set(numbers))
