"""What is on the screen, cell by cell; `make screens ARGS=--keep` keeps what is meant to change."""

from pathlib import Path

import pytest
from screens.cells import cells_of
from screens.scenes import play, stage
from screens.snapshots import FOLDER, SNAPSHOTS


@pytest.mark.parametrize("name", SNAPSHOTS)
async def test_a_screen_looks_as_it_was_kept(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, size, look = SNAPSHOTS[name]
    # Nothing happens by itself, such as the progress that is counted each second.
    monkeypatch.setattr("tuireader.ui.reader.screen.TICK_INTERVAL", 3600.0)
    if look.no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    async with stage(tmp_path / "desk", size, look, scene) as reader:
        await play(reader, scene)
        found = cells_of(reader.app.screen._compositor.render_strips())
    assert found == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
