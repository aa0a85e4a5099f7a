"""The prompts for commands: what the prompt line types into, with completion and history."""

from collections.abc import Callable, Sequence

from tuireader.app.usage import Usage
from tuireader.ui.commands.grammar import CommandVocabulary
from tuireader.ui.widgets.prompt_line import PromptHistory, QueryHelp, QueryProblem


class CommandPrompt:
    """Takes a command line from the prompt line and runs it.

    With a prefix it takes a program only: the prefix is put before what is typed.
    """

    def __init__(
        self,
        vocabulary: Callable[[], CommandVocabulary],
        run: Callable[[str], None],
        focus: Callable[[], object],
        usage: Usage,
        *,
        prompt: str = ":",
        prefix: str = "",
    ) -> None:
        """Take the names that can be typed, what runs a line, and what takes the focus then."""
        self.QUERY_PROMPT = prompt
        self._vocabulary = vocabulary
        self._run = run
        self._focus = focus
        self._usage = usage
        self._prefix = prefix
        self._typed = ""
        self.keeps_tab = True
        self.history = PromptHistory(usage.history(f"command{prefix}"))

    @property
    def query_help(self) -> QueryHelp:
        """Return what checks and completes the line."""
        return self

    def problem(self) -> QueryProblem | None:
        """Return None: a name that is not complete yet is no mistake."""
        return None

    def completions(self, query: str) -> Sequence[str]:
        """Return the whole lines that complete what is typed; () for a program."""
        return () if self._prefix else self._vocabulary().completions(query)

    def query_typed(self, query: str) -> None:
        """Keep what is typed."""
        self._typed = query

    def query_ended(self, *, accepted: bool) -> None:
        """Run the line if it was accepted."""
        line, self._typed = self._typed.strip(), ""
        if accepted and line:
            self._usage.add(f"command{self._prefix}", line)
            self._run(self._prefix + line)

    def focus(self) -> object:
        """Give the focus back."""
        return self._focus()
