"""Saved searches on the screen: saving a filter, and renaming, moving, changing and removing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tuireader.domain.errors import TuiReaderError

if TYPE_CHECKING:
    from tuireader.app.context import AppContext
    from tuireader.ui.notebook_editor import NotebookEditor, Notifier
    from tuireader.ui.workers import Tasks

SearchVerb = Literal["rename", "move", "change", "remove"]
"""What can be done with a saved search; "change" gives it another query."""

NAME_QUESTION = "Name of the saved search"


class SavedSearchController:
    """Changes the saved searches; each change is one undo step."""

    def __init__(
        self, context: AppContext, notifier: Notifier, tasks: Tasks, editor: NotebookEditor
    ) -> None:
        """Take the services of the screen."""
        self._context = context
        self._notifier = notifier
        self._tasks = tasks
        self._editor = editor

    async def save(self, query: str) -> None:
        """Ask for a name, and save a query under it; without a query, say what to do."""
        from tuireader.ui.screens.dialogs import QuestionScreen  # noqa: PLC0415 - not at the start

        if not query:
            self._notifier.say("Nothing to save. Press / and type a query first.")
            return
        name = await self._tasks.ask(QuestionScreen(f"{NAME_QUESTION} “{query}”"))
        if name:
            lists = self._context.notebook.lists
            message = f"Saved as “{name}”, which is among the sources. Press u to undo."
            self._editor.change(lambda: lists.add(name, query), message)

    async def edit(self, verb: SearchVerb, name: str) -> None:
        """Run a command of `SearchVerb` on the saved search of a name; "remove" asks nothing."""
        lists = self._context.notebook.lists
        match verb:
            case "rename":
                new = await self._ask(NAME_QUESTION, name)
                if new:
                    self._rename(name, new)
            case "move":
                await self._move(name)
            case "change":
                query = await self._ask(f"Query of “{name}”", lists.queries().get(name, ""))
                if query and self._is_valid(query, name):
                    self._editor.change(lambda: lists.change(name, query=query), f"Changed: {name}")
            case "remove":
                self._editor.change(
                    lambda: lists.remove(name), f"Removed: {name}. Press u to undo."
                )

    def _rename(self, name: str, new: str) -> None:
        """Give a saved search another name, also in the others that name it."""
        from tuireader.library.query.saved import with_list_renamed  # noqa: PLC0415 - seldom needed

        lists = self._context.notebook.lists
        self._editor.change(lambda: lists.rename(name, new, with_list_renamed), f"Renamed: {new}")

    async def _move(self, name: str) -> None:
        """Ask for the place of a saved search among all, and move it there."""
        lists = self._context.notebook.lists
        names = list(lists.queries())
        here = names.index(name)
        place = await self._ask(f"Place of “{name}”, 1 to {len(names)}", str(here + 1))
        if place and place.isdecimal() and 1 <= int(place[:6]) <= len(names):
            steps = int(place) - 1 - here
            self._editor.change(lambda: lists.move(name, steps), f"Moved to place {place}: {name}")
        elif place:
            self._notifier.say(f"Type a number from 1 to {len(names)}. Nothing was moved.")

    async def _ask(self, question: str, answer: str) -> str | None:
        """Ask for a line of text, which is `answer` at first; None if the user cancels."""
        from tuireader.ui.screens.dialogs import QuestionScreen  # noqa: PLC0415 - not at the start

        return await self._tasks.ask(QuestionScreen(question, answer))

    def _is_valid(self, query: str, name: str) -> bool:
        """Return whether a query can be saved under a name; if not, show why."""
        try:
            self._context.library_search().parse(query, name=name)
        except TuiReaderError as error:
            self._notifier.complain(error)
            return False
        return True
