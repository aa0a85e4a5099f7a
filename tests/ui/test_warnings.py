"""What the reader is told when the program starts."""

from pathlib import Path

import pytest
from ui.pilot_reader import Start

from tuireader.paths import AppPaths


@pytest.fixture
def folders(tmp_path: Path) -> AppPaths:
    return AppPaths.find(str(tmp_path / "Dropbox" / "desk"), {})


async def test_a_synchronised_folder_is_told_once_when_the_reader_starts(start: Start) -> None:
    async with start() as reader:
        told = [notice.message for notice in reader.app._notifications]
        assert len(told) == 1
        assert "Dropbox synchronises" in told[0]
