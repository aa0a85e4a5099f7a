"""Memory that was freed goes back to the system."""

import subprocess
import sys

import pytest

PROGRAM = """
from pathlib import Path
from tuireader.app.memory import release_memory

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1])

many = [bytearray(5000) for _ in range(8000)]
last = [bytearray(5000)]  # what is behind them keeps the allocator from giving them back
del many
before = resident()
release_memory()
print(before - resident())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc is asked for it")
def test_what_was_freed_is_given_back() -> None:
    command = [sys.executable, "-c", PROGRAM]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(result.stdout) > 20_000_000 // 4096
