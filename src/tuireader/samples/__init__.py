"""Original articles, so that the first start shows something real."""

from pathlib import Path


def paths() -> tuple[Path, ...]:
    """The sample articles' files in reading order, the guided tour first."""
    folder = Path(__file__).parent
    return tuple(sorted(file for file in folder.iterdir() if file.suffix in {".md", ".txt"}))
