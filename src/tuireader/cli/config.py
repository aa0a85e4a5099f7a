"""`tuireader config`: reads and changes the settings."""

from __future__ import annotations

import os
import shlex
import subprocess
from typing import TYPE_CHECKING

import click

from tuireader.app.config import SETTINGS, TABLES, changed_setting, setting_value
from tuireader.cli.options import command
from tuireader.cli.output import print_text
from tuireader.domain.errors import SettingsError
from tuireader.paths import make_private_folder
from tuireader.settings import load_settings, save_setting

if TYPE_CHECKING:
    from tuireader.paths import AppPaths

USAGE = "Use: config [list], config get NAME, config set NAME VALUE, config edit, config path."


@command(
    "config",
    examples=(
        "tuireader config",
        "tuireader config get column",
        "tuireader config set column 80",
        "tuireader config path",
    ),
    is_paged=True,
)
@click.argument(
    "words",
    metavar="[ACTION...]",
    nargs=-1,
    help="list, get NAME, set NAME VALUE, edit, or path",
)
def run(folders: AppPaths, *, words: tuple[str, ...]) -> int:
    """Print and change the settings.

    Without an action, all settings in force are listed. `edit` opens the file in $VISUAL or
    $EDITOR, and checks it afterwards. The exit status is 1 if there is no such setting, or the
    value is not valid; nothing is changed then.
    """
    match words:
        case () | ("list",):
            _list(folders)
        case ("get", name):
            print_text(str(setting_value(load_settings(folders.settings), name)))
        case ("set", name, *values) if values:
            value = changed_setting(name, " ".join(values), _themes())
            make_private_folder(folders.settings.parent)
            save_setting(folders.settings, **{name: value})
        case ("path",):
            print_text(str(folders.settings))
        case ("edit",):
            return _edit(folders)
        case _:
            raise click.UsageError(USAGE, click.get_current_context())
    return 0


def _themes() -> list[str]:
    """Return the names of the themes."""
    from tuireader.ui.themes.available import theme_names  # noqa: PLC0415 - only to check a value

    return theme_names()


def _list(folders: AppPaths) -> None:
    """Print all settings in force, with what they are for."""
    settings = load_settings(folders.settings)
    width = max(map(len, SETTINGS))
    for name, info in SETTINGS.items():
        print_text(f"{name:{width}}  {setting_value(settings, name)}  ({info.description})")
    counts = (len(settings.keys), len(settings.commands), len(settings.sites))
    for name, count in zip(TABLES, counts, strict=True):
        print_text(f"[{name}]  {count} in the file")


def _edit(folders: AppPaths) -> int:
    """Open the file in the editor; return 1 if it has faults afterwards, which are printed.

    Raises SettingsError if the editor cannot be started.
    """
    path = folders.settings
    make_private_folder(path.parent)
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        status = subprocess.run([*shlex.split(editor), str(path)], check=False).returncode
    except (OSError, ValueError) as error:
        raise SettingsError(f"The editor “{editor}” cannot be started. Set $EDITOR.") from error
    warnings = load_settings(path).warnings
    for warning in warnings:
        click.echo(f"tuireader: {warning}", err=True)
    return 1 if status or warnings else 0
