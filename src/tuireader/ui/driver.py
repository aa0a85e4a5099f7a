"""Which driver the terminal gets."""

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.driver import Driver

RELIED_ON = ("run_input_thread", "disable_input", "start_application_mode", "process_message")
"""What the quick driver replaces or calls of Textual's own."""


def quick_driver(attributes: list[Any] | None = None) -> "type[Driver] | None":
    """The driver that leaves at once; None where Textual's own must be used.

    `attributes` are the terminal's before the first paint; None if there was none.
    It relies on internals of Textual 8.2, so Textual's own is used where they
    are not what is expected.
    """
    if sys.platform == "win32":
        return None
    from textual._xterm_parser import XTermParser  # noqa: PLC0415 - not there on Windows
    from textual.drivers.linux_driver import LinuxDriver  # noqa: PLC0415 - the same

    if not all(hasattr(LinuxDriver, name) for name in RELIED_ON):
        return None
    if not hasattr(XTermParser(), "_timeout_time"):
        return None
    from tuireader.ui.quick_driver import QuickDriver  # noqa: PLC0415 - the same

    QuickDriver.attributes = attributes
    QuickDriver.painted = attributes is not None
    return QuickDriver
