"""What a start keeps for the next one, so that Python need not find or make it again."""

from __future__ import annotations

from tuireader.app.generated_code import GeneratedCode
from tuireader.app.kept_modules import KeptModules, kept_path

TYPE_CHECKING = False  # that of `typing`, whose import takes 2 ms
if TYPE_CHECKING:
    from pathlib import Path


class StartCache:
    """Kept modules and kept generated code, in Python's own folder for bytecode."""

    def __init__(self, folder: Path | None = None) -> None:
        """Take the files of this version of Python, or those in a folder; nothing is read yet."""
        self.modules = KeptModules(str(folder / "modules") if folder else kept_path("modules"))
        self.code = GeneratedCode(str(folder / "start") if folder else kept_path("start"))

    def use(self) -> None:
        """Use what is kept from now on."""
        self.modules.use()
        self.code.use()

    def stop(self) -> None:
        """Use it no more, and note what the start needed; call it when it is over."""
        self.modules.stop()
        self.code.stop()

    def save(self) -> None:
        """Write what was not kept yet."""
        self.modules.save()
        self.code.save()
