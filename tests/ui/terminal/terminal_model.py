"""Small models of terminals that differ in how wide they draw joined characters."""

import re
import unicodedata
from dataclasses import dataclass, field

from rich.cells import get_character_cell_size

SEQUENCE = re.compile(r"\x1b(?:\[([?\d;]*)(\$?[A-Za-z])|[78])|([^\x1b])", re.DOTALL)


@dataclass
class TerminalModel:
    """A terminal that answers; what it draws is in `rows`."""

    graphemes: bool = False
    """Whether it measures by graphemes."""
    knows_2027: bool = False
    """Whether mode 2027 switches that on."""
    spacing_vowels: bool = True
    answers: str = ""
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    row: int = 1
    column: int = 1
    _before: str = ""

    def write(self, text: str) -> str:
        """Draw, and return what the terminal answers."""
        self.answers = ""
        for found in SEQUENCE.finditer(text):
            if found[3] == "\n":
                self.row, self.column, self._before = self.row + 1, 1, ""
            elif found[3]:
                self._draw(found[3])
            elif found[2]:
                self._before = ""
                self._obey(found[1], found[2])
        return self.answers

    def _obey(self, numbers: str, command: str) -> None:
        if command == "H":
            self.row, self.column = map(int, numbers.split(";"))
        elif command == "G":
            self.column = int(numbers)
        elif command == "K":
            self.rows.pop(self.row, None)
        elif command == "n":
            self.answers += f"\x1b[{self.row};{self.column}R"
        elif (numbers, command) == ("?2027", "$p"):
            state = 0 if not self.knows_2027 else 1 if self.graphemes else 2
            self.answers += f"\x1b[?2027;{state}$y"
        elif numbers == "?2027" and self.knows_2027:
            self.graphemes = command == "h"

    def _draw(self, character: str) -> None:
        cells = self.cells_of(character)
        row = self.rows.setdefault(self.row, {})
        if cells == 0 and self.column > 1:
            row[self.column - 1] = row.get(self.column - 1, "") + character
        for cell in range(cells):
            row[self.column + cell] = "" if cell else character
        self.column += cells
        self._before += character

    def line(self, row: int) -> str:
        """What is drawn on a row."""
        cells = self.rows.get(row, {})
        return "".join(cells.get(column, " ") for column in range(1, max(cells, default=0) + 1))

    def cells_of(self, character: str) -> int:
        """The cells by which the cursor moves on."""
        if self.graphemes:
            return self._grapheme_cells(character)
        if "\U0001f3fb" <= character <= "\U0001f3ff":
            return 2
        if self.spacing_vowels and unicodedata.category(character) == "Mc":
            return 1
        return get_character_cell_size(character, "latest")

    def _grapheme_cells(self, character: str) -> int:
        before = self._before[-1:]
        if character == "\ufe0f":
            return 1 if get_character_cell_size(before or " ", "latest") == 1 else 0
        flags = len(self._before) - len(self._before.rstrip("🇩🇪"))
        if before == "\u200d" or (character in "🇩🇪" and flags % 2):
            return 0
        if before == "\u094d" or character == "ำ":
            return 0
        return 2 if character in "🇩🇪" else get_character_cell_size(character, "latest")
