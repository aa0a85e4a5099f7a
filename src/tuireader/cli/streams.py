"""Standard streams that were closed before the program began, as by `>&-`."""

import os
import sys

_IN_PLACE = (
    ("stdin", os.O_RDONLY, "r"),
    # Nothing can be written to it, so that a command whose output is lost says so.
    ("stdout", os.O_RDONLY, "w"),
    ("stderr", os.O_WRONLY, "w"),
)
"""Each stream, how the null device is opened in its place, and its own mode."""


def replace_closed() -> None:
    """Open the null device in place of each closed stream.

    Its number would else go to the next file that is opened, which may be the notebook.
    """
    for number, (name, flags, mode) in enumerate(_IN_PLACE):
        if getattr(sys, name) is not None:
            continue
        opened = os.open(os.devnull, flags)
        if opened != number:
            os.dup2(opened, number)
            os.close(opened)
        stream = os.fdopen(number, mode, encoding="utf-8", errors="backslashreplace", closefd=False)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
