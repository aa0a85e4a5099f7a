"""Which draft belongs to which words."""

from contextlib import suppress
from dataclasses import replace
from typing import Protocol, runtime_checkable

from tuireader.domain.anchor import anchor_of
from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import Bookmark
from tuireader.domain.errors import NotebookError
from tuireader.notebook.anchoring.search import AnchorSearch
from tuireader.notebook.drafts import DraftSubject, NoteDraft
from tuireader.notebook.notebook import Notebook
from tuireader.notebook.serialization import citation_of
from tuireader.notebook.text_store import hash_of

OF_BOOKMARK = "note "
"""What the key of a draft of a kept passage's note begins with; its id follows."""


@runtime_checkable
class Drafting(Protocol):
    """A screen on which something is being written."""

    def save_draft(self) -> bool:
        """Put what was written on the disk; whether it is there."""


def draft_key(location: str, passage: Passage) -> str:
    """The key of the draft of a note on a passage that is not kept."""
    return f"{location}\n{passage.start}-{passage.end}"


def bookmark_key(mark: Bookmark) -> str:
    """The key of the draft of the note on a kept passage."""
    return f"{OF_BOOKMARK}{mark.id}"


def draft_subject(article: Article, passage: Passage) -> DraftSubject:
    """What a draft on the passage is about."""
    return DraftSubject(citation_of(article), anchor_of(article, passage, hash_of(article.text)))


def drafts_on(notebook: Notebook, article: Article) -> dict[str, Passage]:
    """The drafts of an article by their keys, and where each stands in its text now."""
    finder = AnchorSearch(article.text, hash_of(article.text), notebook.texts.words)
    found = {}
    for draft in notebook.drafts.listed():
        place = _place_of(draft, notebook, article, finder)
        if place is not None:
            found[draft.key] = place
    return found


def _place_of(
    draft: NoteDraft, notebook: Notebook, article: Article, finder: AnchorSearch
) -> Passage | None:
    if draft.subject is not None:
        anchor = draft.subject.anchor
        if draft.subject.article.location != article.location:
            return None
        if anchor.text_hash == hash_of(article.text) or not article.complete:
            return Passage(anchor.start, anchor.end)
        there = finder.find(anchor)
        return Passage(there.start, there.end) if there else None
    if draft.key.startswith(OF_BOOKMARK):
        mark = bookmark_of_draft(draft, notebook)
        here = mark and mark.article.location == article.location and not mark.orphan
        return Passage(mark.start, mark.end) if mark and here else None
    location, _, stretch = draft.key.rpartition("\n")
    start, _, end = stretch.partition("-")
    if location != article.location or not (start.isdigit() and end.isdigit()):
        return None
    return Passage(int(start), int(end))


def bookmark_of_draft(draft: NoteDraft, notebook: Notebook) -> Bookmark | None:
    """The kept passage on whose note a draft is; None if it is on none, or on one that is gone."""
    number = draft.key.removeprefix(OF_BOOKMARK)
    if number == draft.key or not number.isdigit():
        return None
    return notebook.bookmarks.get(int(number))


def draft_notes(notebook: Notebook) -> list[tuple[Bookmark, NoteDraft]]:
    """The drafts as the notes that they are to be, the newest first; they have negative ids."""
    found = []
    for number, draft in enumerate(reversed(notebook.drafts.listed()), 1):
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
    """Save a note that was begun, on the passage that it is about.

    NotebookError if it cannot be, or if the passage's text is not kept.
    """
    kept = bookmark_of_draft(draft, notebook)
    if kept is not None:
        return notebook.bookmarks.change(kept.id, note=note)
    article = notebook.texts.load(draft.subject.anchor.text_hash) if draft.subject else None
    if article is None or draft.subject is None:
        raise NotebookError("Its text is not kept here; open the article and save it there.")
    anchor, cited = draft.subject.anchor, draft.subject.article
    there = replace(article, location=cited.location, source=cited.source)
    return notebook.bookmarks.keep(there, Passage(anchor.start, anchor.end), note=note)


def trash_draft(notebook: Notebook, draft: NoteDraft) -> None:
    """Put what was begun into the trash, as a note of its own; the draft is dropped then.

    NotebookError as `save_draft_note`; of a passage that is kept only the draft is dropped, whose
    words are in its note first, so that undo leads back to them.
    """
    kept = bookmark_of_draft(draft, notebook)
    with suppress(NotebookError):
        notebook.drafts.take_file(draft.key)
    mark = save_draft_note(notebook, draft, notebook.drafts.get(draft.key) or draft.text)
    if kept is not None:
        notebook.bookmarks.change(mark.id, note=kept.note)
    else:
        notebook.trash.put(mark.id)
    notebook.drafts.drop(draft.key)
