"""`tuireader keys`: prints the keys in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tuireader.cli.options import command, form_options, output_option
from tuireader.cli.output import Form, print_records, print_text
from tuireader.settings import load_settings

if TYPE_CHECKING:
    from tuireader.paths import AppPaths


@command("keys", examples=("tuireader keys", "tuireader keys --markdown"), is_paged=True)
@output_option
@form_options(Form.JSON, Form.JSONL)
@click.option("--markdown", is_flag=True, help="Print a Markdown table for each pane")
def run(folders: AppPaths, *, form: Form, markdown: bool) -> int:
    """Print the keys in force.

    They are the keys of the preset, changed by the table [keys] of the settings. The name of an
    action is what the table calls it. The exit status is 1 if a line of the table cannot be used.
    """
    from tuireader.ui.key_list import key_rows, markdown_tables, plain_table  # noqa: PLC0415 - slow
    from tuireader.ui.key_registry import key_problems  # noqa: PLC0415 - as above

    settings = load_settings(folders.settings)
    rows = key_rows(settings.preset, settings.keys)
    if form is not Form.PLAIN:
        print_records([row.record() for row in rows], form)
    else:
        print_text(markdown_tables(rows) if markdown else plain_table(rows))
    problems = key_problems(folders.settings, settings.preset, settings.keys)
    for problem in problems:
        click.echo(problem, err=True)
    return 1 if problems else 0
