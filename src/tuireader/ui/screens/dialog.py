"""Screens that give an answer: they give it once."""

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

T = TypeVar("T")


class Answering(Screen[T]):
    """A screen that gives one answer; what comes after it is ignored."""

    _is_answered = False

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Give the answer and close.

        Textual's own would close another screen if this one were closed or covered already.
        """
        if self._is_answered or self.app.screen is not self:
            nothing: AwaitComplete = AwaitComplete.nothing()  # type: ignore[no-untyped-call] # Textual's, unannotated
            return nothing
        self._is_answered = True
        return super().dismiss(result)


class Dialog(Answering[T], ModalScreen[T]):
    """A question on top of the screen that asks it."""
