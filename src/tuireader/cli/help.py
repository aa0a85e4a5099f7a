"""`tuireader help`: shows the help of tuireader or of a command."""

import click

from tuireader.cli.options import command, complete_command
from tuireader.cli.pager import print_help_text
from tuireader.cli.parser import COMMANDS


@command("help", uses_paths=False, examples=("tuireader help", "tuireader help quotes"))
@click.argument(
    "name",
    metavar="[COMMAND]",
    required=False,
    help="The name of a command",
    shell_complete=lambda _ctx, _param, incomplete: complete_command(incomplete),
)
@click.option("--data-dir", hidden=True, expose_value=False)  # a shell alias may have it
@click.pass_context
def run(ctx: click.Context, *, name: str | None) -> int:
    """Show the help of a command.

    Without a command, the help of tuireader is shown. The exit status is 2 if there is no such
    command.
    """
    root = ctx.find_root()
    if name is None:
        print_help_text(root.get_help())
        return 0
    assert isinstance(root.command, click.Group)  # noqa: S101 - the root command is one
    found = root.command.get_command(root, name)
    if found is None:
        raise click.NoSuchCommand(name, possibilities=COMMANDS, ctx=ctx)
    with click.Context(found, info_name=name, parent=root) as context:
        print_help_text(context.get_help())
    return 0
