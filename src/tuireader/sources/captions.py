"""Captions among the paragraphs of a plain text.

A caption is told by the credit at its end, or by how captions are written: "(left)",
"FILE -", "pictured", a thing that is shown and the day it was.
"""

import re

from tuireader.sources.credits import credit_start, names_agency

_LONGEST = 700
_LONGEST_UNCREDITED = 300
_STOPS = (".", "?", "!", "”", '"', "’")

_PICTURE = "photo|PHOTO|image|IMAGE|picture|pic"
_FILE = re.compile(rf"(?:FILES?|File|Archive|ARCHIVE)(?: (?:{_PICTURE}))?(?:[.:]? ?[-–—:]|\s*$)")
_FILE_END = re.compile(rf"(?:^|[.(\s])(?:File|FILE|Archive) ?(?:{_PICTURE})?\)?\.?$")
_SIDE = "left|right|centre|center"
_PLACED = re.compile(
    r"\((?:(?:pictured|above|below|far|top|bottom|in|the) )*"
    rf"(?:{_SIDE}|middle|above|below|pictured|[lrLR])(?: to right)?\)"
    rf"|, (?:(?:second|third|fourth|far|front|top|bottom)[ -])?(?:from )?(?:{_SIDE})(?:,|\.$|$|;)"
    r"|[Ff]rom left(?: to right)?[,:]|[Ll]eft to right|[Cc]lockwise from|^Pictured|, pictured\b"
    r"|(?<!was )(?<!were )pictured (?:here|above|below|in|at|with|last|this|on)\b"
)
_AGED = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,3}, \d{1,3}$")
_SAID = re.compile(r"\b(?:said|says|told|added|according|asked|wrote|explained|tweeted)\b")
_TOLD = re.compile(r"\b(?:will|would|had|has|have)\b")
_OPENED = re.compile(r"[\"“‘«„]")
_MONTH = "(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*"
_DATED = re.compile(
    rf"\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d"
    rf"|\b\d{{1,2}} {_MONTH} (?:19|20)\d\d"
)
_SHOWN_DOING = (
    "stand sit walk speak look listen react pose arrive leave wave hold attend smile gesture",
    "gather shout celebrate wear read help tend take burn deliver rise billow visit inspect",
    "greet perform play run ride drive depart hug disembark protest demonstrate participate",
    "lead lay join meet march chant queue throw",
)
_SHOWN = re.compile(
    rf"\b(?:(?:{'|'.join(' '.join(_SHOWN_DOING).split())})s?"
    r"|addresses|watch(?:es)?|marches|carry|carries|kiss(?:es)?|shakes? hands"
    r"|discussing|wearing|holding|standing|sitting|posing|walking|(?:is|are) shown"
    r"|(?:is|are|was|were) (?:seen|pictured))\b"
)
_VIEWS = (
    "general|aerial|file|undated|combination|handout|satellite|sign|view|photo|photograph"
    "|picture"
    "|portrait|still|scene|snapshot|screenshot|map|chart|selfie|statue"
)
_FEATURED = re.compile(
    rf"^An? (?:{_VIEWS})\b"
    r"|^(?:Aerial|Undated|Combination|File|Satellite|Handout) (?:view|photo|picture|image)s?\b"
    r"|^(?:Image|Photo|Picture)s? (?:of|shows?)\b|\((?:left|right|centre|center|pictured)\)"
)


def is_caption(text: str, *, opening: bool = False) -> bool:
    """Whether a paragraph is a caption, with or without its credit, or a bare credit.

    The opening line of a text may be a headline that names who said it
    ("Abortion not a poll issue - Blair"): there a short one needs an agency.
    """
    if len(text) > _LONGEST or not text:
        return False
    if len(text) > _LONGEST_UNCREDITED and text.endswith(_STOPS):
        return False  # most of all running text, told apart at once
    start = credit_start(text)
    if start is None:
        return _reads_like_one(text)
    return not opening or names_agency(text, start) or len(text.split()) > 9


def may_be_caption(text: str) -> bool:
    """Whether a paragraph may be the caption of a credit that stands in the next one."""
    if len(text) > 200 or _SAID.search(text) or _OPENED.search(text):
        return False
    return len(re.findall(r"[.!?](?=\s|$)", text)) <= 1


def _reads_like_one(text: str) -> bool:
    if len(text) > _LONGEST_UNCREDITED or _SAID.search(text) or _OPENED.match(text):
        return False
    if _AGED.match(text):
        return True
    if _FILE.match(text) or _FILE_END.search(text[-30:]):
        return True
    if len(text) <= 180 and _FEATURED.search(text):
        return True
    if _PLACED.search(text) and _SHOWN.search(text):
        return True
    dated = _DATED.search(text) and not _TOLD.search(text)
    return bool(dated and _SHOWN.search(text) and len(text) <= 250)
