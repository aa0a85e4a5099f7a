"""The frame of last time, and whether it is still what the program would paint.

When the program ends, it saves the first paint of its next start with the state of all files that
the paint depends on. If they are unchanged when the program is started for the same article, on a
terminal of the same size and kind, the rows are printed before anything slow is imported. Only `os`
and `sys` are imported for that, because every other module would delay it.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # that of `typing`, whose import takes 2 ms
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAME = "frame"
"""The name of the file in the state folder."""

FORMAT = "tuireader frame 1"
"""The first line of the file."""

MAX_SIZE = 1_000_000
"""The largest file that is read, in bytes."""

ENVIRONMENT = (
    *("TERM", "COLORTERM", "NO_COLOR", "COLORFGBG"),
    *("LC_ALL", "LC_CTYPE", "LANG"),
    *("TERM_PROGRAM", "TERM_PROGRAM_VERSION", "LC_TERMINAL_VERSION"),
    *("XTERM_VERSION", "VTE_VERSION", "KONSOLE_VERSION"),
)
"""The environment variables that a first paint depends on."""

_STATE_FOLDERS = {"linux": "~/.local/state", "darwin": "~/Library/Application Support"}
"""The folder for the states of all programs, by platform, if the environment names none."""

Row = tuple[int, int, str, str]
"""A piece of text: its column and row in cells from 0, the parameters of its style, its words."""

_CONTROLS = frozenset(
    chr(code)
    for first, last in ((0, 31), (127, 159), (0x202A, 0x202E), (0x2066, 0x2069))
    for code in range(first, last + 1)
)
_DIGITS = frozenset("0123456789;")


class LastFrame:
    """The frame, and what must be unchanged so that it may be shown."""

    __slots__ = ("base", "files", "kind", "rows", "sources")

    def __init__(
        self,
        *,
        sources: tuple[str, ...],
        kind: str,
        files: Mapping[str, str],
        base: str,
        rows: Sequence[Row],
    ) -> None:
        """Create a frame.

        Args:
            sources: The absolute paths, one of which the command line must name; "" stands for a
                command line without sources.
            kind: The terminal, as `terminal_kind` returns it.
            files: The state of each file that the frame depends on, by its path, as `file_state`
                returns it.
            base: The parameters of the style in which the screen is cleared; "" for the usual one.
            rows: The pieces of text.
        """
        self.sources = sources
        self.kind = kind
        self.files = files
        self.base = base
        self.rows = rows

    def is_valid(self) -> bool:
        """Return whether it can be stored, and is harmless for a terminal.

        No words may have a control character, and styles are numbers only: nothing from an article,
        or from a file that somebody changed, can send a control sequence.
        """
        names = (*self.sources, self.kind, *self.files, *self.files.values())
        return (
            not any("\n" in name or "\t" in name for name in names)
            and _DIGITS.issuperset(self.base)
            and all(
                _DIGITS.issuperset(style) and _CONTROLS.isdisjoint(words)
                for _, _, style, words in self.rows
            )
        )

    def encode(self) -> bytes:
        """Return the content of the file. Raises UnicodeEncodeError for lone surrogates."""
        lines = [FORMAT, "\t".join(self.sources), self.kind, str(len(self.files))]
        lines += [f"{state}\t{path}" for path, state in self.files.items()]
        lines.append(self.base)
        lines += [f"{x}\t{y}\t{style}\t{words}" for x, y, style, words in self.rows]
        return "\n".join(lines).encode()

    def fits(self, words: Sequence[str], kind: str) -> bool:
        """Return whether it is what the program would paint now.

        `words` is the command line, which names sources only, and `kind` the terminal.
        """
        if len(words) > 1 or kind != self.kind:
            return False
        source = os.path.abspath(words[0]) if words else ""  # noqa: PTH100 - pathlib takes 4 ms
        return source in self.sources and all(
            file_state(path) == state for path, state in self.files.items()
        )


def decode(content: bytes) -> LastFrame | None:
    """Return the frame in the content of a file; None if it is damaged or of another version."""
    try:
        lines = content.decode().split("\n")
        if lines[0] != FORMAT:
            return None
        count = 4 + int(lines[3])
        states = (line.split("\t") for line in lines[4:count])
        rows = (line.split("\t") for line in lines[count + 1 :])
        frame = LastFrame(
            sources=tuple(lines[1].split("\t")),
            kind=lines[2],
            files={path: state for state, path in states},
            base=lines[count],
            rows=[(int(x), int(y), style, words) for x, y, style, words in rows],
        )
    except (ValueError, IndexError):
        return None
    return frame if frame.is_valid() else None


def file_state(path: str) -> str:
    """Return a text that changes when a file does; "-" if it does not exist."""
    try:
        status = os.stat(path)  # noqa: PTH116 - as above
    except (OSError, ValueError):
        return "-"
    times = f"{status.st_mtime_ns} {status.st_ctime_ns}"
    return f"{times} {status.st_size} {status.st_ino}"


def terminal_kind(environ: Mapping[str, str], size: tuple[int, int], encoding: str) -> str:
    """Return a text that names all that a first paint depends on besides files.

    Args:
        environ: The environment; only the variables in `ENVIRONMENT` are read.
        size: The columns and rows of the terminal.
        encoding: The encoding of standard output.
    """
    variables = (f"{name}={environ.get(name)!r}" for name in ENVIRONMENT)
    return f"{size[0]}x{size[1]} {encoding} {' '.join(variables)}"


def frame_path(environ: Mapping[str, str]) -> str:
    """Return the path of the frame's file; "" where the program keeps none.

    It is in the state folder of `AppPaths`, which is not imported because it takes too long.
    """
    named = environ.get("TUIREADER_DATA_DIR")
    if named:
        return os.path.join(os.getcwd(), os.path.expanduser(named), "state", NAME)  # noqa: PTH109, PTH111, PTH118 - as above
    usual = _STATE_FOLDERS.get(sys.platform)
    if usual is None:
        return ""
    state = environ.get("XDG_STATE_HOME", "")
    state = state if state.strip() else os.path.expanduser(usual)  # noqa: PTH111 - as above
    return os.path.join(state, "tuireader", NAME)  # noqa: PTH118 - as above
