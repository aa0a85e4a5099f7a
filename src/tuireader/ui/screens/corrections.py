"""The screen of the corrections of quotations over all articles."""

from textual import on

from tuireader.notebook.corrections import ListedCorrection
from tuireader.ui.bindings import PANES, key
from tuireader.ui.lists.corrections import CorrectionList
from tuireader.ui.screens.notebook_screen import NotebookScreen
from tuireader.ui.textual_compat import DirectScreen


class CorrectionsScreen(NotebookScreen[ListedCorrection], DirectScreen[ListedCorrection | None]):
    """All corrections of quotations.

    Returns the correction whose quotation to go to, None if the user goes back.
    """

    KEY_SCOPE = "corrections"
    BINDINGS = [key("g c", "back", "Back", "Back to the text", PANES, name="corrections-back")]

    def make_list(self) -> CorrectionList:
        """Return the list of corrections."""
        return CorrectionList()

    def renew(self) -> None:
        """Reload the list of corrections."""
        self.query_one(CorrectionList).show(self.notebook.corrections.all())

    @on(CorrectionList.OpenRequested)
    def _open(self, event: CorrectionList.OpenRequested) -> None:
        """Close the screen and return the correction whose quotation to go to."""
        self.dismiss(event.correction)

    @on(CorrectionList.RemoveRequested)
    def _remove(self, event: CorrectionList.RemoveRequested) -> None:
        """Remove a correction."""
        remove = self.notebook.corrections.remove
        self.change(
            lambda: remove(event.correction),
            "Removed. The quotation is as it was found; u undoes this.",
        )
