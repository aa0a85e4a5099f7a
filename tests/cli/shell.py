"""The command line, run in the process of a test."""

import json
from pathlib import Path
from typing import Any

import pytest

from tuireader.__main__ import main

ARTICLE = """\
date 2024-09-04
The ferry

The boat leaves at noon.

“We sail at noon,” Ada Moor said on Monday. “We always have.”
"""


class Shell:
    """Runs command lines in this process and holds what they printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys
        self.out = self.err = ""

    def __call__(self, *words: str | Path) -> int:
        status = main([str(word) for word in words])
        self.out, self.err = self.capsys.readouterr()
        return status

    def json(self, *words: str | Path) -> Any:
        assert self(*words) == 0, self.err
        return json.loads(self.out)
