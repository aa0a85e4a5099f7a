"""How the commands are declared with click, and the parameters that several of them share."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, nullcontext
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

from tuireader.cli.output import Form, print_detail, print_settings_warnings
from tuireader.cli.output_file import output_to
from tuireader.cli.pager import paged_output, print_help_text
from tuireader.cli.parser import COMMANDS
from tuireader.paths import AppPaths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from click.shell_completion import CompletionItem

P = ParamSpec("P")
Declared = TypeVar("Declared", bound="Callable[..., int] | click.Command")

SOURCE_HELP = "A file, a folder, a web address, a feed, a collection, or - for standard input"
_MAX_DIGITS = 6
"""The most digits that a number of processes may have."""

_CHOSEN = "tuireader.cli.form"
"""The key in the context's `meta` for the flag that was given, as (name, value)."""


_OUTPUT, _FORCE = "output_file", "replace_output"
"""The names of the parameters of `output_option`, which no command's function gets."""


class DeclaredCommand(click.Command):
    """A command with examples in its help."""

    examples: tuple[str, ...] = ()
    """Complete command lines for the help; () for none."""
    is_paged: bool = False
    """Whether its output is shown by a pager on a terminal."""

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples at the end of the command's help."""
        write_examples(self.examples, formatter)

    def invoke(self, ctx: click.Context) -> Any:
        """Call the command's function, with its output in a pager if it is paged.

        Returns the exit status, which the function returns.
        """
        with self.output(ctx):
            return super().invoke(ctx)

    @contextmanager
    def output(self, ctx: click.Context) -> Iterator[None]:
        """Send what is printed inside a `with` block to the file of --output, or to a pager."""
        name, force = ctx.params.pop(_OUTPUT, ""), ctx.params.pop(_FORCE, False)
        with output_to(name, force=force), paged_output() if self.is_paged else nullcontext():
            yield


class PathsCommand(DeclaredCommand):
    """A command that uses the program's folders: its function takes an AppPaths first."""

    def invoke(self, ctx: click.Context) -> Any:
        """Find the folders, print warnings about the settings, and call the command's function.

        Returns the exit status, which the function returns.
        """
        began = time.monotonic()
        folders = AppPaths.find(ctx.params.pop("data_dir"), os.environ)
        print_detail(f"data in {folders.data}, settings in {folders.settings}")
        print_settings_warnings(folders)
        assert self.callback is not None  # noqa: S101 - `command` always gives one
        with self.output(ctx):
            status = ctx.invoke(self.callback, folders, **ctx.params)
        print_detail(f"finished in {time.monotonic() - began:.1f} s")
        return status


def write_examples(examples: tuple[str, ...], formatter: click.HelpFormatter) -> None:
    """Write a section with one example a line, without wrapping; nothing for no examples."""
    if examples:
        with formatter.section("Examples"):
            indent = " " * formatter.current_indent
            formatter.write("".join(f"{indent}{line}\n" for line in examples))


def command(
    name: str,
    *,
    examples: tuple[str, ...] = (),
    uses_paths: bool = True,
    is_paged: bool = False,
) -> Callable[[Callable[..., int]], DeclaredCommand]:
    """Declare a function to be the command of this name in `COMMANDS`.

    Used as a decorator. The function's docstring is the command's help. The function is called with
    an AppPaths, unless `uses_paths` is false, and with the value of each option and argument by its
    name. It returns the exit status. `examples` are complete command lines for the help, and
    `is_paged` says whether a pager shows its output on a terminal.
    """

    def declare(run: Callable[..., int]) -> DeclaredCommand:
        """Return the command of a function."""
        kind = PathsCommand if uses_paths else DeclaredCommand
        declared = click.command(name, cls=kind, short_help=COMMANDS[name], add_help_option=False)(
            run
        )
        declared.examples = examples
        declared.is_paged = is_paged
        if uses_paths:
            data_dir_option(declared)
        output_options(declared)
        help_option(declared)
        return declared

    return declare


def help_option(declared: click.Command) -> None:
    """Add -h and --help to a command, which is changed in place."""
    click.help_option("-h", "--help", help="Show this help and exit", callback=_print_help)(
        declared
    )


def _print_help(ctx: click.Context, _param: click.Parameter, given: bool) -> None:
    """Print the help and exit if the option was given.

    Unlike click's own callback, it leaves flushing and its errors to `main`.
    """
    if given and not ctx.resilient_parsing:
        print_help_text(ctx.get_help())
        ctx.exit()


def output_options(declared: click.Command) -> None:
    """Add --quiet, --verbose and --no-color to a command, which is changed in place."""
    flags = (
        (("--no-color",), "colour", False, "Print without colours (or set NO_COLOR)"),
        (("-v", "--verbose"), "verbose", True, "Say more on standard error"),
        (("-q", "--quiet"), "quiet", True, "Print no progress and no summary, only errors"),
    )
    for names, key, value, text in flags:
        click.option(
            *names, is_flag=True, expose_value=False, callback=partial(_note, key, value), help=text
        )(declared)


def _note(
    key: str, value: object, ctx: click.Context, _param: click.Parameter, given: bool
) -> None:
    """Store a value for all commands of the command line if a flag was given."""
    if given:
        ctx.meta[key] = value


def data_dir_option(declared: Declared) -> Declared:
    """Declare the option --data-dir, the folder of all data; None if it is not given.

    A command is changed in place.
    """
    return click.option(
        "--data-dir",
        metavar="DIR",
        help="Keep all data in this folder (or set TUIREADER_DATA_DIR)",
        shell_complete=_complete_folder,
    )(declared)


def sources_argument(
    *, required: bool = True, text: str = SOURCE_HELP
) -> Callable[[Callable[P, int]], Callable[P, int]]:
    """Declare the argument `sources`, a tuple of any number of sources.

    Used as a decorator. `required` makes no source at all a usage error; `text` is the help.
    """
    return click.argument(
        "sources",
        metavar="SOURCE..." if required else "[SOURCE...]",
        nargs=-1,
        required=required,
        help=text,
        shell_complete=complete_file,
    )


def jobs_option(run: Callable[P, int]) -> Callable[P, int]:
    """Declare the option --jobs; the parameter `jobs` is the number of processes, or 0.

    0, if the option is not given, lets the program choose.
    """
    return click.option(
        "--jobs",
        metavar="N",
        callback=_parse_jobs,
        help="The number of processes to use; all cores for many articles by default",
    )(run)


def reading_options(run: Callable[..., int]) -> Callable[..., int]:
    """Declare --encoding and --password; the function's parameter `options` holds both.

    It is a ReadingOptions, in which an option that is not given is "".
    """

    @wraps(run)
    def with_options(*values: Any, encoding: str, password: str, **others: Any) -> int:
        from tuireader.sources.reading_options import ReadingOptions  # noqa: PLC0415 - not for --version

        return run(*values, options=ReadingOptions(encoding, password), **others)

    return encoding_option(password_option(with_options))


def encoding_option(run: Declared) -> Declared:
    """Declare the option --encoding, the encoding of texts; "" if it is not given."""
    return click.option(
        "--encoding",
        metavar="NAME",
        default="",
        callback=_parse_encoding,
        help="The encoding of text files, such as cp1250; detected by default",
    )(run)


def password_option(run: Declared) -> Declared:
    """Declare the option --password, which opens a PDF file; "" if it is not given."""
    return click.option(
        "--password",
        metavar="WORD",
        default="",
        help="The password of a PDF file; on a terminal it is asked for",
    )(run)


def _parse_encoding(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """Return the value of --encoding unchanged; BadParameter if no encoding has that name.

    "" stays "".
    """
    from tuireader.sources.plaintext.encoding import named_encoding  # noqa: PLC0415 - not for --version

    if value and not named_encoding(value):
        raise click.BadParameter(f"{value!r} is not an encoding; try utf-8, cp1252 or gb18030.")
    return value


def _parse_jobs(_ctx: click.Context, _param: click.Parameter, value: str | None) -> int:
    """Return the value of --jobs as a number; 0 if it is None, as the option was not given.

    Raises BadParameter if it is not a number from 1 on.
    """
    if value is None:
        return 0
    if value.isascii() and value.isdigit() and len(value) <= _MAX_DIGITS and int(value):
        return int(value)
    raise click.BadParameter(f"{value!r} is not a number of processes; use 1 or more.")


def output_option(run: Declared) -> Declared:
    """Declare --output and --force, with which a command writes what it would print to a file."""
    forced = click.option(
        "-f", "--force", _FORCE, is_flag=True, help="Replace the file of --output if it exists"
    )(run)
    return click.option(
        "-o",
        "--output",
        _OUTPUT,
        metavar="FILE",
        default="",
        help="Write the output to this file",
        shell_complete=complete_file,
    )(forced)


def parse_tags_argument(
    _ctx: click.Context, _param: click.Parameter, value: str
) -> tuple[str, ...]:
    """Return the tags in an argument, which commas separate; BadParameter if there is none."""
    from tuireader.domain.tags import unique_tags  # noqa: PLC0415 - only for two commands

    if tags := unique_tags(value.split(",")):
        return tags
    raise click.BadParameter(f"{value!r} is not a tag.")


def form_options(*forms: Form) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Declare an option for each form; the function's parameter `form` is the chosen one.

    Used as a decorator. The parameter is `Form.PLAIN` if none was given. Two different ones are a
    usage error.
    """
    from tuireader.exporters.record_formats import RECORD_FORMATS  # noqa: PLC0415 - not for --version

    helps = {each.name: each.help for each in RECORD_FORMATS}
    helps[Form.OPML] = "Print the feeds as OPML, for other feed readers"
    return _exclusive_flags("form", [(str(form), form, helps[form]) for form in forms], Form.PLAIN)


def note_format_options(run: Callable[..., int]) -> Callable[..., int]:
    """Declare an option for each format of notes; the parameter `note_format` is the chosen one.

    It is None if none was given. Two different ones are a usage error.
    """
    from tuireader.exporters.note_formats import NOTE_FORMATS  # noqa: PLC0415 - not for --version

    flags = [(each.name, each, each.help) for each in NOTE_FORMATS]
    return _exclusive_flags("note_format", flags, None)(run)


def _exclusive_flags(
    parameter: str, flags: Sequence[tuple[str, object, str]], default: object
) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Declare flags that exclude each other, for a decorator.

    Args:
        parameter: The name of the function's parameter that gets the value of the given flag.
        flags: The name without dashes, the value and the help of each flag.
        default: The value of the parameter if no flag was given.
    """

    def declare(run: Callable[..., int]) -> Callable[..., int]:
        """Add the flags to a function, and pass it the chosen value."""

        @wraps(run)
        def with_value(*args: object, **values: object) -> int:
            _, value = click.get_current_context().meta.get(_CHOSEN, ("", default))
            return run(*args, **{parameter: value}, **values)

        declared: Callable[..., int] = with_value
        for name, value, text in reversed(flags):
            declared = click.option(
                f"--{name}",
                is_flag=True,
                expose_value=False,
                callback=partial(_choose, name, value),
                help=text,
            )(declared)
        return declared

    return declare


def _choose(
    name: str, value: object, ctx: click.Context, _param: click.Parameter, given: bool
) -> None:
    """Store the name and value of a flag if it was given.

    Raises UsageError if another one was given, too.
    """
    if given:
        chosen, _ = ctx.meta.setdefault(_CHOSEN, (name, value))
        if chosen != name:
            raise click.UsageError(f"--{chosen} and --{name} cannot be used together.", ctx)


def path_completion(incomplete: str, kind: str) -> CompletionItem[str]:
    """Return the item that makes the shell complete a path.

    `incomplete` is what was typed of it; `kind` is "file" or "dir".
    """
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - only for completion

    return CompletionItem(incomplete, type=kind)


def complete_file(
    _ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Return the item that makes the shell complete the name of a file or folder."""
    return [path_completion(incomplete, "file")]


def _complete_folder(
    _ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Return the item that makes the shell complete the name of a folder."""
    return [path_completion(incomplete, "dir")]


def complete_command(incomplete: str) -> list[CompletionItem[str]]:
    """Return the commands that begin with what was typed, for the shell; [] if there are none."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - only for completion

    return [
        CompletionItem(name, help=text)
        for name, text in COMMANDS.items()
        if name.startswith(incomplete)
    ]
