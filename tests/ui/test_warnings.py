"""What the reader is told when the program starts."""

from pathlib import Path

import pytest

from tuireader.folders import Folders


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders.find(str(tmp_path / "Dropbox" / "desk"), {})


async def test_a_synchronised_folder_is_told_once_when_the_reader_starts(start) -> None:
    async with start() as reader:
        told = [notice.message for notice in reader.app._notifications]
        assert len(told) == 1
        assert "Dropbox keeps in step" in told[0]
