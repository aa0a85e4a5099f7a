"""The screens that are opened next are imported before their key is pressed."""

import subprocess
import sys

PROGRAM = """
import sys
from tuireader.ui.reader.preloading import SCREENS, preload_screens
preload_screens()
assert all(f"tuireader.ui.screens.{name}" in sys.modules for name in SCREENS)
assert "tuireader.ui.screens.notes" in sys.modules
"""


def test_the_screens_are_imported() -> None:
    subprocess.run([sys.executable, "-c", PROGRAM], check=True)
