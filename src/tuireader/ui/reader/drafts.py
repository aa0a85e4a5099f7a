"""Drafts of notes: their keys, where they are in a text, and saving or discarding one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from tuireader.domain.anchor import anchor_of
from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import Bookmark, citation_of
from tuireader.domain.errors import NotebookError

if TYPE_CHECKING:
    from tuireader.notebook.anchoring.search import AnchorSearch
    from tuireader.notebook.drafts import DraftSubject, NoteDraft
    from tuireader.notebook.notebook import Notebook

BOOKMARK_PREFIX = "note "
"""The prefix of the key of a draft of a bookmark's note; the bookmark's id follows."""


@runtime_checkable
class DraftEditor(Protocol):
    """A screen with a note being edited."""

    def save_draft(self) -> bool:
        """Save the draft; return whether it is on the disk."""


def draft_key(location: str, passage: Passage) -> str:
    """Return the key of the draft of a note on a passage that is not bookmarked.

    `location` is that of the article.
    """
    return f"{location}\n{passage.start}-{passage.end}"


def bookmark_key(bookmark: Bookmark) -> str:
    """Return the key of the draft of a bookmark's note."""
    return f"{BOOKMARK_PREFIX}{bookmark.id}"


def draft_subject(article: Article, passage: Passage) -> DraftSubject:
    """Return the article and the anchor of a passage, which are stored with a draft."""
    from tuireader.notebook.drafts import DraftSubject  # noqa: PLC0415 - the notebook is not for the start
    from tuireader.notebook.text_store import hash_of  # noqa: PLC0415 - as above

    return DraftSubject(citation_of(article), anchor_of(article, passage, hash_of(article.text)))


def drafts_on(notebook: Notebook, article: Article) -> dict[str, Passage]:
    """Return the passages of an article that have a draft of a note, by the draft's key.

    They are offsets in the present text. Drafts whose words are not found there are left out.
    """
    from tuireader.notebook.anchoring.search import AnchorSearch  # noqa: PLC0415 - as above
    from tuireader.notebook.text_store import hash_of  # noqa: PLC0415 - as above

    finder = AnchorSearch(article.text, hash_of(article.text), notebook.texts.text)
    found = {}
    for draft in notebook.drafts.all():
        place = _place_of(draft, notebook, article, finder)
        if place is not None:
            found[draft.key] = place
    return found


def _place_of(
    draft: NoteDraft, notebook: Notebook, article: Article, finder: AnchorSearch
) -> Passage | None:
    """Return where a draft's words are in the article; None if it is on another one, or orphaned.

    Drafts of earlier versions of the program have no anchor: their key says where they are.
    """
    if draft.subject is not None:
        from tuireader.notebook.text_store import hash_of  # noqa: PLC0415 - as above

        anchor = draft.subject.anchor
        if draft.subject.article.location != article.location:
            return None
        if anchor.text_hash == hash_of(article.text) or not article.complete:
            return Passage(anchor.start, anchor.end)
        there = finder.find(anchor)
        return Passage(there.start, there.end) if there else None
    if draft.key.startswith(BOOKMARK_PREFIX):
        bookmark = bookmark_of_draft(draft, notebook)
        here = bookmark and bookmark.article.location == article.location and not bookmark.orphan
        return Passage(bookmark.start, bookmark.end) if bookmark and here else None
    location, _, stretch = draft.key.rpartition("\n")
    start, _, end = stretch.partition("-")
    if location != article.location or not (start.isdigit() and end.isdigit()):
        return None
    return Passage(int(start), int(end))


def bookmark_of_draft(draft: NoteDraft, notebook: Notebook) -> Bookmark | None:
    """Return the bookmark whose note a draft edits.

    Returns None if it is the draft of a new note, or if the bookmark was deleted.
    """
    number = draft.key.removeprefix(BOOKMARK_PREFIX)
    if number == draft.key or not number.isdigit():
        return None
    return notebook.bookmarks.get(int(number))


def draft_notes(notebook: Notebook) -> list[tuple[Bookmark, NoteDraft]]:
    """Return pairs of the bookmark that a draft would become, and the draft, newest first.

    These bookmarks have negative ids. Old drafts that do not say where they belong are left out.
    """
    found = []
    for number, draft in enumerate(reversed(notebook.drafts.all()), 1):
        kept = bookmark_of_draft(draft, notebook)
        if kept is not None:
            found.append((replace(kept, id=-number, note=draft.text), draft))
        elif draft.subject is not None:
            note = Bookmark(
                id=-number,
                article=draft.subject.article,
                anchor=draft.subject.anchor,
                note=draft.text,
                created=draft.written,
                updated=draft.written,
            )
            found.append((note, draft))
    return found


def save_draft_note(notebook: Notebook, draft: NoteDraft, note: str) -> Bookmark:
    """Save a note in place of its draft, and return the bookmark that has it.

    A draft of a bookmark's note changes that bookmark; another one makes a new bookmark of its
    passage. `note` is the text to save. Raises NotebookError if it cannot be saved, or if the
    notebook does not have the text.
    """
    kept = bookmark_of_draft(draft, notebook)
    if kept is not None:
        return notebook.bookmarks.change(kept.id, note=note)
    article = notebook.texts.load(draft.subject.anchor.text_hash) if draft.subject else None
    if article is None or draft.subject is None:
        raise NotebookError(
            "The notebook does not have its text. Open the article and save the note there."
        )
    anchor, cited = draft.subject.anchor, draft.subject.article
    there = replace(article, location=cited.location, source=cited.source)
    return notebook.bookmarks.keep(there, Passage(anchor.start, anchor.end), note=note)


def trash_draft(notebook: Notebook, draft: NoteDraft) -> None:
    """Move a draft to the trash as a note of its own, or discard the draft of a bookmark.

    A bookmark keeps its note; the draft's words are saved as its note for one step, so that undo
    brings them back. Raises NotebookError like `save_draft_note`.
    """
    kept = bookmark_of_draft(draft, notebook)
    with suppress(NotebookError):
        notebook.drafts.take_file(draft.key)
    bookmark = save_draft_note(notebook, draft, notebook.drafts.get(draft.key) or draft.text)
    if kept is not None:
        notebook.bookmarks.change(bookmark.id, note=kept.note)
    else:
        notebook.trash.put(bookmark.id)
    notebook.drafts.drop(draft.key)
