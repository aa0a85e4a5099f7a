"""Splits exports of Factiva in plain text, with and without the codes of its fields."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from tuireader.sources.press.item import (
    LONGEST_LINE,
    PressItem,
    day_in,
    joined_groups,
    language_code,
    name_in,
)
from tuireader.text.sanitize import sanitize_line

_CODES = (
    *("CLM", "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY"),
    *("CX", "LP", "TD", "ART", "CT", "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN"),
)
_CODE_LISTS = frozenset({"CO", "IN", "NS", "RE"})
_CODE_LIST = re.compile(r"\s*(?:$|[\w-]{1,20} : )")
"""What follows the code of a list of codes: "bnk : Banking", or the next line."""
_ORDER = {code: number for number, code in enumerate(_CODES)}
_CODED = re.compile(r"([A-Z]{2,3})(?:\s+(.*))?")
_DOCUMENT = re.compile(r"(?:Document|Dokument|Documento)(?: n\.| n°)?\s[A-Za-z0-9]{8,60}")
_COUNTS = "words?|Wörter|Wort|mots?|palabras|parole|woorden|palavras"
_WORDS = re.compile(rf"[\d,. ]{{1,10}}\s?(?:{_COUNTS})")
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?: ?[A-Z]{2,5})?(?: ?[+-]\d{1,4})?")
_SOURCE_CODE = re.compile(r"[A-Z0-9]{2,10}")
_PAGE = re.compile(r"[A-Z]{0,3}-?\d{1,4}(?:[-,] ?\d{1,4})?")
_RIGHTS = re.compile(r"(?:\(c\)|©|Copyright\b|Alle Rechte|Tous droits|All rights)", re.IGNORECASE)
_LONGEST_SECTION = 4
"""Words of the name of a section, which stands above the headline."""
LARGEST_HEAD = 14
"""Lines from the headline to the text of an article without codes."""


def is_factiva(lines: list[str]) -> bool:
    """Return whether lines are those of an export of Factiva; its first lines are enough."""
    filled = [line.strip() for line in lines if line.strip()][:80]
    codes = [found[1] for line in filled[:12] if (found := _CODED.fullmatch(line[:200]))]
    if "HD" in codes[:3] and set(codes) & {"WC", "PD", "SN"}:
        return True
    pairs = pairwise(filled)
    counted = any(_WORDS.fullmatch(line) and day_in(after) for line, after in pairs)
    return counted and any(_DOCUMENT.fullmatch(line) for line in map(str.strip, lines))


def split_factiva(lines: list[str]) -> Iterator[PressItem]:
    """Yield the articles of an export of Factiva in order; nothing for other texts."""
    block: list[str] = []
    for line in lines:
        block.append(line)
        bare = line.strip()[:200].removeprefix("AN ").strip()
        if _DOCUMENT.fullmatch(bare):
            yield from item_of_block(block)
            block = []
    yield from item_of_block(block)


def item_of_block(lines: list[str]) -> Iterator[PressItem]:
    """Yield the article in the lines between two document numbers; nothing if there is none."""
    stated = coded_fields(lines)
    item = item_of_fields(stated) if "HD" in stated else _plain_item(lines)
    if item is not None:
        yield item


def coded_fields(lines: list[str]) -> dict[str, list[str]]:
    """Return the lines of each field by its code, such as "HD" for the headline.

    The codes of an article are in a fixed order; a line out of order belongs to the field above.
    Empty if there are no codes.
    """
    stated: dict[str, list[str]] = {}
    current = ""
    for line in lines:
        found = _CODED.fullmatch(line.strip()[:LONGEST_LINE])
        code = found[1] if found else ""
        follows = code in _ORDER and (not current or _ORDER[code] > _ORDER[current])
        if found and follows and (code not in _CODE_LISTS or _CODE_LIST.match(found[2] or "")):
            current = code
            stated[code] = [found[2] or ""]
        elif current:
            stated[current].append(line)
    return stated


def item_of_fields(stated: dict[str, list[str]]) -> PressItem | None:
    """Return the article in the fields that `coded_fields` returns.

    None if it has neither a headline nor paragraphs.
    """
    line = {code: sanitize_line(" ".join(lines)) for code, lines in stated.items()}
    paragraphs = joined_groups([*stated.get("LP", ()), "", *stated.get("TD", ())])
    headline = line.get("HD", "")
    if not headline and not paragraphs:
        return None
    correction = line.get("CX", "")
    return PressItem(
        headline=headline,
        paragraphs=(correction, *paragraphs) if correction else paragraphs,
        outlet=line.get("SN", ""),
        date=day_in(line.get("PD", "")),
        byline=name_in(line.get("BY", "")),
        section=line.get("SE", "") or line.get("CLM", ""),
        page=line.get("PG", ""),
        language=language_code(line.get("LA", "")),
        captions=tuple(filter(None, (line.get("ART", ""),))),
    )


def _plain_item(lines: list[str]) -> PressItem | None:
    """Return the article in lines without codes; None if no line has the number of its words."""
    filled = [(number, line.strip()) for number, line in enumerate(lines) if line.strip()]
    filled = [(number, line) for number, line in filled if not _DOCUMENT.fullmatch(line[:200])]
    head = [line for _, line in filled[:30]]
    counted = next((n for n, line in enumerate(head) if _WORDS.fullmatch(line[:40])), None)
    if counted is None:
        return None
    above = head[:counted]
    has_byline = len(above) > 1 and (name_in(above[-1]) != above[-1] or len(above) > 2)
    facts = [line for _, line in filled[counted : counted + LARGEST_HEAD]]
    used = len(facts_of(facts))
    rest = lines[filled[counted + used][0] :] if counted + used < len(filled) else []
    body = [line for line in rest if not _DOCUMENT.fullmatch(line.strip()[:200])]
    above, byline = (above[:-1], above[-1:]) if has_byline else (above, [])
    has_section = len(above) > 1 and len(above[0].split()) <= _LONGEST_SECTION
    section = above.pop(0) if has_section else ""
    headline = " ".join(above)
    facts = [*byline, *facts[:used]]
    item = item_of_facts(headline, facts, joined_groups(body))
    return replace(item, section=item.section or section)


def facts_of(lines: list[str]) -> list[str]:
    """Return the lines about an article that stand before its text.

    They end with language or rights; if neither is stated, they are the first five.
    """
    end = 0
    for number, line in enumerate(lines):
        if len(line) < 120 and (_is_language(line) or _RIGHTS.match(line)):
            end = number + 1
    return lines[:end] if end else lines[:5]


def item_of_facts(headline: str, facts: list[str], paragraphs: tuple[str, ...]) -> PressItem:
    """Return the article whose facts are in the lines between its headline and its text.

    Args:
        headline: The headline.
        facts: By-line, number of words, date, time, outlet, its code, page, language and
            rights, in this order; each may be missing.
        paragraphs: The text.
    """
    left = [line for line in map(sanitize_line, facts) if not _RIGHTS.match(line)]
    counted = next((n for n, line in enumerate(left) if _WORDS.fullmatch(line[:40])), 0)
    byline = " ".join(left[:counted])
    rest = [line for line in left[counted:] if not _WORDS.fullmatch(line[:40])]
    date = next(filter(day_in, rest), "")
    others = [line for line in rest if line != date and not _TIME.fullmatch(line[:30])]
    if not byline:
        byline = next((line for line in others if name_in(line) != line), "")
    language = next(filter(_is_language, others), "")
    others = [line for line in others if line not in {byline, language}]
    outlet, *others = others or [""]
    page = next((line for line in others if _PAGE.fullmatch(line[:20])), "")
    known = (line for line in others if line != page and not _SOURCE_CODE.fullmatch(line[:20]))
    return PressItem(
        headline=sanitize_line(headline),
        paragraphs=paragraphs,
        outlet=outlet,
        date=day_in(date),
        byline=name_in(byline),
        section=next(known, ""),
        page=page,
        language=language_code(language),
    )


def _is_language(line: str) -> bool:
    """Return whether a line is only the name of a language."""
    return len(line.split()) < 3 and bool(language_code(line))
