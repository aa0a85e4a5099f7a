"""What the reader is asked for when a passage is to be kept or changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from tuireader.domain.reading import Bookmark, Colour

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    from tuireader.notebook.drafts import Drafts
    from tuireader.notebook.drafts import Subject as DraftSubject
    from tuireader.ui.verbs import Verb


class Given(TypedDict, total=False):
    """What a passage is kept with."""

    note: str
    tags: tuple[str, ...]
    colour: Colour


@dataclass(frozen=True, kw_only=True)
class Subject:
    """The passage that is to be changed."""

    kept: Bookmark | None
    """What is kept of it already."""
    words: str
    drafts: Drafts
    draft: str
    """The key of the draft of its note."""
    about: DraftSubject | None = None
    """What the draft is about, if its key does not say so."""
    save: Callable[[Given], bool]
    """Saves the change; whether it is on the disk."""


async def ask_and_save(app: App[Any], verb: Verb, subject: Subject) -> bool:
    """Ask the reader for what the passage is to have, and save it; whether it was saved."""
    kept = subject.kept
    if verb in {"note", "edit"}:
        from tuireader.ui.screens.note import Writing, write_note  # noqa: PLC0415 - slow import

        writing = Writing(
            words=subject.words,
            note=kept.note if kept else "",
            drafts=subject.drafts,
            draft=subject.draft,
            subject=subject.about,
            save=lambda note: subject.save(Given(note=note)),
        )
        return await write_note(app, writing, outside=verb == "edit")
    if verb == "tag":
        from tuireader.ui.screens.question import Question  # noqa: PLC0415 - slow import

        before = " ".join(kept.tags) if kept else ""
        answer = await app.push_screen_wait(Question("Tags, apart by blanks", before))
        return answer is not None and subject.save(Given(tags=tags_in(answer)))
    given = given_at_once(verb, kept)
    return given is not None and subject.save(given)


def given_at_once(verb: Verb, kept: Bookmark | None) -> Given | None:
    """What the passage gets by the verb if nothing has to be asked for it; else None."""
    if verb == "colour":
        return Given(colour=colour_after(kept.colour if kept else Colour.NONE))
    return Given() if verb == "keep" else None


def tags_in(answer: str) -> tuple[str, ...]:
    """The tags in what was typed, each once: words apart by blanks or commas, # or not."""
    words = (word.strip("#") for word in answer.replace(",", " ").split())
    return tuple(dict.fromkeys(word for word in words if word))


def colour_after(colour: Colour) -> Colour:
    """The next colour, round the end."""
    colours = tuple(Colour)
    return colours[(colours.index(colour) + 1) % len(colours)]


def shortened(words: str, most: int = 40) -> str:
    """The words on one line, cut with an ellipsis if they are more than `most` code points."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def said_of(given: Given, words: str) -> str:
    """What the status line says when the change is on the disk."""
    short = shortened(words)
    if "colour" in given:
        return f"Coloured {given['colour'] or 'no more'}: “{short}”."
    if "tags" in given:
        tags = " ".join(f"#{tag}" for tag in given["tags"])
        return f"Tagged {tags or 'no more'}: “{short}”."
    if "note" in given:
        return f"Noted: “{short}”."
    return f"Kept: “{short}”."
