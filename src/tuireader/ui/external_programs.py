"""Runs other programs: the editor for notes in the terminal, and the web browser."""

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


TERMINATION_TIMEOUT = 0.3
"""Seconds to wait for the other program after a signal was forwarded to it."""

FORWARDED_SIGNALS = (signal.SIGTERM, signal.SIGHUP)
"""Signals that are forwarded to the other program, and then end this one."""

IGNORED_SIGNALS = (signal.SIGINT, signal.SIGQUIT)
"""Signals from the terminal's keys, which are meant for the other program only."""


class TerminatedError(Exception):
    """A signal told this program to end while the other one was running."""


def run_in_foreground(app: App[Any], command: Sequence[str]) -> int:
    """Run a command in the terminal, with the screen suspended, and return its exit status.

    `command` is the program and its arguments. The status is 0 for success, and negative if a
    signal ended the program: -15 for SIGTERM.

    Raises:
        OSError: The command cannot be started.
        SuspendNotSupported: The screen cannot be suspended.
        TerminatedError: A signal told this program to end; it ends when the event loop runs
        again.
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
    """Run a command, and forward the signals that end this program.

    Return its exit status, negative for a signal. Raises TerminatedError if a signal was received,
    and OSError if the command cannot be started.
    """
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
                process.wait(TERMINATION_TIMEOUT)
    if received:
        signal.raise_signal(received[0])
        raise TerminatedError
    return process.returncode


@contextlib.contextmanager
def _handlers(receive: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Send the signals that end the program to `receive` while the block runs.

    `receive` gets the signal's number and the stack frame. The event loop does not see the signals,
    because it would handle them only after the other program.
    """

    def ignore(_number: int, _frame: FrameType | None) -> None:
        """Do nothing; with SIG_IGN the other program would ignore the signal too."""

    wakeup = signal.set_wakeup_fd(-1)
    handlers = dict.fromkeys(FORWARDED_SIGNALS, receive) | dict.fromkeys(IGNORED_SIGNALS, ignore)
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


UNCHANGED_MESSAGE = (
    "The editor saved nothing. If it is still open, what it saves there is kept as a draft; "
    "press a or e to continue it."
)
DRAFT_KEPT_MESSAGE = "The note is kept as a draft; press a or e to continue it."


class EditorError(TuiReaderError):
    """The editor cannot be started."""


def edit(app: App[Any], writing: "NoteEdit") -> bool | None:
    """Let the user write a note in $VISUAL or $EDITOR; return whether it was saved.

    `writing` has the note and how to save it. Returns False if the note was left unchanged, or is
    kept as a draft, and None if no editor can be started or saving failed, so that the note must be
    written in the program. What the editor saves becomes a draft, even if the editor or this
    program crashes.
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
    """Return the words of the command in $VISUAL or $EDITOR, or else `vi`.

    $VISUAL comes first; blank values are skipped. Raises EditorError if there is no such program,
    or if the quotation marks in the value do not match.
    """
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
        raise EditorError(f"The editor in ${name} cannot be run: {value}")
    return words


def _finish(
    app: App[Any], writing: "NoteEdit", begun: str, status: int, *, is_touched: bool
) -> bool | None:
    """Save what the editor wrote, if it exited normally and changed the file.

    Args:
        app: The application, which shows why a note is not saved.
        writing: The note that was edited.
        begun: The text with which the editor was started.
        status: The exit status of the editor.
        is_touched: Whether the file was written.

    Returns:
        The same as `edit`.
    """
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
    """Return why the edited text is not saved as the note now, as a message; "" if it is.

    `held` is what the file has now; the other arguments are those of `_finish`.
    """
    if status:
        how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
        has_draft = writing.drafts.get(writing.draft) != ""
        return f"The editor {how}. {DRAFT_KEPT_MESSAGE if has_draft else 'It saved nothing.'}"
    if not is_touched:
        # It may have returned at once and still be open, so its file stays.
        return UNCHANGED_MESSAGE
    if not held and begun != writing.note:
        return f"The editor left an empty file. {DRAFT_KEPT_MESSAGE}"
    return ""


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """Return a file's inode, time in nanoseconds and size; None if it does not exist.

    They change when the file is written or replaced.
    """
    try:
        status = path.lstat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


WEBBROWSER_PROGRAM = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"
"""A Python program that opens its argument in the first browser that works."""


def open_in_browser(app: App[Any], address: str) -> str:
    """Open an address in the browser, and return a message about it.

    A text browser runs in the terminal until it ends. The message says that the address was opened,
    or gives the address if there is no browser or it failed; it is "" if a signal ended the
    program.
    """
    import webbrowser  # noqa: PLC0415 - not for the start

    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return f"No browser was found. The address is {address}"
    command = _command(browser, address)
    if not command:
        app.open_url(address)
        return f"Opened {address}"
    if shutil.which(command[0]) is None:
        command = [sys.executable, "-c", WEBBROWSER_PROGRAM, address]
    try:
        failed = run_in_foreground(app, command) != 0
    except TerminatedError:
        return ""
    except (OSError, SuspendNotSupported):
        failed = True
    return f"The browser failed; the address is {address}" if failed else f"Opened {address}"


def _command(browser: "webbrowser.BaseBrowser", address: str) -> list[str]:
    """Return the command of a browser that runs in the terminal; [] for a graphical one.

    `address` is put in the place of its "%s".
    """
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
