"""Which driver the terminal gets, and what of Textual's own it relies on."""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.driver import Driver

    from tuireader.ui.watchdog import Watchdog

CHECKED_WITH = "8.2"
"""The version of Textual whose names these are."""

LINUX_DRIVER, PARSER = "textual.drivers.linux_driver:LinuxDriver", "textual._xterm_parser"

RELIED_ON = {
    LINUX_DRIVER: (
        "run_input_thread",
        "start_application_mode",
        "stop_application_mode",
        "disable_input",
        "process_message",
        "_query_in_band_window_resize",
        "_sigcont_application",
    ),
    PARSER: ("XTermParser",),
    f"{PARSER}:XTermParser": ("feed",),
    "textual._ansi_sequences": ("ANSI_SEQUENCES_KEYS",),
    "textual.constants": ("ESCAPE_DELAY",),
}
"""What the quick driver and its input replace or call: names by module, or by module:class."""


def missing_names() -> tuple[str, ...]:
    """The names that the installed Textual no longer has, as "module:class.name"."""
    missing = []
    for place, names in RELIED_ON.items():
        module, _, kind = place.partition(":")
        try:
            found: Any = import_module(module)
        except ImportError:
            missing.append(module)
            continue
        owner = getattr(found, kind, None) if kind else found
        missing += [f"{place}.{name}" for name in names if not hasattr(owner, name)]
    return tuple(missing)


def quick_driver(
    attributes: list[Any] | None = None, watchdog: "Watchdog | None" = None
) -> "type[Driver] | None":
    """The driver that leaves at once; None where Textual's own must be used.

    `attributes` are the terminal's before the first paint; None if there was none.
    Textual's own is used where its internals are not what is expected.
    """
    if sys.platform == "win32" or missing_names():
        return None
    from tuireader.ui.quick_driver import QuickDriver  # noqa: PLC0415 - not there on Windows

    QuickDriver.attributes = attributes
    QuickDriver.painted = attributes is not None
    QuickDriver.watchdog = watchdog
    return QuickDriver
