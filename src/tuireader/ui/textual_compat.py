"""The private names of Textual that the program uses; no other module uses one.

They were checked against the version in `TEXTUAL_CHECKED`. `tests/ui/test_textual_compat.py`
fails if an upgrade changes one, or one of those of Rich in `ui/terminal/rich_cells.py`.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from itertools import accumulate
from typing import Any, Self, TextIO, TypeVar

from rich.console import Console, RenderableType
from rich.segment import Segment
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.binding import Binding, BindingsMap
from textual.command import CommandPalette
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tuireader.ui.widgets.anchored_strip import placed_strip

__all__ = [
    "ANSI_SEQUENCES_KEYS",
    "CheckedPalette",
    "DirectScreen",
    "HookedApp",
    "PrivateDriver",
    "Rules",
    "XTermParser",
    "class_bindings",
    "declared_bindings",
    "missing_names",
    "parsed_rules",
    "place_strips",
    "put_parsed_rules",
    "replace_bindings",
    "variables_of",
]

TEXTUAL_CHECKED = "8.2"
"""The version of Textual whose private names were read."""

RELIED_ON = {
    "textual.drivers.linux_driver:LinuxDriver": (
        "run_input_thread",
        "start_application_mode",
        "stop_application_mode",
        "disable_input",
        "process_message",
        "send_message",
        "_query_in_band_window_resize",
        "_sigcont_application",
    ),
    "textual._xterm_parser:XTermParser": ("feed",),
    "textual._ansi_sequences": ("ANSI_SEQUENCES_KEYS",),
    "textual.constants": ("ESCAPE_DELAY",),
    "rich.cells": ("_cell_len", "_split_text", "load_cell_table", "split_graphemes"),
    "rich.segment:Segment": ("split_cells",),
    "textual.app:App": ("_display",),
    "textual.screen:Screen": ("_compositor_refresh", "_on_screen_resume", "_screen_resized"),
    "textual._compositor": ("ChopsUpdate", "CompositorUpdate"),
    "textual.command:CommandPalette": (
        "_on_message",
        "_stop_busy_countdown",
        "_stop_no_matches_countdown",
    ),
}
"""The private names that are replaced or called, by module or by module:class."""

ATTRIBUTES = {
    "textual.app:App": ("_batch_count", "_driver", "_running"),
    "textual._compositor:LayoutUpdate": ("strips", "region"),
    "textual._compositor:ChopsUpdate": ("chops", "spans", "chop_ends"),
    "textual._compositor:Compositor": ("_dirty_regions",),
    "textual.screen:Screen": ("_compositor", "_dirty_widgets"),
    "textual.widget:Widget": ("_repaint_required", "_size"),
    "textual.driver:Driver": ("_app", "_loop"),
    "textual.drivers.linux_driver:LinuxDriver": ("_file", "_key_thread", "_writer_thread"),
    "textual.dom:DOMNode": ("_bindings", "_merged_bindings"),
    "textual.css.stylesheet:Stylesheet": ("_parse_cache", "_variables"),
}
"""Private attributes that are set or read, by the class whose source must contain them."""


def missing_names() -> tuple[str, ...]:
    """Return the names of `RELIED_ON` and `ATTRIBUTES` that Textual lacks.

    Each is "module:class.name"; () if the installed Textual has all of them.
    """
    missing = []
    for place, names in RELIED_ON.items():
        module, _, kind = place.partition(":")
        try:
            found: Any = import_module(module)
        except ImportError:
            missing.append(module)
            continue
        owner = getattr(found, kind, None) if kind else found
        missing += [f"{place}.{name}" for name in names if not hasattr(owner, name)]
    return tuple(missing)


def declared_bindings(node: DOMNode) -> Iterator[tuple[str, Binding]]:
    """Yield all keys and bindings of a node, active or not, as pairs of a key and a binding.

    Textual's public API has only active ones.
    """
    for key, bindings in node._bindings.key_to_bindings.items():  # noqa: SLF001 - see above
        for binding in bindings:
            yield key, binding


def class_bindings(kind: type[DOMNode]) -> list[Binding]:
    """Return the bindings that a class and its bases declare, one for each key."""
    merged = kind._merged_bindings  # noqa: SLF001 - see above
    if merged is None:
        return []
    return [binding for bindings in merged.key_to_bindings.values() for binding in bindings]


def replace_bindings(node: DOMNode, bindings: Iterable[Binding]) -> None:
    """Give a node other bindings than its class declares."""
    node._bindings = BindingsMap(bindings)  # noqa: SLF001 - see above


def variables_of(stylesheet: Stylesheet) -> dict[str, str]:
    """Return the variables with which a stylesheet is parsed."""
    return stylesheet._variables  # noqa: SLF001 - see above


Rules = list[tuple[tuple[Any, ...], list[RuleSet]]]
"""The rules of stylesheets, each with what identifies its source."""


def parsed_rules(stylesheet: Stylesheet) -> Rules:
    """Return the rules that were parsed with the present variables, by the source of each."""
    cache = stylesheet._parse_cache  # noqa: SLF001 - see above
    return [(key, cache[key]) for key in list(cache.keys())]


def put_parsed_rules(stylesheet: Stylesheet, rules: Rules) -> None:
    """Give a stylesheet what `parsed_rules` returned with the same variables."""
    for key, found in rules:
        stylesheet._parse_cache[key] = found  # noqa: SLF001 - see above


class CheckedPalette(CommandPalette):
    """Textual's command palette, which calls `accepts` before it handles a message."""

    def accepts(self, message: Message) -> bool:
        """Return whether a message is handled; True here, subclasses override it."""
        return message is not None

    def stop_countdowns(self) -> None:
        """Stop the timers that would show "no matches" or that the palette is busy."""
        self._stop_no_matches_countdown()
        self._stop_busy_countdown()

    async def _on_message(self, message: Message) -> None:
        """Handle a message if `accepts` allows it."""
        if self.accepts(message):
            await super()._on_message(message)


class ChangedCells(ChopsUpdate):
    """An update of the screen that writes no more than the cells that have changed.

    Textual writes each line of a widget from its left edge on.
    """

    def render_segments(self, console: Console) -> str:
        """Return the cells as text with control sequences, as the terminal gets it."""
        found: list[str] = []
        for y, first, last in self.spans:
            for end, (start, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                left, right = max(start, first), min(end, last)
                if strip is None or left >= right:
                    continue
                found.append(f"\x1b[{y + 1};{left + 1}H")
                line = _line_at_edge(strip, left - start, right - start)
                if line is None:
                    found.append(strip.crop(left - start, right - start).render(console))
                else:
                    found.append(Strip([line], 1).render(console))
        return "".join(found)


def _line_at_edge(strip: Strip, left: int, right: int) -> Segment | None:
    """Return the first or last segment of a strip if the cells from `left` to `right` are it.

    Else return None. It is the line of a frame, which is a segment of one cell.
    """
    if right - left != 1 or not len(strip):
        return None
    segments = list(strip)
    edge = segments[0] if not left else segments[-1] if right == strip.cell_length else None
    return edge if edge is not None and edge.cell_length == 1 else None


class HookedApp(App[None]):
    """An application that may write its frames itself."""

    def writes_frames(self) -> bool:
        """Return whether `written_frame` is used; False here, subclasses override it."""
        return False

    def written_frame(self, rows: Sequence[Strip]) -> str:
        """Return what is written to the terminal to show rows, which are the whole screen."""
        return "".join(row.text for row in rows)

    def draw_anew(self) -> None:
        """Draw the screen again, because the terminal was cleared."""
        self.refresh(layout=True)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Show a frame: as Textual does, or as `written_frame` says."""
        frame: object = renderable  # Textual's annotation leaves out its own frames
        if not self.writes_frames() or not isinstance(frame, CompositorUpdate):
            place_strips(frame)
            if isinstance(frame, ChopsUpdate):
                changed: Any = ChangedCells(frame.chops, frame.spans, frame.chop_ends)
                renderable = changed
            super()._display(screen, renderable)
        elif self._driver is not None and not self._batch_count and self._running:
            written = self.written_frame(self.screen._compositor.render_strips())  # noqa: SLF001 - see above
            if written:
                self._driver.write(written)
                self._driver.flush()
            self.post_display_hook()


def place_strips(frame: object) -> None:
    """Have each strip of a frame drawn in its place, whatever the terminal makes of the others.

    Does nothing for what is no frame of Textual.
    """
    if isinstance(frame, LayoutUpdate):
        lines: list[Iterable[Strip]] = []
        for line in frame.strips:
            strips = list(line)
            cells = (strip.cell_length for strip in strips)
            places = zip(accumulate(cells, initial=frame.region.x), strips, strict=False)
            lines.append([placed_strip(strip, x) for x, strip in places])
        frame.strips = lines
    elif isinstance(frame, ChopsUpdate):
        frame.chops = [
            {x: strip and placed_strip(strip, x) for x, strip in line.items()}
            for line in frame.chops
        ]


T = TypeVar("T")


class DirectScreen(Screen[T]):
    """A screen that is laid out and drawn once when it opens, and not for nothing.

    Textual would style it twice, lay it out three times and draw it five times, a frame each.
    """

    BLANK = True

    focused: var[Widget | None] = var(None)
    """The widget with the focus. Textual would draw the whole screen when it changes."""
    virtual_size: var[Size] = var(Size(0, 0))
    """The size of the content. Textual would lay out the screen again when it changes."""

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Lay out and draw the screen when it comes to the top.

        A new one has been styled already, and is drawn while it is laid out.
        """
        event.prevent_default()
        is_new = not self._size
        if is_new:
            event.refresh_styles = False
        super()._on_screen_resume(event)
        if is_new and self._size:
            self._repaint_required = False

    def refresh(
        self,
        *regions: Region,
        repaint: bool | None = None,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Redraw the regions or everything; a new layout itself tells what has to be drawn.

        The arguments are Textual's; all is drawn after a layout only if `repaint` is given, as for
        the whole application. Returns the screen itself.
        """
        repaint = not layout if repaint is None else repaint
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _screen_resized(self, size: Size) -> None:
        """Lay out the screen for another size; Textual would do so for the same size, too."""
        if size != self._size:
            super()._screen_resized(size)

    def _compositor_refresh(self) -> None:
        """Draw what has changed, unless the screen on top hides it.

        A hidden screen is drawn as a whole when it comes to the top.
        """
        top = self.app.screen
        if top is self or top.styles.background.a < 1:
            super()._compositor_refresh()
        else:
            self._dirty_widgets.clear()
            self._compositor._dirty_regions.clear()  # noqa: SLF001 - see above


class PrivateDriver(LinuxDriver):
    """Textual's driver for terminals, with public names for what our subclass uses."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        """Create the driver on standard output, because standard error may be a file.

        `options` are those that Textual passes to its drivers.
        """
        super().__init__(app, **options)
        self._file = sys.__stdout__

    @property
    def stream(self) -> TextIO:
        """The stream to the terminal."""
        return self._file or sys.stdout

    @property
    def queued(self) -> int:
        """The messages that wait for the app; may be read from any thread."""
        return self._app.message_queue_size

    def send_message(self, message: Message) -> None:
        """Post a message to the app; may be called from any thread.

        Textual's own method starts a task for each message, which takes longer than to handle some.
        """
        with suppress(RuntimeError):  # the loop is closed: the program has ended
            self._loop.call_soon_threadsafe(self._app.post_message, message)

    def has_no_writer(self) -> None:
        """Mark Textual's writer thread as missing, so that nothing waits for it."""
        self._writer_thread = None

    def join_input_thread(self) -> None:
        """Wait until the thread that reads keys has ended."""
        if self._key_thread is not None:
            self._key_thread.join()

    def draw_anew(self) -> None:
        """Redraw the screen; may be called from any thread."""
        app = self._app
        draw = app.draw_anew if isinstance(app, HookedApp) else partial(app.refresh, layout=True)
        self._loop.call_soon_threadsafe(draw)

    def may_continue(self) -> bool:
        """Return whether a continued process sets up the terminal again.

        True here; subclasses override it.
        """
        return True

    def _query_in_band_window_resize(self) -> None:
        """Do nothing: size reports are not requested.

        SIGWINCH tells of a new size, and cannot be forged.
        """

    def _sigcont_application(self, *_: object) -> None:
        """Set up the terminal after SIGCONT, and redraw the screen."""
        if self.may_continue():
            super()._sigcont_application()
            self.draw_anew()  # the alternate screen was cleared
