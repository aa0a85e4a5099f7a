"""Imports, while the reader reads, the screens that are probably opened next."""

from importlib import import_module

PRELOAD_DELAY = 2.5
"""Seconds after the first paint before the screens are imported."""

SCREENS = ("dialogs", "notes", "speakers", "note_editor", "search")
"""The modules of `ui/screens`; each takes some milliseconds, which its first key would wait for."""


def preload_screens() -> None:
    """Import the screens; runs in a thread."""
    for name in SCREENS:
        import_module(f"tuireader.ui.screens.{name}")
