"""How the programs are started that are measured."""

import os
import sys
from pathlib import Path

BARE = [sys.executable, str(Path(__file__).with_name("bare.py"))]
READER = [sys.executable, "-m", "tuireader"]


def environment(data: Path) -> dict[str, str]:
    """Return the variables of a full terminal, and of a data folder that no other run uses."""
    hidden = ("NO_COLOR", "PYTHONDONTWRITEBYTECODE", "TEXTUAL", "COLUMNS", "LINES", "LC_", "LANG")
    environ = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    return environ | {
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LC_ALL": "C.UTF-8",
        "TUIREADER_DATA_DIR": str(data),
    }
