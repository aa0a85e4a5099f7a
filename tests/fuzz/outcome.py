"""What came of one session of typing."""

import traceback
from dataclasses import dataclass
from pathlib import Path

LONGEST = 20_000
"""Characters of a traceback that are kept: a recursion has very long ones."""


@dataclass
class Outcome:
    """How much was typed, how much was acknowledged, and what failed."""

    typed: int = 0
    acknowledged: int = 0
    kind: str = ""
    """What failed, the same each time it does; empty if nothing did."""
    details: str = ""

    def count(self, inputs: int) -> None:
        """Count inputs that are typed now."""
        self.typed += inputs

    def fail(self, kind: str, details: str) -> None:
        """Remember what failed."""
        self.kind, self.details = kind, details[-LONGEST:]

    def fail_with(self, error: BaseException) -> None:
        """Remember an error, by its type and by the last place of ours that it came through."""
        inner = getattr(error, "error", None)
        cause = inner if isinstance(inner, BaseException) else error
        frames = traceback.extract_tb(cause.__traceback__)
        ours = [frame for frame in frames if "tuireader/ui" in frame.filename] or frames
        place = f" in {Path(ours[-1].filename).name}:{ours[-1].name}" if ours else ""
        what = str(cause).splitlines()[0][:80] if str(cause) else ""
        self.fail(
            f"{type(cause).__name__}{place}: {what}", "".join(traceback.format_exception(cause))
        )
