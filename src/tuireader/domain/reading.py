"""When an article counts as read, and how far it was read.

How far: the text that was on the screen without a gap from its start. A jump leaves a gap, and
the text after the gap does not count. Read: the end was reached in this way, and was then on the
screen for as long as a fast reader needs for the text that came with it. An article that was opened
in the middle is read as well when its end was reached from there by moving on, and that took as
long as a fast reader needs for all of the article that was not read before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import floor

from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import ReadingProgress

SKIMMING_SPEED = 100.0
"""Code points a second that are faster than reading: about 1,000 English words a minute.

Silent reading of English has a mean of 238 words a minute (Brysbaert 2019, 190 studies), and the
fastest readers in them reach 400. Four times the mean separates reading from paging through.
"""

SHORTEST, LONGEST = 2.0, 30.0
"""Seconds that the end of an article is on the screen before it counts as read, at least and at
most. The maximum matters only on very large screens."""

MOST_BLANK = 64
"""Code points of white space after the last row that do not count as unread."""


def is_read(seconds: float, unseen: int) -> bool:
    """Return whether an article counts as read, from how long its end was on the screen.

    The longer the text that came on the screen with the end, the longer it must stay there. This is
    the only place where that is decided, except that users mark articles themselves.

    Args:
        seconds: How long its end has been on the screen.
        unseen: The code points that were not on the screen before its end was.
    """
    return seconds >= min(LONGEST, max(SHORTEST, unseen / SKIMMING_SPEED))


def end_of(article: Article, seen: Passage) -> int:
    """Return the end, in code points, of the text that is on the screen.

    `seen` is the passage on the screen. If only white space follows it in a completely loaded text,
    the end of the text is returned.
    """
    rest = article.text[seen.end : seen.end + MOST_BLANK]
    is_end = article.complete and len(rest) < MOST_BLANK and not rest.strip()
    return len(article.text) if is_end else seen.end


def is_continuous(known: ReadingProgress, article: Article, seen: Passage) -> bool:
    """Return whether the passage on the screen continues the text that was read before.

    `known` is the progress before, `seen` the passage on the screen. Nothing may lie between them
    but white space; after the first screen, up to half a screen may be skipped, as the motion to
    the next paragraph does.
    """
    gap = seen.start - known.furthest
    if gap <= 0 or (known.furthest and gap <= len(seen) // 2):
        return True
    return gap <= MOST_BLANK and not article.text[known.furthest : seen.start].strip()


def advance(
    known: ReadingProgress, article: Article, offset: int, seen: Passage
) -> ReadingProgress:
    """Return the progress in an article after the cursor moved.

    `furthest` grows only if the passage on the screen continues what was read. The length of a text
    that is still loading is not known; the known length is kept.

    Args:
        known: The progress before the move.
        article: The article, of which only the beginning may be loaded.
        offset: Where the cursor is, in code points.
        seen: The passage on the screen.
    """
    reached = end_of(article, seen) if is_continuous(known, article, seen) else 0
    return replace(
        known,
        offset=offset,
        furthest=max(reached, known.furthest),
        length=len(article.text) if article.complete else known.length,
    )


def whole_progress(
    location: str, chapters: Iterable[str], readings: Mapping[str, ReadingProgress]
) -> ReadingProgress:
    """Return how far a book was read: the mean of its chapters, of which each counts the same.

    The lengths of chapters that were never opened are not known. A book is read when all chapters
    are; without chapters, it is not begun. The length is in percents of a chapter.

    Args:
        location: What the result has as its location.
        chapters: The locations of the chapters.
        readings: The progress by location; chapters that were never opened are missing.
    """
    known = [readings.get(chapter) for chapter in chapters]
    read = sum(100 * each.progress for each in known if each)
    return ReadingProgress(
        location=location,
        furthest=max(floor(read), int(read > 0)),
        length=100 * len(known),
        done=bool(known) and all(each and each.done for each in known),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The text that was on the screen without a gap since the last jump, and for how long."""

    first: Passage
    """What was on the screen after the jump."""
    last: Passage
    """What is on the screen now."""
    seconds: float = 0.0

    def moved(self, seen: Passage) -> "Stretch":
        """Return the stretch after a move to the passage `seen`; a new one after a jump.

        Up to half a screen may be skipped, as in `is_continuous`.
        """
        allowed = len(seen) // 2
        if seen.start > self.last.end + allowed or seen.end + allowed < self.last.start:
            return Stretch(first=seen, last=seen)
        return replace(self, last=seen)

    def is_read_to(self, end: int, unread: int) -> bool:
        """Return whether the text was read in this stretch up to `end`, in code points.

        `unread` are the code points of the whole text that were not read before. What a jump has
        put on the screen does not count unless the user has moved on from there.
        """
        is_moved_on = self.first.end < end <= self.last.end
        return is_moved_on and self.seconds >= max(SHORTEST, unread / SKIMMING_SPEED)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndView:
    """How long the end of the open article has been on the screen.

    A new one is made when an article is opened.
    """

    is_shown: bool = False
    """Whether it is on the screen now, and was reached without a gap."""
    unseen: int | None = None
    """The code points that came on the screen with the end; None before it was reached."""
    seconds: float = 0.0
    """How long it was on the screen since the article was opened."""
    stretch: Stretch | None = None
    """The stretch of the text that is on the screen; None before the first move."""
    length: int = 0
    """The length of the text in code points; 0 while it is still loading."""
    furthest: int = 0
    """How far the text was read without a gap from its start, in code points."""

    def moved(self, known: ReadingProgress, article: Article, seen: Passage) -> "EndView":
        """Return the state after the cursor moved: whether the end is shown now.

        `known` is the progress before the move, `seen` the passage that is on the screen now. A
        text that is still loading has no end. `seconds` stays as it is.
        """
        length = len(article.text)
        now = Passage(seen.start, end_of(article, seen))
        view = replace(
            self,
            stretch=self.stretch.moved(now) if self.stretch else Stretch(first=now, last=now),
            length=length if article.complete else 0,
            furthest=known.furthest,
        )
        is_shown = (
            article.complete
            and end_of(article, seen) == length
            and is_continuous(known, article, seen)
        )
        if not is_shown or self.unseen is not None:
            return replace(view, is_shown=is_shown)
        begin = known.furthest if known.furthest < length else seen.start
        return replace(view, is_shown=True, unseen=length - begin)

    def waited(self, seconds: float) -> "EndView":
        """Return the state after some seconds without a move.

        They count for the stretch, and if the end is shown for the end.
        """
        stretch = self.stretch
        if stretch is not None:
            stretch = replace(stretch, seconds=stretch.seconds + seconds)
        shown = seconds if self.is_shown else 0.0
        return replace(self, seconds=self.seconds + shown, stretch=stretch)

    @property
    def is_read(self) -> bool:
        """Whether the end is shown and was shown long enough for the article to count as read."""
        if self.is_shown and self.unseen is not None and is_read(self.seconds, self.unseen):
            return True
        if self.stretch is None or not self.length:
            return False
        return self.stretch.is_read_to(self.length, self.length - self.furthest)
