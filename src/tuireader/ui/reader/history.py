"""The jump list: the places that the user left by jumps, over all articles."""

MAX_HISTORY = 100
"""Places in the history."""

Place = tuple[str, int]
"""The location of an article, and an offset in it in code points."""


class History:
    """The places that the user left by a jump, to go back to, and those to go forward to."""

    def __init__(self, most: int = MAX_HISTORY) -> None:
        """Create an empty history of at most `most` places in each direction."""
        self._most = most
        self._behind: list[Place] = []
        self._ahead: list[Place] = []

    def push(self, place: Place) -> None:
        """Add a place that is left by a jump; there is nothing to go forward to any more.

        A place that is the newest already is not added again, and the oldest is dropped if there
        are too many.
        """
        self._ahead.clear()
        if self._behind[-1:] != [place]:
            self._behind.append(place)
            del self._behind[: -self._most]

    def back(self, here: Place | None, count: int = 1) -> Place | None:
        """Return the place `count` jumps ago; None if there is none.

        `here` is the present place, which is kept to go forward to; None for none. With fewer
        places than `count`, the oldest is returned.
        """
        return _travel(self._behind, self._ahead, here, count)

    def forward(self, here: Place | None, count: int = 1) -> Place | None:
        """Return the place that was left by going back `count` times; None if there is none."""
        return _travel(self._ahead, self._behind, here, count)


def _travel(there: list[Place], other: list[Place], here: Place | None, count: int) -> Place | None:
    """Take `count` places from the list `there`, and return the last.

    `here` and the places passed over are added to the list `other`. None if `there` is empty.
    """
    place = None
    for _ in range(min(max(1, count), len(there))):
        if here is not None:
            other.append(here)
        place = here = there.pop()
        while there and there[-1] == place:
            there.pop()
    return place
