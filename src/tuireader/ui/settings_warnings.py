"""What in the settings cannot be used, as sentences for the start of the program."""

from collections.abc import Sequence
from pathlib import Path

from tuireader.settings import Settings
from tuireader.ui.themes.automatic import AUTOMATIC


def settings_warnings(
    settings: Settings, path: Path, themes: Sequence[str], used: str, theme_faults: Sequence[str]
) -> list[str]:
    """Return a sentence for each setting that is not used, unknown themes included.

    Args:
        settings: The settings in force, with the warnings found when they were read.
        path: The settings file.
        themes: The names of the themes.
        used: The name of the theme in force.
        theme_faults: What is wrong with the themes of the reader.
    """
    warnings = [*settings.warnings, *theme_faults]
    if settings.keys:
        from tuireader.ui.key_registry import key_problems  # noqa: PLC0415 - only with keys

        warnings += key_problems(path, settings.preset, settings.keys)
    if settings.theme not in {*themes, AUTOMATIC}:
        from tuireader.app.config import theme_fault  # noqa: PLC0415 - only for what is wrong

        warnings.append(theme_fault(path, settings.theme, themes, used))
    return warnings
