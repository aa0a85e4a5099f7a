"""What the reader says of an article's quotations."""

from dataclasses import dataclass

from tuireader.domain.passage import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What the reader says of one quotation; what is None stays as it is found."""

    id: int
    passage: Passage
    """Where the quotation stands that it is about, or that the reader added."""
    speaker: str | None = None
    """Who said it; empty for somebody who is not named."""
    extent: Passage | None = None
    """From its first to its last word."""
    dismissed: bool = False
    """Whether it is no quotation."""

    @property
    def asserts(self) -> bool:
        """Whether it says enough to stand for a quotation that is not found any more."""
        return self.speaker is not None or self.extent is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class SameSpeaker:
    """In a whole article, one name is another name's bearer."""

    name: str
    speaker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """All that the reader says of one article's quotations."""

    quotes: tuple[Correction, ...] = ()
    names: tuple[SameSpeaker, ...] = ()
    lost: int = 0
    """How many more are kept whose words are not in the text as it is now."""

    def __bool__(self) -> bool:
        """Whether the reader says anything."""
        return bool(self.quotes or self.names)


NO_CORRECTIONS = Corrections()
