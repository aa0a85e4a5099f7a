"""The state that a file's lines add up to, read in pieces and without an object for each line.

This is how a large notebook is opened fast. The first line that is not exactly as this program
writes it ends the fast way: from there on `lines.scan` looks, which finds all that is good.
"""

import re
from dataclasses import dataclass, field
from zlib import crc32

from tuireader.notebook.journal.fold import Fold
from tuireader.notebook.journal.lines import CHECKED, Scan, format_of, parse, scan
from tuireader.notebook.journal.logfile import LogFile

_PIECE = 4 << 20
_USUAL = re.compile(
    rb'\{"crc":"([0-9a-f]{8})","at":"[0-9TZ:.+-]{0,40}",'
    rb'"sizes":\[(\d{1,10}(?:,\d{1,10})*)\],"edits":\['
    rb'\{"t":"([ !#-\[\]-~]*)","id":"(-?\d{1,60})","doc":'
)
_EDIT = re.compile(rb'\{"t":"([ !#-\[\]-~]*)","id":"(-?\d{1,60})","doc":')


_TO_EDITS = len(b'],"edits":[')


@dataclass(slots=True)
class Loaded:
    """What was found in a file."""

    fold: Fold = field(default_factory=Fold)
    generations: tuple[int, ...] = ()
    """What the first line that names any names."""
    format: int = 0
    """What the first line says of its layout; 0 if that is nothing."""
    lines: int = 0
    rest: bytes = b""
    """What followed the last line that was taken the fast way."""
    found: Scan = field(default_factory=lambda: Scan((), (), 0))
    """What was found in the rest."""

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it but white space."""
        return not self.lines and not self.rest.strip()


def load(file: LogFile) -> Loaded:
    """Open the file anew and take in all of it; OSError if it is not there or unreadable."""
    file.begin()
    loaded, size = Loaded(), _PIECE
    data = file.read_next(size)
    loaded.format = format_of(data[:1024])
    while data:
        end = _take_lines(data, loaded)
        file.took(data[:end], end)
        if end:
            size = _PIECE
        elif len(data) < size or b"\n" in data:
            break
        else:
            size *= 2
        data = file.read_next(size)
    loaded.rest = file.read_next(None)
    loaded.found = scan(loaded.rest)
    for line in loaded.found.lines:
        loaded.fold.make(line.edits)
        loaded.generations = loaded.generations or line.generations
    loaded.lines += len(loaded.found.lines)
    file.took(loaded.rest, loaded.found.end)
    return loaded


def _take_lines(data: bytes, loaded: Loaded) -> int:
    """Take in the whole lines at the beginning of the data, and say where they end."""
    at, usual, fold = 0, _USUAL.match, loaded.fold
    tables: dict[bytes, dict[int, bytes]] = {}
    while (stop := data.find(b"\n", at)) >= 0:
        head = usual(data, at)
        if head is None or not _take_edits(data, head, stop, fold, tables):
            # The first line of a file has another head, for example.
            line = parse(data, at, stop)
            if line is None or line.end != stop:
                break
            fold.make(line.edits)
            tables.clear()
            loaded.generations = loaded.generations or line.generations
        loaded.lines += 1
        at = stop + 1
    return at


def _take_edits(
    data: bytes,
    head: re.Match[bytes],
    stop: int,
    fold: Fold,
    tables: dict[bytes, dict[int, bytes]],
) -> bool:
    """Make the edits of a line whose checksum agrees; False if something is not as usual."""
    crc, sizes, name, number = head.groups()
    if crc32(data[head.start() + CHECKED : stop]) != int(crc, 16):
        return False
    begin, at = head.end(), head.end(2) + _TO_EDITS
    # All of them first: a line that turns out to be unusual is made in another way, and once.
    edits = []
    for size in sizes.split(b","):
        if not begin:
            found = _EDIT.match(data, at)
            if found is None:
                return False
            name, number = found.groups()
            begin = found.end()
        at += int(size)
        edits.append((name, number, data[begin : at - 1]))
        begin, at = 0, at + 1
    if at != stop - 1:
        return False
    for name, number, doc in edits:
        if doc == b"null" or (records := tables.get(name)) is None:
            table = str(name, "ascii")
            fold.put(table, int(number), doc)
            tables[name] = fold.tables.setdefault(table, {})
        else:
            records[int(number)] = doc
    return True
