"""Saves the frame that the next start paints first, when the program ends."""

import contextlib
import os
import sys
from pathlib import Path

from tuireader.app.context import AppContext
from tuireader.app.last_frame import LastFrame, file_state, frame_path, terminal_kind
from tuireader.layout import drawn_row, flow, frame, masthead, wrap
from tuireader.paths import make_private_folder
from tuireader.settings import load_settings
from tuireader.sources.files import is_address, split_location
from tuireader.ui import first_paint
from tuireader.ui.terminal.stored_widths import StoredWidths

_CODE = (drawn_row, flow, frame, masthead, wrap, first_paint)
"""The modules that decide what a frame looks like: a newer version of them draws another one."""


def save_frame(context: AppContext, location: str, size: tuple[int, int]) -> None:
    """Save the frame that the next start with an article paints first, in place of the last one.

    It is the same that the start would paint without it. Nothing is saved if it is not certain what
    that is: the file has changed since it was read, only a part of the text is known, the terminal
    needs modes for it, or the data folder is not that of the environment. `location` is that of the
    open article, whose position is saved already, and `size` the columns and rows of the terminal.
    """
    path = Path(frame_path(os.environ))
    if path.absolute() != (context.folders.state / path.name).absolute():
        return
    made = _next_frame(context, location, size)
    if made is None or not made.is_valid():
        return
    draft = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    try:
        make_private_folder(path.parent)
        draft.write_bytes(made.encode())
        draft.replace(path)
    except (OSError, UnicodeEncodeError):
        with contextlib.suppress(OSError):
            draft.unlink()


def _next_frame(context: AppContext, location: str, size: tuple[int, int]) -> LastFrame | None:
    """Return the frame that the next start with an article paints first; None if it is unknown."""
    head = context.loaded_head(location)
    offset = context.resume.offset(location)
    encoding = sys.__stdout__.encoding if sys.__stdout__ else ""  # Textual replaces sys.stdout
    if head is None or not first_paint.is_paintable(size) or encoding.lower() != "utf-8":
        return None
    if not head.article.complete and offset >= len(head.article.text):
        return None
    files = context.folders.settings, context.folders.state / "resume.json"
    states = {str(file): file_state(str(file)) for file in (*files, context.folders.encodings)}
    states |= {str(module.__file__): file_state(str(module.__file__)) for module in _CODE}
    sources = _command_lines(context, location)
    if "" in sources:
        from tuireader.notebook.notebook import FILE  # noqa: PLC0415 - it is open then

        journal = str(context.folders.data / FILE)
        states[journal] = file_state(journal)
    settings = load_settings(context.folders.settings)
    if settings.accessible:
        return None  # it is written for the screen reader
    graphemes = StoredWidths(context.resume, os.environ).graphemes
    if first_paint.modes_of(settings, graphemes=graphemes):
        return None  # a frame has no modes
    base, rows = first_paint.painting_of(head.article, offset, size, settings, context.resume)
    kind = terminal_kind(os.environ, size, encoding)
    return LastFrame(sources=sources, kind=kind, files=states | head.states, base=base, rows=rows)


def _command_lines(context: AppContext, location: str) -> tuple[str, ...]:
    """Return the sources with which the next start opens an article; "" stands for none."""
    found: list[str] = []
    if not is_address(location):
        file = split_location(location)[0]
        last = context.resume.last_location_in(file)
        found += [location] if file != location or not last else []
        found += [file] if last == location else []
    if context.opens_with_library(location):
        found.append("")
    return tuple(found)
