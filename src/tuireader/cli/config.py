"""`tuireader config`: reads and changes the settings."""

from __future__ import annotations

import os
import shlex
import subprocess
from typing import TYPE_CHECKING

import click

from tuireader.app.config import (
    changed_setting,
    setting_completions,
    setting_value,
    table_counts,
)
from tuireader.cli.options import command
from tuireader.cli.output import print_text
from tuireader.domain.errors import SettingsError
from tuireader.paths import make_private_folder
from tuireader.settings import load_settings, save_setting
from tuireader.settings_table import setting_specs

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from tuireader.paths import AppPaths

USAGE = "Use: config [list], config get NAME, config set NAME VALUE, config edit, config path."


def _complete(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the action, the name of a setting and its value."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - only for completion

    specs = setting_specs()
    return [
        CompletionItem(word, help=specs[word].description if word in specs else None)
        for word in setting_completions(list(ctx.params.get("words") or ()), _themes(None))
        if word.startswith(incomplete)
    ]


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
    shell_complete=_complete,
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
            value = changed_setting(name, " ".join(values), _themes(folders))
            make_private_folder(folders.settings.parent)
            save_setting(folders.settings, **{name: value})
        case ("path",):
            print_text(str(folders.settings))
        case ("edit",):
            return _edit(folders)
        case _:
            raise click.UsageError(USAGE, click.get_current_context())
    return 0


def _themes(folders: AppPaths | None) -> list[str]:
    """Return the names of the themes: those of the program, and those in the reader's folder."""
    from tuireader.ui.themes.available import theme_names  # noqa: PLC0415 - only to check a value

    own = folders.settings.with_name("themes").glob("*.toml") if folders else ()
    return sorted({*theme_names(), *(path.stem for path in own)})


def _list(folders: AppPaths) -> None:
    """Print all settings in force, with what they are for."""
    settings, specs = load_settings(folders.settings), setting_specs()
    width = max(map(len, specs))
    for name, spec in specs.items():
        print_text(f"{name:{width}}  {setting_value(settings, name)}  ({spec.description})")
    for name, count in table_counts(folders.settings):
        print_text(f"[{name}]  {count} in the file")


def _faults(folders: AppPaths) -> list[str]:
    """Return a sentence for each setting that is not used: wrong keys, themes and selectors too."""
    from tuireader.app.article_loader import selector_warnings  # noqa: PLC0415 - only after an edit
    from tuireader.ui.settings_warnings import settings_warnings  # noqa: PLC0415 - as above

    settings = load_settings(folders.settings)
    found = settings_warnings(settings, folders.settings, _themes(folders), "auto", ())
    return [*found, *selector_warnings(settings, folders)]


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
    warnings = _faults(folders)
    for warning in warnings:
        click.echo(f"tuireader: {warning}", err=True)
    return 1 if status or warnings else 0
