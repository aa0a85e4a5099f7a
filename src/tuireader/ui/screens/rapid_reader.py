"""Shows the text a word at a time, at the speed that the reader sets."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Center
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from tuireader.domain.article import Article, Passage
from tuireader.layout.cells import cell_width, grapheme_end
from tuireader.layout.rapid import (
    MAX_SPEED,
    MIN_SPEED,
    SPEED_STEP,
    next_word,
    pause_after,
    pivot_of,
    previous_word,
    word_at,
)
from tuireader.text.sentences import sentence_at
from tuireader.ui.bindings import MOVE, key
from tuireader.ui.screens.dialogs import Answering
from tuireader.ui.widgets.prompt_line import BACK_KEYS

MAX_WIDTH = 76
"""The most cells of the paragraph, with a margin of two on each side."""


class RapidReader(Answering[int | None]):
    """Shows one word after another at one place; returns the offset of the last one shown."""

    KEY_SCOPE: ClassVar = "rapid"
    BINDINGS = [
        key("space", "pause", "Pause", "Pause and see the paragraph, or go on", MOVE, show=True),
        key("plus,up", "speed(1)", "Faster", "Show more words a minute", MOVE, show=True),
        key("minus,down", "speed(-1)", "Slower", "Show fewer words a minute", MOVE, show=True),
        key("left,h", "step(-1)", "Word back", "One word back", MOVE),
        key("right,l", "step(1)", "Word on", "One word on", MOVE),
        key("left_parenthesis", "sentence", "Sentence again", "Start of the sentence", MOVE),
        *BACK_KEYS,
    ]

    def __init__(self, article: Article, offset: int, speed: int) -> None:
        """Begin at an offset of the article, at `speed` words a minute."""
        super().__init__()
        self._article = article
        self.word = word_at(article.text, offset)
        """The word that is shown."""
        self.speed = speed
        """Words a minute."""
        self.running = False
        """Whether the words go on by themselves."""
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Yield the word between two marks, the paragraph, and the speed."""
        yield Static(id="word")
        with Center():
            yield Static(id="around")
        yield Static(id="state")

    def on_mount(self) -> None:
        """Show the first word, paused, so that the reader begins when ready."""
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """Keep the paragraph as narrow as the screen."""
        self.query_one("#around").styles.max_width = min(MAX_WIDTH, event.size.width)

    def action_pause(self) -> None:
        """Pause, or go on."""
        self.running = not self.running
        self._show()
        self._wait()

    def action_speed(self, step: int) -> None:
        """Show more words a minute, or fewer for -1."""
        self.speed = max(MIN_SPEED, min(MAX_SPEED, self.speed + step * SPEED_STEP))
        self._show()

    def action_step(self, step: int) -> None:
        """Go a word on, or back for -1."""
        find = next_word if step > 0 else previous_word
        self.word = find(self._article.text, self.word) or self.word
        self._show()

    def action_sentence(self) -> None:
        """Go back to the start of the sentence."""
        around = self._around()
        start = sentence_at(self._article.text, around.start, around.end, self.word.start).start
        self.word = word_at(self._article.text, start)
        self._show()

    def action_back(self) -> None:
        """Close; the cursor goes to the word that was shown last."""
        self._stop()
        self.dismiss(self.word.start)

    def advance(self) -> None:
        """Show the next word; pause at the end of the text."""
        following = next_word(self._article.text, self.word)
        if following is None:
            self.running = False
        else:
            self.word = following
        self._show()
        self._wait()

    def _wait(self) -> None:
        """Have the next word shown after its time, while the words go on."""
        self._stop()
        if self.running:
            shown = self.word.of(self._article.text)
            self._timer = self.set_timer(60 / self.speed * pause_after(shown), self.advance)

    def _stop(self) -> None:
        """Stop the timer, if it runs."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _show(self) -> None:
        """Show the word, the paragraph while paused, and the speed."""
        text, word = self._article.text, self.word
        shown = word.of(text)
        pivot = pivot_of(shown)
        rest = grapheme_end(shown, pivot)
        before = " " * max(0, self.size.width // 3 - cell_width(shown[:pivot]))
        self.query_one("#word", Static).update(
            Content.assemble(
                (f"{' ' * (self.size.width // 3)}▾\n", "$text-muted"),
                before,
                shown[:pivot],
                (shown[pivot:rest], "bold reverse"),
                shown[rest:],
            )
        )
        self.query_one("#around", Static).update("" if self.running else self._paragraph())
        part = f"{word.end / max(1, len(text)):.0%}"
        hint = "Space pauses" if self.running else "Space goes on · + - change the speed · Esc ends"
        state = f"{self.speed} words a minute · {part} · {hint}"
        self.query_one("#state", Static).update(Content(state))

    def _paragraph(self) -> Content:
        """Return the paragraph of the word, with the word marked."""
        text, around = self._article.text, self._around()
        return Content.assemble(
            text[around.start : self.word.start],
            (self.word.of(text), "bold reverse"),
            text[self.word.end : around.end],
        )

    def _around(self) -> Passage:
        """Return the paragraph of the word."""
        blocks, text = self._article.blocks, self._article.text
        if not len(blocks):
            return Passage(0, len(text))
        block = blocks[blocks.index_at(self.word.start)]
        return Passage(block.start, max(block.end, self.word.end))
