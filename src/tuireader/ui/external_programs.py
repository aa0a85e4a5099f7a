"""Runs other programs in the terminal or beside it: the editor for notes, and the web browser."""

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from textual.app import App, SuspendNotSupported

from tuireader.domain.errors import TuiReaderError

if TYPE_CHECKING:
    import webbrowser

    from tuireader.ui.screens.note_editor import NoteEdit


PATIENCE = 0.3
"""Seconds that the other program has to end when this one is told to."""

FORWARDED = (signal.SIGTERM, signal.SIGHUP)
"""Signals that end both programs."""

IGNORED = (signal.SIGINT, signal.SIGQUIT)
"""Signals that the terminal sends to both programs, and that are meant for the other one."""


class TerminatedError(Exception):
    """This program was told to end while the other one was running."""


def run_in_foreground(app: App[Any], command: Sequence[str]) -> int:
    """Run the command with the terminal to itself, and return its exit status.

    Raises OSError if it cannot be started, SuspendNotSupported if the terminal cannot be given
    away, and TerminatedError if a signal told this program to end; it then ends by that signal's
    handler as soon as the event loop runs.
    """
    status: int | OSError
    with app.suspend():
        # An exception in here would keep Textual from taking the terminal back, which is right
        # only when the program ends: then the terminal may be gone, or the other program's.
        try:
            status = _run(command)
        except OSError as error:
            status = error
    if isinstance(status, OSError):
        raise status
    return status


def _run(command: Sequence[str]) -> int:
    received: list[int] = []
    waiting = False

    def receive(number: int, _frame: FrameType | None) -> None:
        received.append(number)
        if waiting and len(received) == 1:
            raise TerminatedError

    with _handlers(receive):
        process = subprocess.Popen(command)
        try:
            waiting = True
            if not received:
                process.wait()
            waiting = False
        except TerminatedError:
            waiting = False
        if received and process.returncode is None:
            process.send_signal(received[0])
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE)
    if received:
        signal.raise_signal(received[0])
        raise TerminatedError
    return process.returncode


@contextlib.contextmanager
def _handlers(receive: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Have the signals that end the program received here for a while.

    The event loop is told of none: it would act on them when the other program has ended.
    """

    def ignore(_number: int, _frame: FrameType | None) -> None:
        """Do nothing; with SIG_IGN the other program would ignore the signal too."""

    wakeup = signal.set_wakeup_fd(-1)
    handlers = dict.fromkeys(FORWARDED, receive) | dict.fromkeys(IGNORED, ignore)
    before = {
        number: signal.signal(number, handler)
        for number, handler in handlers.items()
        if signal.getsignal(number) is not signal.SIG_IGN  # as `nohup` has it
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(wakeup, warn_on_full_buffer=False)


UNTOUCHED = (
    "The editor saved nothing. If it is still open, what it saves there is kept as a draft; "
    "a or e goes on with it."
)
KEPT = "The note is kept as a draft; a or e goes on with it."


class EditorError(TuiReaderError):
    """The editor cannot be started."""


def edit(app: App[Any], writing: "NoteEdit") -> bool | None:
    """Have the note written in $VISUAL or $EDITOR; whether it was saved.

    None if that cannot be done, and the note is to be written in the program. What the editor
    saves is a draft from then on, whatever becomes of the editor or of this program.
    """
    drafts, draft = writing.drafts, writing.draft
    begun = drafts.get(draft) or writing.note
    is_saved = begun == writing.note
    try:
        command = editor_command()
        path = drafts.open_file(draft, begun, writing.subject, saved=is_saved)
        before = _stamp(path)
        status = run_in_foreground(app, [*command, str(path)])
    except TerminatedError:
        return False
    except SuspendNotSupported:
        app.notify("The terminal cannot be handed over; write the note here.")
    except OSError as error:
        app.notify(f"The editor cannot be started: {error.strerror}. Write the note here.")
    except TuiReaderError as error:
        app.notify(f"{error} Write the note here.", severity="error")
    else:
        return _finish(app, writing, begun, status, is_touched=_stamp(path) != before)
    drafts.close_file(draft)
    return None


def editor_command() -> list[str]:
    """The words of $VISUAL or $EDITOR, or else `vi`; EditorError if there is no such program."""
    for name in ("VISUAL", "EDITOR"):
        value = os.environ.get(name, "").strip()
        if value:
            break
    else:
        name, value = "EDITOR", "vi"
    try:
        words = shlex.split(value)
    except ValueError:
        raise EditorError(f"The quotation marks in ${name} do not match: {value}") from None
    if not words or shutil.which(words[0]) is None:
        raise EditorError(f"The editor in ${name} is no program that can be run: {value}")
    return words


def _finish(
    app: App[Any], writing: "NoteEdit", begun: str, status: int, *, is_touched: bool
) -> bool | None:
    """Save what the editor left, if it ended well and has saved anything; as `edit`."""
    try:
        held = writing.drafts.take_file(writing.draft)
    except TuiReaderError as error:
        app.notify(f"{error} The note is as it was.", severity="error", timeout=12)
        return False
    reason = _reason_to_wait(writing, begun, held, status, is_touched=is_touched)
    if reason:
        app.notify(reason, severity="warning" if status else "information", timeout=12)
        return False
    is_new = held != writing.note.strip()
    if is_new and not writing.save(held):
        return None
    writing.drafts.drop(writing.draft)
    return is_new


def _reason_to_wait(
    writing: "NoteEdit", begun: str, held: str, status: int, *, is_touched: bool
) -> str:
    """Why what the editor left is not saved now, as a message; empty if it is to be saved."""
    if status:
        how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
        has_draft = writing.drafts.get(writing.draft) != ""
        return f"The editor {how}. {KEPT if has_draft else 'It saved nothing.'}"
    if not is_touched:
        # It may have returned at once and still be open, so its file stays.
        return UNTOUCHED
    if not held and begun != writing.note:
        return f"The editor left an empty file. {KEPT}"
    return ""


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """What changes when a file is written, also by renaming another one over it."""
    try:
        status = path.lstat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


ANY = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"
"""A program that tries one browser after the other."""


def open_in_browser(app: App[Any], address: str) -> str:
    """Open the address, and return a sentence that says what happened.

    A text browser has the terminal until it ends.
    """
    import webbrowser  # noqa: PLC0415 - not for the start

    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return f"There is no browser here; the address is {address}"
    command = _command(browser, address)
    if not command:
        app.open_url(address)
        return f"Opened {address}"
    if shutil.which(command[0]) is None:
        command = [sys.executable, "-c", ANY, address]
    try:
        failed = run_in_foreground(app, command) != 0
    except TerminatedError:
        return ""
    except (OSError, SuspendNotSupported):
        failed = True
    return f"The browser failed; the address is {address}" if failed else f"Opened {address}"


def _command(browser: "webbrowser.BaseBrowser", address: str) -> list[str]:
    """The command of a browser that runs in the terminal; empty for one with a window."""
    import webbrowser  # noqa: PLC0415 - not for the start

    if isinstance(browser, webbrowser.BackgroundBrowser):
        return []
    is_text = isinstance(browser, webbrowser.GenericBrowser) or (
        # The class of elinks, whose name newer versions of Python have changed.
        isinstance(browser, webbrowser.UnixBrowser) and not browser.background
    )
    if not is_text:
        return []
    return [browser.name, *(argument.replace("%s", address) for argument in browser.args)]
