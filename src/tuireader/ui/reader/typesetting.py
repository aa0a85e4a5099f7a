"""Changes how the text is set and lit, and keeps what is a setting."""

from tuireader.app.context import AppContext
from tuireader.ui.text_pane.pane import TextPane
from tuireader.ui.text_pane.typography import Choice
from tuireader.ui.widgets.status_line import StatusLine

SETTINGS = ("hyphenate", "justify", "small_caps")
"""The choices that are kept as they are; the others hold until the program ends."""


def set_anew(text: TextPane, choice: Choice, context: AppContext, status: StatusLine) -> None:
    """Change one of the choices, redraw the text, and say what holds now."""
    typography = text.viewport.typography.toggled(choice)
    text.view.set_typography(typography)
    text.cursor_placed(None)
    status.say(typography.said(choice))
    if choice in SETTINGS:
        context.save_choice(**{choice: getattr(typography, choice)})
    elif choice == "whole_lines":
        context.save_choice(wrap_code=typography.sideways is None)


def toggle_tint(text: TextPane, context: AppContext, status: StatusLine) -> None:
    """Tint the quotations in the text, or end that; this is remembered."""
    text.tinted = not text.tinted
    context.save_choice(tint=text.tinted)
    status.say("Quotations tinted" if text.tinted else "Quotations not tinted")
