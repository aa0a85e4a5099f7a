"""`tuireader completion`: prints a completion script for a shell."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from click.shell_completion import (
    BashComplete,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
)

from tuireader.cli.options import command, output_option
from tuireader.cli.parser import COMPLETION_VARIABLE

_BASH = """\
%(complete_func)s() {
    local IFS=$'\\n' response completion type value files=
    response=$(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD="$COMP_CWORD" \
%(complete_var)s=bash_complete "$1" 2>/dev/null)
    COMPREPLY=()
    while IFS= read -r completion; do
        type=${completion%%%%,*} value=${completion#*,}
        case $type in
            plain) COMPREPLY+=("$value") ;;
            dir) compopt -o dirnames 2>/dev/null ;;
            file) files=1 ;;
        esac
    done <<< "$response"
    if [[ $files && ${#COMPREPLY[@]} -eq 0 ]]; then
        compopt -o default 2>/dev/null
    elif [[ $files ]]; then
        compopt -o filenames 2>/dev/null
        while IFS= read -r value; do
            COMPREPLY+=("$value")
        done < <(compgen -f -- "${COMP_WORDS[COMP_CWORD]}")
    fi
}

complete -o nosort -F %(complete_func)s %(prog_name)s 2>/dev/null ||
    complete -F %(complete_func)s %(prog_name)s
"""


_FISH = """\
function %(complete_func)s
    set -l response (env %(complete_var)s=fish_complete COMP_WORDS=(commandline -cp) \
COMP_CWORD=(commandline -t) %(prog_name)s 2>/dev/null)

    for completion in $response
        set -l parts (string split --max 1 "," $completion)
        switch $parts[1]
            case dir
                __fish_complete_directories $parts[2]
            case file
                __fish_complete_path $parts[2]
            case plain
                echo $parts[2]
        end
    end
end

complete --no-files --command %(prog_name)s --arguments "(%(complete_func)s)"
"""


@add_completion_class
class BashFileComplete(BashComplete):
    """Completes for bash; unlike click's own, offers commands and files at the same place."""

    source_template = _BASH

    def source(self) -> str:
        """Return the completion script for bash.

        Unlike click's own method, it does not run bash to learn its version.
        """
        return ShellComplete.source(self)

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the complete words before the cursor, and the incomplete one at it.

        They are put together again, since bash splits a word at each "=".
        """
        words, incomplete = super().get_completion_args()
        joined: list[str] = []
        for word in [*words, incomplete]:
            if joined and (word == "=" or joined[-1].endswith("=")):
                joined[-1] += word
            else:
                joined.append(word)
        return joined[:-1], joined[-1]


@add_completion_class
class FishHelpComplete(FishComplete):
    """Completes for fish; unlike click's own, does not cut a description at a comma."""

    source_template = _FISH


SHELLS: dict[str, type[ShellComplete]] = {
    "bash": BashFileComplete,
    "zsh": ZshComplete,
    "fish": FishHelpComplete,
}


def completed_words(words: Sequence[str], typed: str) -> list[str]:
    """Return what completes a word of a command line, as the shells offer it, files included.

    Args:
        words: The words before it, without the program's name.
        typed: What is typed of it.
    """
    from tuireader.cli.root import root_command  # noqa: PLC0415 - it imports this module

    completing = ShellComplete(root_command(), {}, "tuireader", COMPLETION_VARIABLE)
    found: list[str] = []
    for item in completing.get_completions(list(words), typed):
        if item.type in {"file", "dir"}:
            found += _paths(str(item.value), folders_only=item.type == "dir")
        else:
            found.append(str(item.value))
    return found


def _paths(typed: str, *, folders_only: bool) -> list[str]:
    """Return the paths that begin with what was typed, folders with a slash at the end."""
    name = typed.rpartition("/")[2]
    start = typed[: len(typed) - len(name)]
    try:
        folder = Path(start or ".").expanduser()
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except (OSError, RuntimeError):  # there is no such folder, or no such user
        return []
    return [
        f"{start}{entry.name}/" if entry.is_dir() else f"{start}{entry.name}"
        for entry in entries
        if entry.name.startswith(name)
        and (name or not entry.name.startswith("."))
        and (entry.is_dir() or not folders_only)
    ]


@command(
    "completion",
    uses_paths=False,
    examples=(
        """echo 'eval "$(tuireader completion bash)"' >> ~/.bashrc""",
        """echo 'eval "$(tuireader completion zsh)"' >> ~/.zshrc""",
        "tuireader completion fish > ~/.config/fish/completions/tuireader.fish",
    ),
)
@click.argument("shell", metavar="SHELL", type=click.Choice(list(SHELLS)), help="bash, zsh or fish")
@output_option
@click.pass_context
def run(ctx: click.Context, *, shell: str) -> int:
    """Print a completion script for bash, zsh or fish.

    The script completes commands, options, their values, and the names of files and folders. In
    zsh, it is evaluated after compinit.
    """
    root = ctx.find_root()
    complete = SHELLS[shell](root.command, {}, str(root.info_name), COMPLETION_VARIABLE)
    sys.stdout.write(complete.source())
    return 0
