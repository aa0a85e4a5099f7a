"""The trash: what was thrown away is looked through, taken out again, or dropped."""

from textual import on

from tuireader.ui.bindings import PANES, key
from tuireader.ui.screens.kept import KeptScreen
from tuireader.ui.type_ahead import opens_dialog
from tuireader.ui.widgets.trash_list import TrashList


class TrashScreen(KeptScreen):
    """The trash."""

    BINDINGS = [
        key("X", "back", "Back", "Back to where you were", PANES, name="trash-back"),
    ]

    def make_list(self) -> TrashList:
        """All that was thrown away."""
        return TrashList()

    def renew(self) -> None:
        """Show what is in the trash."""
        self.query_one(TrashList).bookmarks = self.notebook.trash.all()

    @on(TrashList.Restored)
    def _restored(self, event: TrashList.Restored) -> None:
        ids = [mark.id for mark in event.bookmarks]
        taken = (
            "Taken out of the trash." if len(ids) == 1 else f"{len(ids)} taken out of the trash."
        )
        self.change(lambda: self.notebook.trash.restore(*ids), taken)

    @on(TrashList.Emptied)
    @opens_dialog
    async def _emptied(self) -> None:
        from tuireader.ui.screens.question import Question  # noqa: PLC0415 - not at the start

        count = len(self.notebook.trash.all())
        if not count:
            self.say("The trash is empty.")
            return
        passages = "the passage" if count == 1 else f"all {count} passages"
        question = f"Drop {passages} in the trash? u undoes it for 30 days. Type yes"
        answer = await self.app.push_screen_wait(Question(question))
        if (answer or "").lower() in {"y", "yes"}:
            self.change(self.notebook.trash.empty, "The trash is empty; u brings it all back.")
        else:
            self.say("Nothing was dropped.")
