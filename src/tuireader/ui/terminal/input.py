"""Parses the bytes that a terminal sends into events, and tolerates any bytes.

Textual's parser raises for numbers that are out of range, waits for ever for the end of a paste,
and treats the characters of an unknown sequence as typed keys. It is therefore given only complete
sequences of the grammar of ECMA-48, and sequences that it cannot parse are dropped.
"""

import re
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator

from textual import constants, events
from textual.message import Message
from textual.messages import InBandWindowResize

from tuireader.ui.terminal.reports import (
    PASTE_END,
    PASTE_START,
    REPORTS,
    PastedText,
    is_unmarked_paste,
    thinned,
    without_many_nulls,
)
from tuireader.ui.textual_compat import ANSI_SEQUENCES_KEYS, XTermParser

ESC, CSI = "\x1b", "\x1b["

STRINGS = frozenset("]PX^_")
"""The characters after ESC that start a string: OSC, DCS, SOS, PM and APC."""

STRING_ENDS = frozenset("\a\x9c")
"""The characters that end such a string, besides ESC and a backslash."""

MAX_STRING_LENGTH = 64
"""Characters of a string that may be an answer, without its end; a longer one is skipped."""

MAX_SEQUENCE_LENGTH = 32
"""Characters of a sequence; Textual takes the characters of a longer one for keys."""

SEQUENCE_TIMEOUT = 0.5
"""Seconds to wait for the rest of a sequence, which may come over a slow connection."""

PASTE_TIMEOUT = 5.0
"""Seconds without input after which a paste is over even if its end has not come."""

UNMARKED_PASTE_TIMEOUT = 0.05
"""Seconds without input after which a paste is over whose end the terminal does not mark."""

MAX_MOUSE_COORDINATE = 10_000
"""Columns or rows; a mouse report with larger numbers is dropped."""

MODIFIER_DIGITS = 3
"""Digits of the largest number of modifiers, which are eight bits."""

UNREADABLE = (ValueError, OverflowError, ZeroDivisionError)
"""The exceptions that Textual's parser raises for a malformed sequence."""

UNREQUESTED_REPORTS = (events.Resize, InBandWindowResize, events.CursorPosition)
"""Reports that the driver never requests; it asks the terminal device for the size."""

_KEY = re.compile(
    r"\x1b\[(\d*+)(?::\d*+(?::(\d*+)(?::[\d:]*+)?)?)?(?:;(\d*+)(?::(\d*+))?)?(;[\d:]*+)?"
    r"([u~ABCDEFHPQRS])"
)
"""A key report with the kitty protocol's sub-fields.

Its groups are the code, that of the same key on a Latin keyboard, the modifiers, the type of the
event, the text, and the end.
"""

_SEQUENCE = re.compile(r"\x1b\[(?:[0-?]++[ -#%-/]*+[@-~]|[ -#%-/]*+[@-LN-Z\\-~])")
"""A complete control sequence of the kinds that end with their first letter.

Not one with a dollar sign, with which some keys of rxvt end.
"""

_IN_STRING = re.compile(r"[^\a\x9c\x1b]++")

_COMMAND_MODIFIERS = 0b1110
"""The bits of Alt, Ctrl and Super in the number of modifiers, less 1."""

_RELEASED = "3"
"""The event type of a key release."""


def _no_answer(_sequence: str) -> bool:
    """Return False: nothing was asked."""
    return False


class TerminalInput:
    """Parses terminal input incrementally.

    Whatever bytes came before, the next key is recognised as that key.
    """

    def __init__(self, answers: Callable[[str], Message | bool] = _no_answer) -> None:
        """Create a parser.

        `answers` is called with each complete sequence. It returns whether the sequence answers a
        question of the program, and so is no key; or the message that the answer makes.
        """
        self._answers = answers
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._parser = XTermParser()
        self._sequence = ""
        self._in_string = False
        self._pasted: PastedText | None = None
        self._string = ""
        """The beginning of the string, from its ESC on, with one character too many at most."""

    @property
    def patience(self) -> float | None:
        """Seconds to wait for the rest of an unfinished sequence or paste.

        None if nothing is unfinished, so that there is no need to wait.
        """
        if self._pasted is not None:
            return PASTE_TIMEOUT if self._pasted.is_marked else UNMARKED_PASTE_TIMEOUT
        if not self._sequence:
            return None
        return constants.ESCAPE_DELAY if _is_key(self._sequence) else SEQUENCE_TIMEOUT

    def feed(self, data: bytes) -> Iterator[Message]:
        """Yield the events that are complete with these bytes, in the order of the input.

        Bytes that are no UTF-8 are read as U+FFFD; sequences that cannot be parsed give no event.
        """
        text, at = without_many_nulls(self._decode(data)), 0
        if not self._sequence and self._pasted is None and is_unmarked_paste(text):
            self._pasted = PastedText(is_marked=False)
        while at < len(text):
            if self._pasted is not None:
                end = self._pasted.take(text, at)
                at = len(text) if end is None else end
                yield from () if end is None else self.end_unfinished()
            elif self._is_in_string and (found := _IN_STRING.match(text, at)):
                self._string += found[0][: MAX_STRING_LENGTH + 1 - len(self._string)]
                at = found.end()
            elif not self._sequence and (found := REPORTS.match(text, at)):
                at = found.end()
                for report in thinned(found[0]):
                    yield from self._complete(report)
            elif not self._sequence and (found := _SEQUENCE.match(text, at)):
                at = found.end()
                yield from self._complete(found[0])
            else:
                yield from self._take(text[at])
                at += 1

    def end_unfinished(self) -> Iterator[Message]:
        """Yield the events of an unfinished sequence or paste, and forget it.

        It is called when the rest did not come in time. An unfinished sequence gives the key that
        was pressed, Esc or one with Alt, or nothing.
        """
        pasted, sequence = self._pasted, self._sequence
        self._pasted, self._sequence, self._in_string = None, "", False
        if pasted is not None:
            yield events.Paste(pasted.text())
        elif _is_key(sequence):
            yield from _typed(sequence)

    @property
    def _is_in_string(self) -> bool:
        """Whether the next character belongs to a string such as OSC, unless it may end it."""
        return self._in_string and self._sequence[-1] != ESC

    def _take(self, character: str) -> Iterator[Message]:
        """Process one character, in a sequence or outside of one; yield its events."""
        if self._in_string:
            yield from self._skip(character)
        elif self._sequence:
            yield from self._continue(character)
        else:
            yield from self._begin(character)

    def _begin(self, character: str) -> Iterator[Message]:
        """Process a character outside of a sequence: yield its key, or start a sequence on ESC."""
        if character == ESC:
            self._sequence = ESC
        else:
            yield from self._events(character)

    def _continue(self, character: str) -> Iterator[Message]:
        """Add a character to the sequence, and yield its events when it is complete.

        A character that cannot belong to it ends the sequence and begins anew.
        """
        if character == ESC or not _fits(self._sequence, character):
            yield from self.end_unfinished()
            yield from self._begin(character)
            return
        if len(self._sequence) == 2 and self._sequence[1] in STRINGS:
            self._in_string, self._string = True, self._sequence
            self._sequence += "."
            yield from self._skip(character)
            return
        sequence = self._sequence + character
        if not is_complete(sequence):
            self._sequence = sequence if len(sequence) <= MAX_SEQUENCE_LENGTH else self._sequence
            return
        self._sequence = ""
        yield from self._complete(sequence)

    def _complete(self, sequence: str) -> Iterator[Message]:
        """Yield the events of a complete sequence; start a paste if it says so."""
        if sequence == PASTE_START:
            self._pasted = PastedText()
        elif len(sequence) == 2 and (_is_alt(sequence) or sequence not in ANSI_SEQUENCES_KEYS):
            yield from _typed(sequence)
        elif len(sequence) <= MAX_SEQUENCE_LENGTH and sequence != PASTE_END:
            yield from self._events(sequence)

    def _skip(self, character: str) -> Iterator[Message]:
        """Skip a character of a string such as OSC, and detect the end of the string.

        A string that is an answer gives its message. An ESC in the string begins another sequence,
        whose events are yielded.
        """
        escaped = self._sequence[-1] == ESC
        if character in STRING_ENDS or (escaped and character == "\\"):
            self._sequence, self._in_string = "", False
            is_short = len(self._string) <= MAX_STRING_LENGTH
            if is_short and isinstance(answer := self._answers(self._string), Message):
                yield answer
        elif escaped:
            self._sequence, self._in_string = ESC, False
            yield from self._continue(character)
        elif character == ESC:
            self._sequence += ESC
        elif len(self._string) <= MAX_STRING_LENGTH:
            self._string += character

    def _events(self, sequence: str) -> list[Message]:
        """Return the events of a complete sequence or a character; [] if it cannot be parsed."""
        if answer := sequence.startswith(ESC) and self._answers(sequence):
            return [] if answer is True else [answer]
        known = without_subfields(sequence)
        try:
            found = list(self._parser.feed(known)) if known else []
        except UNREADABLE:
            found = []
        kept = [event for event in found if _is_wanted(event)]
        if len(kept) < len(found) or not found:
            self._parser = XTermParser()  # it may still wait, or reckon with another size
        return kept


def is_complete(sequence: str) -> bool:
    """Return whether a control sequence is complete, known or not.

    It begins with ESC. A string such as OSC is never complete here; see `STRINGS`.
    """
    if sequence in ANSI_SEQUENCES_KEYS:
        return len(sequence) > 1
    kind, length = sequence[1:2], len(sequence)
    if kind in STRINGS:
        return False
    if kind not in {"[", "O"}:
        return length == 2
    if sequence.startswith("\x1b[M"):  # the mouse as X10 reports it: three more characters
        return length == 6
    if sequence.startswith("\x1b[["):  # a function key of the Linux console
        return length == 4
    return length > 2 and "@" <= sequence[-1] <= "~"


def without_subfields(sequence: str) -> str:
    """Return a key report without alternate keys and event type; "" for a key release.

    With Ctrl, Alt or Super, the key is that of a Latin keyboard in the same place.

    Sequences of other kinds are returned unchanged, and malformed key reports give "".
    """
    found = _KEY.fullmatch(sequence) if sequence.startswith(CSI) else None
    if found is None:
        return sequence
    code, latin, modifiers, event, text, end = found.groups(default="")
    if event == _RELEASED or len(modifiers) > MODIFIER_DIGITS or (end == "u" and not code):
        return ""
    bits = int(modifiers or 1) - 1
    if bits & _COMMAND_MODIFIERS and len(latin) in {2, 3} and len(code) > 3:
        code = latin
    return f"{CSI}{code};{modifiers}{text}{end}" if ":" in sequence else sequence


def _is_key(unfinished: str) -> bool:
    """Return whether an unfinished sequence is Esc, or a key with Alt, if no more follows."""
    return 0 < len(unfinished) <= 2 and unfinished != CSI


def _is_alt(sequence: str) -> bool:
    """Return whether a sequence is a printable key with Alt.

    Textual takes Alt with a digit for the characters that macOS types with Option, which arrive as
    characters, and drops Alt with punctuation. ESC b and ESC f are word motions of macOS terminals.
    """
    return (
        len(sequence) == 2 and "!" <= sequence[1] <= "~" and sequence[1] not in {*"bf[O", *STRINGS}
    )


def _fits(sequence: str, character: str) -> bool:
    """Return whether a character can be the next one of a sequence."""
    if len(sequence) == 1 or sequence.startswith("\x1b[M") or sequence[1] in STRINGS:
        return True
    return " " <= character <= "~"


def _typed(sequence: str) -> list[Message]:
    """Return the events of the Esc key, or of a key with Alt, for an unfinished sequence."""
    parser = XTermParser()
    if _is_alt(sequence):
        names = [event.key for event in parser.feed(sequence[1]) if isinstance(event, events.Key)]
        named = [f"shift+{name.lower()}" if name.isupper() else name for name in names]
        return [events.Key(f"alt+{name}", None) for name in named]
    return [*parser.feed(sequence), *parser.feed("")]  # an empty text is the end of input


def _is_wanted(event: Message) -> bool:
    """Return whether an event is passed on: not out of range, and not an unrequested report."""
    if isinstance(event, events.MouseEvent):
        return event.x <= MAX_MOUSE_COORDINATE and event.y <= MAX_MOUSE_COORDINATE
    return not isinstance(event, UNREQUESTED_REPORTS)
