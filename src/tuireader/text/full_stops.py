"""Tells a full stop that ends a sentence from the one behind an abbreviation.

These are the only lists of abbreviations; sentences, captions and titles all use them.
"""

import re

OPENERS = " \t\r\n\xa0\u202f\u3000\"'“”‘’„‚«»‹›([{「『【〈《（［*_—–-¿¡"
"""Spaces, opening quotation marks and brackets that may stand before a sentence's first word."""


def _words(listed: str) -> frozenset[str]:
    """Return the words of a list that are separated by spaces."""
    return frozenset(listed.split())


_TITLES = _words(
    "mr mrs ms mx dr prof rev hon sra gen col maj capt cmdr lt sgt cpl pvt adm gov sen rep pres "
    "supt det insp messrs mme mlle mm m herr hr fr frl dipl ing dott sig vs v cf viz ca bzw bspw "
    "vgl sog ggf evtl inkl geb gest approx z.b d.h u.a i.e e.g p.ex ft mt ste bros"
)
"""Abbreviations that never end a sentence."""
_NUMBERED = _words(
    "no nos nr nrn n° art abs p pp s t vol vols fig figs ch sec para pt ver ed op "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
"""Abbreviations that end no sentence where a number follows."""
_PERHAPS = _words("st inc ltd co corp llc plc jr sr etc usw al pm dept univ assn bldg ave blvd hwy")
"""Abbreviations that end a sentence only where the next word often begins one."""
_STARTERS = _words(
    "a an the he she it we they you i this that these those his her its their our my there here "
    "but and so yet or nor if when while after before in on at as for from by with since although "
    "however meanwhile then now what who why how where not no yes all some many most one "
    "der die das er sie es wir ihr ich ein eine im am und aber doch wenn als auch nach mit so "
    "le la les il elle ils elles on nous vous je un une mais et ce cette en dans"
)
_WORD = re.compile(r"[^\W\d_]+")
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}")
_LETTER_DOT = re.compile(r"[\"“„‘(]?[a-z]\.")
_ORDINALS = re.compile(
    r"(?:januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember"
    r"|jahrhundert|jahrtausend|weltkrieg|bundesliga|liga|platz|klasse|auflage|stock|semester)\b"
)


def is_full_stop(head: str, following: str) -> bool:
    """Return whether the "." between two stretches of text ends a sentence.

    It does not if it belongs to an abbreviation, an initial or an ordinal number:
    `is_full_stop("order of Supt", "Miller")` is False.

    Args:
        head: The text before the full stop, at least its last two words.
        following: The text after it, without spaces and opening quotation marks;
            empty at the end of a block.
    """
    words = head.split()
    if not words or head[-1].isspace():
        return True
    word = words[-1].lstrip(OPENERS)
    lower = word.lower()
    if lower in _TITLES or (lower in _NUMBERED and following[:1].isdigit()):
        return False
    if word.isdigit() and len(word) <= 2:
        return not (len(words) == 1 or _ORDINALS.match(following.lower()))
    if len(word) == 1 and len(words) > 1 and _LETTER_DOT.fullmatch(words[-2]):
        return False
    if lower in _PERHAPS or _ACRONYM.fullmatch(word) or (len(word) == 1 and word.isalpha()):
        begins = _WORD.match(following)
        return begins is not None and begins.group().lower() in _STARTERS
    return True
