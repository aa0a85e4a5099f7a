"""A stretch of an article's text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """The half-open stretch [start, end) of a text, in code points."""

    start: int
    end: int

    def __len__(self) -> int:
        """How many code points it holds."""
        return self.end - self.start

    def __contains__(self, offset: int) -> bool:
        """Whether the code point at the offset is in it."""
        return self.start <= offset < self.end

    def overlaps(self, other: "Passage") -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """Its words in the text."""
        return text[self.start : self.end]

    def trimmed(self, text: str) -> "Passage":
        """Without the white space at either end; empty at its start if there is nothing else."""
        words = self.of(text)
        start = self.start + len(words) - len(words.lstrip())
        return Passage(start, max(start, self.start + len(words.rstrip())))
