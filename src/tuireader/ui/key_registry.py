"""All panes with their keys, for what lists or checks the keys without the program running."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from textual.binding import Binding
from textual.dom import DOMNode

from tuireader.settings import KeyChoice
from tuireader.ui.images.picture_screen import PictureScreen
from tuireader.ui.keymap import Keymap, parsed_key
from tuireader.ui.lists.articles import ArticleList
from tuireader.ui.lists.bookmarks import NoteList, TrashList
from tuireader.ui.lists.corrections import CorrectionList
from tuireader.ui.lists.differences import DifferenceList
from tuireader.ui.lists.hits import HitList
from tuireader.ui.lists.orphans import OrphanList
from tuireader.ui.lists.quotes import QuoteList
from tuireader.ui.lists.sources import SourcePane
from tuireader.ui.lists.speakers import SpeakerList
from tuireader.ui.reader.screen import ReaderScreen
from tuireader.ui.screens.corrections import CorrectionsScreen
from tuireader.ui.screens.dialogs import OptionScreen
from tuireader.ui.screens.export import ExportScreen
from tuireader.ui.screens.help import HelpScreen
from tuireader.ui.screens.note_editor import NoteEditorScreen
from tuireader.ui.screens.notes import NotesScreen, TrashScreen
from tuireader.ui.screens.orphans import OrphansScreen
from tuireader.ui.screens.output import OutputScreen
from tuireader.ui.screens.rapid_reader import RapidReader
from tuireader.ui.screens.search import SearchScreen
from tuireader.ui.screens.speakers import SpeakersScreen
from tuireader.ui.screens.versions import VersionsScreen
from tuireader.ui.text_pane.pane import TextPane
from tuireader.ui.textual_compat import class_bindings
from tuireader.ui.widgets.pane import Pane
from tuireader.ui.widgets.prompt_line import PromptLine


@dataclass(frozen=True, slots=True)
class KeyScope:
    """A pane, or the screen itself, with the keys that work in it."""

    name: str
    """Its name in the settings; "" for the keys of the reader's screen, which hold in its panes."""
    title: str
    """Its heading in lists of keys."""
    pane: type[DOMNode]
    screen: type[DOMNode]

    def declared(self) -> list[Binding]:
        """Return the bindings as they are declared, one for each key, those with a name only.

        Those of the pane's screen are among them if it is not the reader's.
        """
        return [each for owner in self._owners() for each in _named(owner)]

    def _owners(self) -> list[type[DOMNode]]:
        """Return the pane, and its screen if that is not the reader's."""
        if self.screen is ReaderScreen or self.pane is self.screen:
            return [self.pane]
        return [self.pane, self.screen]

    def shared(self) -> list[Binding]:
        """Return the bindings of the reader's screen if the pane is on it, as they are declared."""
        is_on_it = self.screen is ReaderScreen and self.pane is not self.screen
        return class_bindings(self.screen) if is_on_it else []

    @property
    def reads_sequences(self) -> bool:
        """Whether its keys may be sequences, which panes and their screens read."""
        return issubclass(self.pane, Pane) or self.pane is ReaderScreen

    def bindings(self, keymap: Keymap) -> list[Binding]:
        """Return the bindings in force."""
        shared = self.shared()
        return [
            each
            for owner in self._owners()
            for each in keymap.applied(self.name, _named(owner), shared)
        ]


def _named(kind: type[DOMNode]) -> list[Binding]:
    """Return the bindings of a class that have a name and a group, one for each key."""
    return [each for each in class_bindings(kind) if each.id and each.group]


SCOPES = (
    KeyScope("", "Everywhere on the reader's screen", ReaderScreen, ReaderScreen),
    KeyScope("text", "Text", TextPane, ReaderScreen),
    KeyScope("articles", "Articles", ArticleList, ReaderScreen),
    KeyScope("quotes", "Quotations", QuoteList, ReaderScreen),
    KeyScope("sources", "Sources", SourcePane, ReaderScreen),
    KeyScope("notes", "Notes", NoteList, NotesScreen),
    KeyScope("trash", "Trash", TrashList, TrashScreen),
    KeyScope("orphans", "Orphaned bookmarks", OrphanList, OrphansScreen),
    KeyScope("corrections", "Corrections of quotations", CorrectionList, CorrectionsScreen),
    KeyScope("hits", "Search of the library", HitList, SearchScreen),
    KeyScope("speakers", "Speakers", SpeakerList, SpeakersScreen),
    KeyScope("changes", "Changes of an article", DifferenceList, VersionsScreen),
    KeyScope("prompt", "The line for words and commands", PromptLine, PromptLine),
    KeyScope("editor", "The editor of a note", NoteEditorScreen, NoteEditorScreen),
    KeyScope("dialog", "Questions and choices", OptionScreen, OptionScreen),
    KeyScope("export", "The name of a file to export to", ExportScreen, ExportScreen),
    KeyScope("help", "Help", HelpScreen, HelpScreen),
    KeyScope("output", "What a command printed", OutputScreen, OutputScreen),
    KeyScope("rapid", "A word at a time", RapidReader, RapidReader),
    KeyScope("pictures", "Pictures", PictureScreen, PictureScreen),
)
"""The panes and the reader's screen, in the order of the lists, then the dialogs."""


def action_names() -> frozenset[str]:
    """Return the names of all actions that can have keys."""
    shared = (each for scope in SCOPES for each in (*scope.declared(), *scope.shared()))
    return frozenset(each.id for each in shared if each.id) | {"palette"}


def key_problems(path: Path, preset: str, choices: Iterable[KeyChoice]) -> list[str]:
    """Return a sentence for each choice of keys that cannot be used as it is written.

    `path` is the settings file. What is wrong is left out, and the other keys hold.
    """
    choices = list(choices)
    return [
        f"{path}, line {line}: {sentence}" if line else f"{path}: {sentence}"
        for line, sentence in [
            *_unknown(choices),
            *_clashes(choices),
            *_without_key(Keymap(preset, choices), choices),
        ]
    ]


def _unknown(choices: Iterable[KeyChoice]) -> Iterator[tuple[int, str]]:
    """Yield a line and a sentence for each unknown pane, action or key."""
    scopes = {scope.name: scope for scope in SCOPES}
    names = action_names()
    for choice in choices:
        if choice.pane not in scopes:
            hint = _meant(choice.pane, [name for name in scopes if name])
            yield choice.line, f"There is no pane “{choice.pane}”; this key is ignored.{hint}"
        elif choice.action not in names:
            hint = _meant(choice.action, names)
            yield choice.line, f"There is no action “{choice.action}”; this key is ignored.{hint}"
        elif choice.pane and choice.action not in {
            each.id for each in scopes[choice.pane].declared()
        }:
            yield (
                choice.line,
                f"The pane “{choice.pane}” has no action “{choice.action}”; this key is ignored.",
            )
        for key in choice.keys:
            parsed = parsed_key(key)
            if parsed is None:
                yield choice.line, f"“{key}” is no key; write keys as j, Ctrl+D, PgDn or g g."
            elif " " in parsed and not scopes.get(choice.pane, SCOPES[0]).reads_sequences:
                told = "which works only in panes"
                yield choice.line, f"“{key}” is a sequence, {told}, not in “{choice.pane}”."


def _clashes(choices: list[KeyChoice]) -> Iterator[tuple[int, str]]:
    """Yield a line and a sentence for each key that the settings give to two actions of a pane."""
    for number, choice in enumerate(choices):
        for other in choices[:number]:
            both = set(map(parsed_key, choice.keys)) & set(map(parsed_key, other.keys)) - {None}
            if both and choice.action != other.action and _meet(choice, other):
                where = f" of line {other.line}" if other.line else ""
                sentence = f"“{choice.keys[0]}” is already the key of “{other.action}”{where}"
                yield choice.line, f"{sentence}; only the first of them has it."


def _meet(one: KeyChoice, other: KeyChoice) -> bool:
    """Return whether the actions of two choices have keys in the same pane."""
    for scope in SCOPES:
        present = {each.id for each in (*scope.declared(), *scope.shared())}
        panes = {"", scope.name}
        if {one.action, other.action} <= present and {one.pane, other.pane} <= panes:
            return True
    return False


def _without_key(keymap: Keymap, choices: Iterable[KeyChoice]) -> Iterator[tuple[int, str]]:
    """Yield a line and a sentence for each action that has lost its last key to another one."""
    chosen = [(key, choice) for choice in choices for key in map(parsed_key, choice.keys)]
    told: set[str] = set()
    for scope in SCOPES:
        has_key = {each.id for each in scope.bindings(keymap)}
        present = {each.id for each in (*scope.declared(), *scope.shared())}
        takers = {key: each for key, each in chosen if each.action in present}
        for binding in scope.declared():
            name = binding.id or ""
            taker = takers.get(binding.key)
            if taker is None or taker.action == name or name in has_key or name in told:
                continue
            told.add(name)
            yield (
                taker.line,
                f"“{taker.action}” takes the only key of “{name}”, which has none now.",
            )


def _meant(word: str, known: Iterable[str]) -> str:
    """Return the question whether the most similar known word is meant; "" if none is similar."""
    found = get_close_matches(word.lower(), list(known), 1)
    return f" Did you mean “{found[0]}”?" if found else ""
