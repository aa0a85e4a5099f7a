"""Which single marks open and close a quotation, and which are apostrophes."""

import re

_OPENING = "‘'‚‛"
_CLOSING = "’'‘"
_BEFORE = ' \t\n\r\xa0\u202f\u2009([{—–-/:“"„>…'
_ELIDED = re.compile(
    r"(?:em|tis|twas|til|till|cause|round|bout|n|im|er|s|d|re|ve|ll|\d\ds?)\b", re.IGNORECASE
)
_STOPS = ".,!?…"


def closing_singles(text: str, start: int, end: int, marks: list[re.Match[str]]) -> dict[int, int]:
    """Where each opening single mark between start and end is closed.

    One that is the first thing of the paragraph and never closes is given the end.
    A closing mark behind punctuation is sure; one behind an "s" may be an
    apostrophe, and counts only if no sure one comes before the next opening mark.
    """
    singles = [match.start() for match in marks if match[0] in "‘’‚‛'"]
    if not singles:
        return {}
    result: dict[int, int] = {}
    sure = maybe = -1
    for at in reversed(singles):
        if _may_open(text, at, start):
            closing = _choose(text, sure, maybe)
            if closing >= 0:
                result[at] = closing
            elif text[at] == "‘" and not text[start:at].strip():
                result[at] = end
            sure = maybe = -1
        elif _may_close(text, at):
            if text[at - 1] in _STOPS or text[at - 1] not in "sS":
                if sure < 0 or text[at - 1] in _STOPS or text[sure - 1] not in _STOPS:
                    sure = at
            else:
                maybe = at
    return result


def _choose(text: str, sure: int, maybe: int) -> int:
    if sure >= 0 and (maybe < 0 or maybe > sure or not _ends_clause(text, maybe)):
        return sure
    return maybe


def _ends_clause(text: str, at: int) -> bool:
    """Whether a closing mark behind an "s" is no possessive: no word follows it."""
    return text[at + 1 : at + 2] in ("", ",", ".", ";", ":", "!", "?", ")", "\n")


def _may_open(text: str, at: int, start: int) -> bool:
    if text[at] not in _OPENING or at + 1 >= len(text):
        return False
    before = text[at - 1] if at > start else "\n"
    after = text[at + 1]
    if (before not in _BEFORE and not _is_wide(before)) or after.isspace():
        return False
    if after in "’'":
        return _ELIDED.match(text, at + 2) is not None
    if after in ".,;:!?)":
        return False
    return text[at] == "‚" or _ELIDED.match(text, at + 1) is None


def _is_wide(letter: str) -> bool:
    """Whether a letter is of a script that has no apostrophes: Han, Kana, Hangul."""
    return letter >= "\u2e80"


def _may_close(text: str, at: int) -> bool:
    if text[at] not in _CLOSING or at == 0 or text[at - 1].isspace():
        return False
    after = text[at + 1 : at + 2]
    return not after or _is_wide(after) or not (after.isalnum() or after in "’'_")
