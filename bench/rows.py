"""A row of the table that `python -m bench` prints."""

from typing import NamedTuple


class Row(NamedTuple):
    """A figure, and what it is compared with in the same run."""

    what: str
    figure: float
    unit: str
    compared: float | None = None
    """The figure of the bare Textual application, or of SQLite; None if nothing is comparable."""

    def __str__(self) -> str:
        """Return the row as it is printed, with the ratio."""
        ratio = f"{self.figure / self.compared:8.2f}" if self.compared else ""
        return f"  {self.what:<46}{self.figure:9.1f} {self.unit:<4}{ratio}"
