import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from ui.pilot_reader import Start

from tuireader.domain.bookmark import Bookmark, Citation
from tuireader.layout.cells import cell_width
from tuireader.ui.screens.notes import NotesScreen
from tuireader.ui.widgets.note_preview import NotePreview, preview_rows

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
BOOKMARK = Bookmark(
    id=1,
    article=Citation(location="/a.txt", title="The harbour", outlet="Post", author="Ida Strand"),
    anchor=None,
    note="Ask for the minutes.\n\nThen call.",
    tags=("sea", "law"),
    speaker="Ada Voss",
    created=NOW,
    updated=NOW,
)


def test_the_preview_has_the_note_in_full_and_where_it_is_from() -> None:
    rows = ["".join(text for text, _ in row).rstrip() for row in preview_rows(BOOKMARK, 40)]
    assert rows == [
        "The harbour",
        "Post · Ida Strand",
        "",
        "▌ (the whole article)",
        "— Ada Voss",
        "",
        "Ask for the minutes.",
        "",
        "Then call.",
        "",
        " sea    law",
    ]


@given(st.integers(8, 60))
def test_the_rows_of_text_fit(width: int) -> None:
    for row in preview_rows(BOOKMARK, width):
        if all(style != "pill" for _, style in row):
            assert sum(cell_width(text) for text, _ in row) <= max(width, 10)


async def test_the_preview_follows_the_cursor_where_there_is_room(start: Start) -> None:
    async with start() as reader:
        await reader.press("b", "}", "a", *"Look", "ctrl+s", "B")
        preview = reader.top(NotesScreen).query_one(NotePreview)
        shown = "\n".join(row[72:] for row in reader.rows())
        assert "Look" in shown
        await reader.press("j")
        shown = "\n".join(row[72:] for row in reader.rows())
        assert "Look" not in shown
        assert preview.display
    async with start(size=(80, 24)) as reader:
        await reader.press("B")
        assert not reader.top(NotesScreen).query_one(NotePreview).display
