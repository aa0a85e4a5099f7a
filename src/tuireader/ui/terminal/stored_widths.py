"""The widths of terminals that were measured before, for the first paint."""

from collections.abc import Mapping

from tuireader.app.resume import TERMINAL_VERSIONS, Resume, terminal_name
from tuireader.layout.cells import use_widths
from tuireader.layout.terminal_widths import WIDEST, TerminalWidths, from_numbers, to_numbers


class StoredWidths:
    """The stored widths of the terminal that the environment describes."""

    def __init__(self, resume: Resume, environment: Mapping[str, str]) -> None:
        """Look the terminal up by its type, program and version, as far as these are known."""
        self._name = terminal_name(environment)
        self._has_version = any(environment.get(name) for name in TERMINAL_VERSIONS)
        self._resume = resume
        *numbers, graphemes = resume.widths(self._name) or [0]
        self._widths = from_numbers(numbers)
        self.graphemes = self._widths is not None and graphemes == 1
        """Whether the terminal is to measure by graphemes (mode 2027)."""

    @property
    def are_certain(self) -> bool:
        """Whether there is no need to measure: this version of the terminal was measured."""
        return self._widths is not None and self._has_version

    def use(self) -> None:
        """Measure texts by the stored widths, or by the widest that are usual."""
        use_widths(self._widths or WIDEST)

    def store(self, widths: TerminalWidths, *, graphemes: bool) -> None:
        """Store measured widths; `graphemes` is whether mode 2027 was switched on for them."""
        self._widths = widths
        self._resume.remember_widths(self._name, [*to_numbers(widths), int(graphemes)])
