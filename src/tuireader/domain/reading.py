"""When an article counts as read, and how far it was read.

How far: the text that was on the screen without a gap from its start. A jump leaves a gap, and
what lies beyond it does not count. Read: the end was reached in this way, and was then on the
screen for as long as a fast reader needs for the text that came with it.
"""

from dataclasses import dataclass, replace

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

    def moved(self, known: ReadingProgress, article: Article, seen: Passage) -> "EndView":
        """Return the state after the cursor moved: whether the end is shown now.

        `known` is the progress before the move, `seen` the passage that is on the screen now. A
        text that is still loading has no end. `seconds` stays as it is.
        """
        length = len(article.text)
        is_shown = (
            article.complete
            and end_of(article, seen) == length
            and is_continuous(known, article, seen)
        )
        if not is_shown or self.unseen is not None:
            return replace(self, is_shown=is_shown)
        begin = known.furthest if known.furthest < length else seen.start
        return replace(self, is_shown=True, unseen=length - begin)

    def waited(self, seconds: float) -> "EndView":
        """Return the state after some seconds without a move; they count if the end is shown."""
        return replace(self, seconds=self.seconds + seconds) if self.is_shown else self

    @property
    def is_read(self) -> bool:
        """Whether the end is shown and was shown long enough for the article to count as read."""
        return self.is_shown and self.unseen is not None and is_read(self.seconds, self.unseen)
