"""Titles of articles: the stated one, else the first heading, sentence or caption."""

import re
from collections.abc import Iterable
from pathlib import PurePath

from tuireader.domain.blocks import BlockKind
from tuireader.sources.plaintext.captions import without_credit
from tuireader.sources.plaintext.paragraphs import TextBlock
from tuireader.text.sanitize import sanitize_line
from tuireader.text.sentences import OPENERS, is_full_stop

LONGEST = 200
"""Code points that a title has at most."""

_SENTENCE = re.compile(r"[.!?…][\"”’»)\]]*(?=\s+[\"“‘«(¿¡]?[A-ZÀ-ÞΑ-ΩА-Я0-9])|[。！？][」』”]?")
_TITLE_WORDS = 3
_SHORTEST = 20
"""Code points of a first sentence of fewer words that is still a title."""


def first_sentence(text: str) -> str:
    """Return the first sentence of running text, shortened to 200 code points for a title.

    A longer one is cut behind a word and ends with "…".
    """
    head = text[: LONGEST * 3]
    for end in _SENTENCE.finditer(head):
        following = head[end.end() :].lstrip(OPENERS)
        if head[end.start()] != "." or is_full_stop(head[: end.start()], following):
            head = head[: end.end()]
            break
    head = " ".join(head.split())
    if len(head) <= LONGEST:
        return head
    cut = head.rfind(" ", LONGEST // 2, LONGEST)
    return head[: cut if cut > 0 else LONGEST - 1].rstrip(" ,;:–—-") + "…"


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
            return sanitize_line(first_sentence(piece.text))
        if piece.kind is BlockKind.CAPTION:
            captions.append(without_credit(piece.text))
        elif piece.kind is not BlockKind.RULE:
            sentence = first_sentence(piece.text)
            if len(sentence.split()) >= _TITLE_WORDS or len(sentence) >= _SHORTEST:
                return sanitize_line(sentence)
            fallback = fallback or sentence
    return sanitize_line((captions or [fallback])[0]) or name_of(location)


def name_of(location: str) -> str:
    """Return a file's name without its extension, as a single clean line."""
    return sanitize_line(PurePath(location).stem) or sanitize_line(location)
