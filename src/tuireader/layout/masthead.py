"""The masthead above the text: title, outlet, author, date, reading time, progress and source."""

from collections.abc import Iterable, Sequence
from math import ceil

from tuireader.domain.article import Article
from tuireader.domain.blocks import BlockKind
from tuireader.domain.dates import long_date
from tuireader.layout.border import PIECE
from tuireader.layout.cells import cell_width, fit_cells
from tuireader.layout.wrap import wrap_rows

READING_SPEED = 1428
"""Code points a minute: 238 English words (Brysbaert 2019), at six code points with the space."""

MOST_TITLE_ROWS, MOST_FACT_ROWS = 5, 2
"""The rows that the title and the facts have at most."""

BAR_CELLS = 10
"""The cells of the progress bar."""

MastheadRow = Sequence[PIECE]
"""A row of the masthead: pieces of text with the names of their styles."""


def reading_minutes(length: int) -> int:
    """Return how many minutes a text of `length` code points takes to read, at least 1."""
    return max(1, ceil(length / READING_SPEED))


def masthead(article: Article, width: int, height: int) -> tuple[MastheadRow, ...]:
    """Return the rows above the text, for a column of `width` cells; () for no article.

    They take at most a third of the `height` of the screen, in rows: what is told last is left
    out first. A title that the text itself begins with is not told twice. The row of the progress
    is empty; see `progress_row`.
    """
    if not article.text:
        return ()
    title = [] if _begins_with_title(article) else _wrapped(article.title, width, MOST_TITLE_ROWS)
    facts = _fact_rows(_facts(article), width) or ["…"]
    rows: list[MastheadRow] = [((line, "headline"),) for line in title]
    rows += [((line, "faint"),) for line in facts]
    rows.append(())
    source = _source(article)
    if source:
        rows.append(((fit_cells(source, min(cell_width(source), width)), "source"),))
    room = height // 3 - 2
    if room < 1:
        return ()
    return (*rows[:room], (("─" * width, "rule"),), ())


def progress_place(rows: Sequence[MastheadRow]) -> int | None:
    """Return the number of the row for the progress in a masthead; None if it has none."""
    return next((number for number, row in enumerate(rows[:-1]) if not row), None)


def progress_row(share: float, tags: Iterable[str], width: int) -> MastheadRow:
    """Return the row of the masthead with the progress bar and the tags, for `width` cells.

    Args:
        share: How much of the article was read, from 0 to 1.
        tags: The tags of the article; those without room are left out.
        width: The width of the column in cells.
    """
    done = round(share * BAR_CELLS)
    pieces = [
        ("━" * done, "progress"),
        ("─" * (BAR_CELLS - done), "rule"),
        (f" {share:.0%} read" if share < 1 else " read", "faint"),
    ]
    used = sum(cell_width(text) for text, _ in pieces)
    for tag in tags:
        pill = f" {tag} "
        used += cell_width(pill) + 2
        if used > width:
            break
        pieces += [("  ", ""), (pill, "pill")]
    return pieces if used <= width or len(pieces) > 3 else [(f"{share:.0%}", "faint")]


def spoken_progress(share: float, tags: Iterable[str], width: int) -> MastheadRow:
    """Return what `progress_row` tells, in words for a screen reader; none if there is nothing.

    >>> spoken_progress(0.4, ("sea", "law"), 40)
    [('40% read. Tags: sea, law', 'faint')]
    """
    state = "read" if share >= 1 else f"{share:.0%} read" if share else ""
    listed = ", ".join(tags)
    words = ". ".join(filter(None, (state, f"Tags: {listed}" if listed else "")))
    return [(fit_cells(words, min(cell_width(words), width)), "faint")]


def _begins_with_title(article: Article) -> bool:
    """Return whether the first block of the text is the title; True if there is no title."""
    if not article.title:
        return True
    first = article.blocks[0] if len(article.blocks) else None
    if first is None or first.kind is not BlockKind.HEADING:
        return False
    words = article.text[first.start : first.end]
    return " ".join(words.split()).casefold() == " ".join(article.title.split()).casefold()


def _facts(article: Article) -> list[str]:
    """Return outlet, author, date and reading time, as far as they are known."""
    facts = [article.outlet, article.author]
    if article.date is not None:
        facts.append(long_date(article.date))
    if article.complete:
        facts.append(f"{reading_minutes(len(article.text))} min")
    return [fact for fact in facts if fact]


def _fact_rows(facts: Sequence[str], width: int) -> list[str]:
    """Return facts with " · " between them in rows of `width` cells, of which none is divided.

    There are at most `MOST_FACT_ROWS`. What does not fit is wrapped with the others as a text.
    """
    rows: list[str] = []
    for fact in facts:
        longer = f"{rows[-1]} · {fact}" if rows else fact
        if rows and cell_width(longer) <= width:
            rows[-1] = longer
        else:
            rows.append(fact)
    if len(rows) <= MOST_FACT_ROWS and all(cell_width(row) <= width for row in rows):
        return rows
    return _wrapped(" · ".join(facts), width, MOST_FACT_ROWS)


def _source(article: Article) -> str:
    """Return the address that the article is from; "" for a file, whose name is in the list."""
    source = article.source or article.location
    return source if "://" in source else ""


def _wrapped(text: str, width: int, most: int) -> list[str]:
    """Return a text wrapped to `width` cells, in at most `most` rows; [] for ""."""
    line = " ".join(text.split())
    if not line:
        return []
    found = [line[start:end] for start, end in wrap_rows(line, 0, len(line), max(1, width))]
    if len(found) > most:
        found = [*found[: most - 1], fit_cells(f"{found[most - 1]}…", width)]
    return found
