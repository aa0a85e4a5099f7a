"""The command `tuireader` itself: finds the command that is meant, and prints the help."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from tuireader import __version__
from tuireader.cli.options import (
    SOURCE_HELP,
    complete_command,
    data_dir_option,
    encoding_option,
    help_option,
    output_options,
    password_option,
    path_completion,
    write_examples,
)
from tuireader.cli.output import prepare_output
from tuireader.cli.parser import (
    COMMANDS,
    COMPLETION_VARIABLE,
    RESERVED_NAMES,
    SECTIONS,
    split_command,
)
from tuireader.cli.start import start
from tuireader.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click.shell_completion import CompletionItem

HELP = """\
Read articles in the terminal, see who said what, and keep passages with notes.

Without a SOURCE, tuireader opens your library. If standard output is not a terminal, it prints the
articles as `tuireader show` does, or the library as `tuireader list` does.
"""
EXAMPLES = (
    "tuireader article.txt",
    "tuireader add https://example.org/feed.xml && tuireader sync",
    "tuireader quotes --csv article.txt > quotes.csv",
)


class RootCommand(click.Group):
    """Reads the sources, or runs the command that is named.

    A command's module is imported only when the command is needed.
    """

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the commands' names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command of a name; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"tuireader.cli.{RESERVED_NAMES.get(cmd_name, cmd_name)}")
        found: click.Command = module.run
        return found

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Pass all words except its name to the command, or else parse them here; return the rest.

        A command's options may stand before its name. What remains without a command are sources.
        """
        name, others = split_command(args)
        if name is not None:
            return super().parse_args(ctx, [name, *others])
        ctx.allow_interspersed_args = True
        return click.Command.parse_args(self, ctx, args)

    def collect_usage_pieces(self, _ctx: click.Context) -> list[str]:
        """Return the arguments in the usage line that has no command."""
        return ["[OPTIONS]", "[SOURCE...]"]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage lines of the help: with sources, and with a command."""
        super().format_usage(ctx, formatter)
        arguments = "COMMAND [OPTIONS] [ARGUMENTS...]"
        formatter.write_usage(ctx.command_path, arguments, prefix="       ")

    def format_arguments(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the section of the help that explains SOURCE."""
        with formatter.section("Positional arguments"):
            formatter.write_dl([("[SOURCE...]", SOURCE_HELP)])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands by section, then the options."""
        width = max(map(len, COMMANDS))
        for section, commands in SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl([(name.ljust(width), text) for name, text in commands.items()])
        click.Command.format_options(self, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the end of the help: the examples, and where to find more documentation."""
        write_examples(EXAMPLES, formatter)
        formatter.write_paragraph()
        formatter.write_text(f"Run `{ctx.command_path} COMMAND --help` for the help of a command.")

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[Any]]:
        """Return what can complete a word: an option, a command where one can stand, or a file."""
        if incomplete.startswith("-"):
            return click.Command.shell_complete(self, ctx, incomplete)
        files = path_completion(incomplete, "file")
        if ctx.args:
            return [files]
        return [*complete_command(incomplete), files]


def root_command() -> RootCommand:
    """Return a new command `tuireader`, with its options; no command's module is imported."""
    root = RootCommand(
        "tuireader", help=HELP, callback=_read, invoke_without_command=True, add_help_option=False
    )
    data_dir_option(root)
    encoding_option(root)
    password_option(root)
    click.option(
        "--accessible",
        is_flag=True,
        help="Write the screen for a screen reader (or `tuireader config set accessible true`)",
    )(root)
    click.option(
        "-V",
        "--version",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_print_version,
        help="Print the version and exit",
    )(root)
    output_options(root)
    help_option(root)
    return root


def _print_version(ctx: click.Context, _param: click.Parameter, given: bool) -> None:
    """Print the version and exit with status 0, if the option was given."""
    if given and not ctx.resilient_parsing:
        sys.stdout.write(f"tuireader {__version__}\n")
        ctx.exit()


@click.pass_context
def _read(
    ctx: click.Context, data_dir: str | None, encoding: str, password: str, accessible: bool
) -> int:
    """Open or print the sources if there is no subcommand; return the exit status.

    The callback of the command `tuireader`; options that are not given are None or "".
    """
    if ctx.invoked_subcommand:
        return 0
    return start(ctx.args, data_dir, encoding=encoding, password=password, accessible=accessible)


def run_command_line(words: Sequence[str]) -> int:
    """Run a command line, and return the exit status.

    `words` are without the program's name. The status is the one of the command, or 2 if the
    command line is not understood: that is then printed. Other errors are raised, as
    TuiReaderError.
    """
    prepare_output()
    try:
        with root_command().make_context("tuireader", list(words)) as ctx:
            status: int = ctx.command.invoke(ctx)
            return status
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except click.UsageError as error:
        _print_usage_error(error)
        return error.exit_code


def complete(instruction: str) -> int:
    """Answer a shell that completes a command line, and return the exit status.

    Args:
        instruction: What the completion script asks for, such as "bash_complete". The command
            line
        is in COMP_WORDS and COMP_CWORD.

    Returns:
        0, or 1 if the instruction or one of these variables is missing or malformed.
    """
    from click.shell_completion import shell_complete  # noqa: PLC0415 - only for completion

    from tuireader.cli import completion  # noqa: F401, PLC0415 - registers what bash needs

    try:
        return shell_complete(root_command(), {}, "tuireader", COMPLETION_VARIABLE, instruction)
    except (KeyError, ValueError):
        return 1


def _print_usage_error(error: click.UsageError) -> None:
    """Print what is wrong with a command line, its usage, and how to get help.

    All is printed on standard error; if that fails, nothing is done.
    """
    lines = [f"tuireader: {error.format_message()}"]
    command_path = "tuireader"
    if error.ctx is not None:
        command_path = error.ctx.command_path
        usage = error.ctx.command.collect_usage_pieces(error.ctx)
        lines.append(" ".join(["Usage:", command_path, *usage]))
    lines.append(f"Run `{command_path} --help` for help.")
    with suppress(OSError):  # the exit status still tells
        sys.stderr.write("".join(f"{sanitize_line(line)}\n" for line in lines))
