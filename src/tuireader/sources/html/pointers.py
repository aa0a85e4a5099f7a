"""Recognises pointers to other pages ("Read more: …") and credited captions among paragraphs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tuireader.domain.blocks import Block, BlockKind
from tuireader.sources.plaintext.captions import credit_start, names_agency

_LONGEST = 250
"""The longest paragraph, in code points, that may be a caption or a pointer to another page."""
_POINTERS = (
    "read (?:more|also|next|the full|this next)|also read|more on this|more (?:from|on|about):",
    "related(?: (?:articles?|stories|story|content|coverage|news))?:|see also|watch(?: more)?:",
    "to (?:view|read|continue reading) .{0,40}\\b(?:subscribe|log ?in|sign ?(?:in|up))",
    "if you.re .{0,60}already a subscriber|subscribe (?:now|today)|pour (?:lire la suite|accéder)",
    "schon gelesen\\?|already read\\?",
    "sign up (?:for|to)|subscribe to|follow us|advertisement$|share this|click here",
    "(?:recommended|editor.s picks?|don.t miss|must.reads?|trending)\\b.{0,30}:",
    "lesen sie (?:auch|hier|mehr|dazu)|auch lesen|mehr (?:zum thema|dazu|lesen)|lest auch",
    "auch interessant|das könnte sie|(?:anzeige|werbung)$|hier geht es zu|weiterlesen|siehe auch",
    "lire (?:aussi|plus|également)|à lire|voir aussi|publicité$|leggi anche|leggi (?:qui|tutto)",
    "le(?:e|a) (?:también|además|más)|te puede interesar|leia (?:também|mais)|veja também",
    "lees ook|lees meer|bekijk ook|läs (?:också|mer|även)|les også|læs også|lue myös",
    "czytaj (?:też|także|więcej)|zobacz też|čtěte (?:také|více)|читайте также|смотрите также",
)
_POINTER = re.compile(rf"^[\[(*>»•·\s-]{{0,3}}(?:{'|'.join(_POINTERS)})", re.IGNORECASE)


def mark_captions(blocks: Iterable[Block], text: str) -> Iterator[Block]:
    """Yield the blocks, with pointers and credited captions marked as captions.

    A pointer is a paragraph that leads to another page ("Read more: …"). `text` is the text that
    the blocks are in.
    """
    for block in blocks:
        words = text[block.start : block.end]
        if block.kind is BlockKind.PARAGRAPH and _is_aside(words):
            yield replace(block, kind=BlockKind.CAPTION)
        else:
            yield block


def _is_aside(words: str) -> bool:
    """Return whether a paragraph is a pointer to another page, or a caption with a credit."""
    if len(words) > _LONGEST:
        return False
    return is_pointer(words) or _is_credited(words)


def is_pointer(words: str) -> bool:
    """Return whether a line points to other pages, or asks to subscribe or to share."""
    return len(words) <= _LONGEST and _POINTER.match(words) is not None


def _is_credited(words: str) -> bool:
    """Return whether a line ends with an agency's credit; other captions are marked in HTML."""
    start = credit_start(words)
    return start is not None and names_agency(words, start)
