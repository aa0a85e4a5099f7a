"""What the reader is asked for when a passage is to be kept or changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from tuireader.domain.reading import Bookmark, Colour

if TYPE_CHECKING:
    from textual.app import App

    from tuireader.notebook.drafts import Drafts
    from tuireader.ui.verbs import Verb


class Given(TypedDict, total=False):
    """What a passage is kept with."""

    note: str
    tags: tuple[str, ...]
    colour: Colour


async def asked_for(
    app: App[Any], verb: Verb, kept: Bookmark | None, *, words: str, drafts: Drafts, draft: str
) -> Given | None:
    """What the reader gives the passage; None if the reader left without an answer."""
    if verb in {"note", "edit"}:
        from tuireader.ui.screens.note import write_note  # noqa: PLC0415 - a slow import, not at start

        note = await write_note(
            app,
            words=words,
            note=kept.note if kept else "",
            drafts=drafts,
            draft=draft,
            outside=verb == "edit",
        )
        return None if note is None else Given(note=note)
    if verb == "tag":
        from tuireader.ui.screens.question import Question  # noqa: PLC0415 - as above

        before = " ".join(kept.tags) if kept else ""
        answer = await app.push_screen_wait(Question("Tags, apart by blanks", before))
        return None if answer is None else Given(tags=tags_in(answer))
    if verb == "colour":
        return Given(colour=colour_after(kept.colour if kept else Colour.NONE))
    return Given()


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
    return f"Saved: “{short}”."
