"""The title of a plain text that does not state one."""

import re

LONGEST = 200
"""Code points after which a first sentence is cut for a title."""

_SENTENCE = re.compile(r"[.!?…][\"”’»)\]]*(?=\s+[\"“‘«(¿¡]?[A-ZÀ-ÞΑ-ΩА-Я0-9])|[。！？][」』”]?")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"‘])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|Rev|Hon|Jr|Sr"
    r"|No|vs|etc|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mme?|Hr|Fr|z\.B|d\.h"
    r"|Nr|bzw|ca|e\.g|i\.e|(?:[A-Z]\.)+[A-Z])$"
)


def is_abbreviated(before: str) -> bool:
    """Whether a full stop behind these words is that of an initial or an abbreviation."""
    return _ABBREVIATION.search(before[-12:]) is not None


def first_sentence(text: str) -> str:
    """The first sentence of running text, cut at a word if it is too long for a title."""
    head = text[: LONGEST * 3]
    for end in _SENTENCE.finditer(head):
        if head[end.start()] != "." or not is_abbreviated(head[: end.start()]):
            head = head[: end.end()]
            break
    head = " ".join(head.split())
    if len(head) <= LONGEST:
        return head
    cut = head.rfind(" ", LONGEST // 2, LONGEST)
    return head[: cut if cut > 0 else LONGEST - 1].rstrip(" ,;:–—-") + "…"
