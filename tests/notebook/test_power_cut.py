"""Power cuts of a real disk: ext4 on a loop device, shut down without flushing."""

import fcntl
import os
import shutil
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tuireader.notebook.journal.tinydb_storage import JournalDB

SHUTDOWN = 0x8004587D
"""EXT4_IOC_SHUTDOWN, with 2: nothing that is in memory reaches the disk."""

WRITER = """
import sys
from pathlib import Path
from tuireader.notebook.journal.tinydb_storage import JournalDB

with JournalDB(Path(sys.argv[1])) as database:
    table = database.table("notes")
    for number in range(100_000):
        table.insert({"key": f"{sys.argv[2]}-{number}", "text": "words " * (number % 50)})
        print(f"{sys.argv[2]}-{number}", flush=True)
"""


def run(*words: object) -> None:
    subprocess.run([str(word) for word in words], check=True, capture_output=True)


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """A disk in a file."""
    if os.geteuid() or not Path("/dev/loop-control").exists() or not shutil.which("mkfs.ext4"):
        pytest.skip("needs root, loop devices and mkfs.ext4")
    path = tmp_path / "image"
    with path.open("wb") as file:
        file.truncate(24 << 20)
    run("mkfs.ext4", "-q", "-F", "-J", "size=4", path)
    return path


@pytest.fixture
def mounted(image: Path, tmp_path: Path) -> Iterator[Path]:
    """Return where the disk is mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    try:
        run("mount", "-o", "loop", image, place)
    except subprocess.CalledProcessError:
        pytest.skip("no loop device can be mounted here")
    yield place
    run("umount", "-l", place)


def test_a_power_cut_takes_nothing_that_was_acknowledged(image: Path, mounted: Path) -> None:
    acknowledged: set[str] = set()
    for round_number in range(4):
        path = mounted / "desk" / "notes.jsonl"
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(round_number)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None
        for _ in range(1 + 20 * round_number):
            acknowledged.add(next(writer.stdout).strip())
        writer.send_signal(signal.SIGSTOP)
        descriptor = os.open(mounted, os.O_RDONLY)
        fcntl.ioctl(descriptor, SHUTDOWN, struct.pack("I", 2))
        os.close(descriptor)
        writer.kill()
        left = writer.communicate()[0].splitlines()
        acknowledged.update(line for line in left if line)
        run("umount", mounted)
        run("mount", "-o", "loop", image, mounted)
        with JournalDB(path) as database:
            found = {note["key"] for note in database.table("notes")}
        assert acknowledged <= found
