"""A terminal as a screen reader sees it: rows of plain text, runs that were written, a cursor."""

import re
from dataclasses import dataclass, field

from tuireader.layout.cells import cell_width

TOKEN = re.compile(
    r"\x1b\[(?P<arguments>[0-9;?<>=]*)\$?(?P<final>[a-zA-Z])|\x1b\].*?(?:\x07|\x1b\\)"
    r"|\x1b(?P<escape>.)|(?P<line>\n)|(?P<text>[^\x1b\n]+)",
    re.DOTALL,
)


@dataclass
class LineTerminal:
    """Carries out what is written to it; a wide character takes two cells, the second one empty."""

    width: int
    height: int
    x: int = 0
    y: int = 0
    is_shown: bool = True
    """Whether the cursor is shown."""
    runs: list[tuple[int, int, str]] = field(default_factory=list)
    """What was written: column, row, and text."""
    cells: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cells = [[" "] * self.width for _ in range(self.height)]
        self.region = (0, self.height - 1)

    @property
    def rows(self) -> list[str]:
        """The rows as text, without spaces at their ends."""
        return ["".join(row).rstrip() for row in self.cells]

    @property
    def here(self) -> str:
        """The row of the cursor, from the cursor on."""
        return "".join(self.cells[self.y][self.x :]).rstrip()

    def take_runs(self) -> list[tuple[int, int, str]]:
        """Return what was written since the last call."""
        runs, self.runs = self.runs, []
        return runs

    def feed(self, stream: str) -> None:
        """Carry out a stream of text and control sequences."""
        for token in TOKEN.finditer(stream):
            if token["text"]:
                self._write(token["text"])
            elif token["line"]:
                self._down()
            elif token["escape"] == "M":
                self._up()
            elif token["final"]:
                self._control(token["arguments"], token["final"])

    def _write(self, text: str) -> None:
        text = text.replace("\r", "").replace("\x07", "")
        if not text:
            return
        self.runs.append((self.x, self.y, text))
        for character in text:
            cells = cell_width(character)
            if cells == 0 and self.x:
                self.cells[self.y][self.x - 1] += character
                continue
            for extra in range(cells):
                if self.x < self.width:
                    self.cells[self.y][self.x] = "" if extra else character
                    self.x += 1

    def _control(self, arguments: str, final: str) -> None:
        numbers = [int(each) for each in arguments.split(";") if each.isdigit()]
        match final:
            case "H":
                self.y, self.x = (numbers[0] - 1, numbers[1] - 1) if numbers else (0, 0)
            case "K":
                self.cells[self.y][self.x :] = [" "] * (self.width - self.x)
            case "J":
                self.cells = [[" "] * self.width for _ in range(self.height)]
            case "r":
                self.region = (numbers[0] - 1, numbers[1] - 1) if numbers else (0, self.height - 1)
                self.x = self.y = 0
            case "h" | "l" if arguments == "?25":
                self.is_shown = final == "h"

    def _down(self) -> None:
        if self.y == self.region[1]:
            del self.cells[self.region[0]]
            self.cells.insert(self.y, [" "] * self.width)
        else:
            self.y += 1

    def _up(self) -> None:
        if self.y == self.region[0]:
            del self.cells[self.region[1]]
            self.cells.insert(self.y, [" "] * self.width)
        else:
            self.y -= 1
