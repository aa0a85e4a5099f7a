"""Titles of articles: the stated one, else the first heading, sentence or caption."""

from collections.abc import Iterable
from pathlib import PurePath

from tuireader.domain.blocks import BlockKind
from tuireader.sources.plaintext.captions import without_credit
from tuireader.sources.plaintext.paragraphs import TextBlock
from tuireader.text.lazy_pattern import lazy_pattern
from tuireader.text.sanitize import sanitize_line
from tuireader.text.sentences import OPENERS, is_full_stop

LONGEST = 120
"""Code points that a title has at most that is made of running text."""
_SHORTEST_CLAUSE = 40

_SENTENCE = lazy_pattern(r"[.!?…][\"”’»)\]]*(?=\s+[\"“‘«(¿¡]?[A-ZÀ-ÞΑ-ΩА-Я0-9])|[。！？][」』”]?")
_CLAUSE = lazy_pattern(r"[,;:—–](?=[\s\u201c\u201d\"])| [–—-](?= )|[、，；：]")
_BEFORE_CUT = " ,;:–—-、，；："
_TITLE_WORDS = 3
_SHORTEST = 20
"""Code points of a first sentence of fewer words that is still a title."""


def first_sentence(text: str) -> str:
    """Return the first sentence of running text, shortened for a title; "" for no text.

    A sentence of fewer than three words goes on with the next one, since it is mostly an
    abbreviation that is not known.
    """
    head = text[: LONGEST * 5]
    for end in _SENTENCE.finditer(head):
        following = head[end.end() :].lstrip(OPENERS)
        is_dot = head[end.start()] == "." and head[end.start() - 1 : end.start()] != "."
        if is_dot and not is_full_stop(head[: end.start()], following):
            continue
        if not is_dot or _is_long_enough(head[: end.end()]):
            head = head[: end.end()]
            break
    return shortened(head)


def shortened(text: str) -> str:
    """Return a text as a title of at most 120 code points.

    A longer one is cut behind a clause, else behind a word, and ends with "…".
    """
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    clauses = [end.start() for end in _CLAUSE.finditer(text, _SHORTEST_CLAUSE, LONGEST)]
    cut = clauses[-1] if clauses else text.rfind(" ", LONGEST // 2, LONGEST)
    return text[: cut if cut > 0 else LONGEST - 1].rstrip(_BEFORE_CUT) + "…"


def _is_long_enough(sentence: str) -> bool:
    return len(sentence.split()) >= _TITLE_WORDS or len(sentence) >= _SHORTEST


def title_of(stated: str, opening: Iterable[TextBlock], location: str) -> str:
    """Return an article's title: the stated one, else the first heading, else the first sentence.

    A caption is used only if there is no running text; the file's name only if there are
    no words at all.

    Args:
        stated: The title that the source states; empty if it states none.
        opening: The first blocks of the text.
        location: The path or address that the article was read from.
    """
    if stated:
        return stated
    captions: list[str] = []
    fallback = ""
    for piece in opening:
        if piece.kind is BlockKind.HEADING and not fallback:
            return sanitize_line(shortened(piece.text))
        if piece.kind is BlockKind.CAPTION:
            captions.append(without_credit(piece.text))
        elif piece.kind is not BlockKind.RULE:
            sentence = first_sentence(piece.text)
            if _is_long_enough(sentence):
                return sanitize_line(sentence)
            fallback = fallback or sentence
    return sanitize_line((captions or [fallback])[0]) or name_of(location)


def name_of(location: str) -> str:
    """Return a file's name without its extension, as a single clean line."""
    return sanitize_line(PurePath(location).stem) or sanitize_line(location)
