"""Recognises captions and credits among the paragraphs of a plain text.

A credit names the agency or person that supplied a picture, at the end of a caption or alone
below it: "- KCNA/EPA-EFE/SHUTTERSTOCK", "(AP Photo)", "Photo: Jane Doe", "Getty Images". Only the
last 200 code points of a paragraph are examined, which bounds the time. A caption is recognised
by its credit, or by typical wording: "(left)", "FILE -", "pictured", what is shown and a date.
"""

import re

from tuireader.text.lazy_pattern import lazy_pattern
from tuireader.text.sentences import is_full_stop

_TAIL = 200
_LONGEST_UNMARKED = 400

_AGENCIES = (
    "AFP AP PA EPA EFE ANSA ANP DPA dpa APA KCNA KNS Xinhua TASS UPI AAP PTI ANI IANS NTB TT",
    "Belga BELGA Reuters REUTERS Getty GETTY Alamy ALAMY Shutterstock SHUTTERSTOCK iStock",
    "iStockphoto Bloomberg BLOOMBERG Imago IMAGO Anadolu Keystone KEYSTONE Corbis WireImage",
    "FilmMagic LightRocket NurPhoto SOPA ZUMA ZUMApress Zuma Rex REX Backgrid BACKGRID SplashNews",
    "SWNS Unsplash Pexels Pixabay Flickr Wikimedia Magnum Panos Redux Polaris Sipa SIPA Abaca",
    "ABACA Ritzau Scanpix Lehtikuva Yonhap Kyodo Jiji AdobeStock Depositphotos Dreamstime Newscom",
    "Postmedia Offside Allsport Mega MEGA TNS STR STRINGER Stringer Handout HANDOUT Supplied",
    "SUPPLIED Pool POOL Screengrab Screenshot SCREENSHOT Images IMAGES Photography PHOTOGRAPHY",
    "Pictures Wire Photo PHOTO Photos",
)
_AGENCIES_OF_TWO_WORDS = (
    "Picture Alliance|picture[ -]alliance|Splash News|Adobe Stock|Associated Press"
    "|Press Association|Agence France-Presse|Canadian Press"
)
_AGENCY = lazy_pattern(rf"\b(?:{'|'.join(' '.join(_AGENCIES).split())}|{_AGENCIES_OF_TWO_WORDS})\b")
_LABELS = (
    "[Pp]hotos?|[Pp]hotographs?|PHOTOS?|[Pp]ictures?|PICTURES?|Pic|Images?|IMAGES?|Credits?|CREDIT"
    "|Foto|FOTO|Bild|Fotograf|Illustration|[Pp]hoto illustration|Video|Graphics?|Sources?"
    "|Copyright|Courtesy|COURTESY"
)
_LABEL = lazy_pattern(
    rf"(?:^|[\s(\[|.,–—-])(?:{_LABELS})(?: credit| Credit| courtesy)?"
    r"(?:\s?:| by| of| courtesy of)(?: |(?<=:))(?P<credit>[^\s.].{0,110})$"
)
_BRACKETED = lazy_pattern(r"[(\[](?P<credit>[^()\[\]]{2,110})[)\]]\.?$")
_PARTED = lazy_pattern(
    r"(?:(?<=\s)[-–—―|/]|[©|]|(?<=[.!?”\"’)]) ?[-–—])\s(?P<credit>\S[^|©]{0,110})$"
)
_DASHES = ("-", "–", "—", "|")
_REMARKS = frozenset({"Applause", "Laughter", "More", "Continued", "Crosstalk", "Inaudible"})
_SMALL_WORDS = "via for of the and de la le by from & / - – | x photo illustration courtesy"
_JOINERS = frozenset(_SMALL_WORDS.split())
_SHARED = lazy_pattern(
    r"(?:(?<= )[A-Z][\w.'’-]+ ){1,3}[A-Z][\w'’-]+/[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}$"
)
_STOPPED = lazy_pattern(r"[.!?…][\"”’)]*$")
_LAST_STOP = lazy_pattern(r"[.!?…][\"”’)]*\s+(?=[^\s.!?…][^.!?…]*(?:\b[A-Z]\.[^.!?…]*){0,9}$)")
_SAID = lazy_pattern(r"\b(?:said|says|told|added|according|asked|wrote|explained|tweeted)\b")
_OPENED = lazy_pattern(r"[\"“‘«„]")


def is_credit(text: str) -> bool:
    """Return whether a line is only a credit ("Jane Doe/AFP via Getty Images")."""
    if len(text) > 120 or not text:
        return False
    label = _LABEL.match(text)
    if label and _is_named(label["credit"]):
        return True
    bare = text.strip("()[] ")
    return _is_agency_credit(bare)


def is_named_credit(text: str) -> bool:
    """Return whether a line consists of names only, as the credit below a caption may."""
    if len(text) > 100 or text.isupper() or _STOPPED.search(text) or text[-1] in ":,;":
        return False
    return _is_named(text)


def without_credit(text: str) -> str:
    """Return a caption without the credit at its end; unchanged if it has none."""
    start = credit_start(text)
    return text if not start else text[:start].rstrip(" -–—―|/©([.,")


def credit_start(text: str) -> int | None:
    """Return the offset of the credit at the end of a paragraph; None if there is none."""
    if is_credit(text):
        return 0
    at = max(0, len(text) - _TAIL)
    tail = text[at:].rstrip()
    for pattern, is_fit in _FORMS:
        found = pattern.search(tail)
        if found and is_fit(found["credit"], text[: at + found.start()], tail):
            return at + found.start()
    return _unmarked_credit(tail, at) if len(text) <= _LONGEST_UNMARKED else None


def _unmarked_credit(tail: str, at: int) -> int | None:
    """Return the offset of a credit that no dash or label separates from the caption.

    None if there is none. `tail` is the end of the caption, `at` the offset at which it starts.
    """
    if _STOPPED.search(tail) and not tail.endswith(("Inc.", "Co.", "Ltd.")):
        return None
    stop = _LAST_STOP.search(tail)
    if stop and _ends_sentence(tail, stop.start()) and _is_named(tail[stop.end() :]):
        return at + stop.end()
    words = tail.split(" ")
    for count in range(min(len(words) - 1, 9), 0, -1):
        credit = " ".join(words[-count:])
        if _is_agency_credit(credit):
            return at + len(tail) - len(credit)
    shared = _SHARED.search(tail)
    return at + shared.start() if shared else None


def _ends_sentence(tail: str, stop: int) -> bool:
    """Return whether the full stop at the offset `stop` ends a sentence before a credit."""
    following = tail[stop:].lstrip('.!?…"”’) ')
    if len(tail) - stop > 100 or tail.endswith((")", "]")) or following.startswith(_DASHES):
        return False
    before = tail[:stop]
    return not (before[-1:].isdigit() or before.isupper()) and is_full_stop(before, following)


def _fits_label(credit: str, before: str, _whole: str) -> bool:
    """Return whether `credit`, the text behind a label ("Photo:"), is a credit.

    `before` is the text before the label.
    """
    return _is_named(credit) and not _OPENED.match(before)


def _fits_brackets(credit: str, before: str, whole: str) -> bool:
    """Return whether `credit`, the text in brackets at a paragraph's end, is a credit.

    `before` is the text before the brackets, `whole` the paragraph.
    """
    if _is_agency_credit(credit) or _LABEL.match(credit):
        return True
    # "(PDVSA)." at the end of a sentence is an abbreviation.
    if not whole.endswith(")") or not _is_named(credit):
        return False
    if _STOPPED.search(before.rstrip()):
        if len(credit.split()) == 1 and (credit in _REMARKS or len(before) > 200):
            return False
        return len(before) <= _LONGEST_UNMARKED
    return len(before.split()) >= 6


def _fits_dash(credit: str, before: str, _whole: str) -> bool:
    """Return whether `credit`, the text behind a dash at a paragraph's end, is a credit.

    `before` is the text before the dash.
    """
    if not _is_named(credit) or _STOPPED.search(credit.replace("Inc.", "")):
        return False
    if _is_agency_credit(credit):
        return True
    words = before.split()
    if before.isupper() or len(before) > _LONGEST_UNMARKED:
        return False
    # "“To be or not to be” – William Shakespeare" is a motto.
    motto = _OPENED.match(before) and before.rstrip(" -–—").endswith(('"', "”", "’"))
    return not motto and (len(words) >= 4 or bool(_STOPPED.search(before.rstrip(" -–—|/"))))


_FORMS = (
    (_LABEL, _fits_label),
    (_BRACKETED, _fits_brackets),
    (_PARTED, _fits_dash),
)


def _is_named(credit: str) -> bool:
    """Return whether all words are names, or small words that join names."""
    words = re.split(r"[\s/,:;]+", credit.strip("()[] ."))
    names = 0
    for word in words:
        if not word or word.casefold() in _JOINERS:
            continue
        if word[0] in "#<":
            return False
        if not (any(map(str.isupper, word)) or "@" in word or _AGENCY.search(word)):
            return False
        names += 1
    return 0 < names <= 12 and not _SAID.search(credit)


def _is_agency_credit(credit: str) -> bool:
    """Return whether a text names an agency or archive, and consists of names only."""
    return len(credit) <= 110 and bool(_AGENCY.search(credit)) and _is_named(credit)


def names_agency(text: str, start: int) -> bool:
    """Return whether an agency or archive is named in a text at or after the offset `start`."""
    return _AGENCY.search(text, start) is not None


_LONGEST = 700
_LONGEST_UNCREDITED = 300
_STOPS = (".", "?", "!", "”", '"', "’")

_PICTURE = "photo|PHOTO|image|IMAGE|picture|pic"
_FILE = lazy_pattern(rf"(?:FILES?|File|Archive|ARCHIVE)(?: (?:{_PICTURE}))?(?:[.:]? ?[-–—:]|\s*$)")
_FILE_END = lazy_pattern(rf"(?:^|[.(\s])(?:File|FILE|Archive) ?(?:{_PICTURE})?\)?\.?$")
_SIDE = "left|right|centre|center"
_PLACED = lazy_pattern(
    r"\((?:(?:pictured|above|below|far|top|bottom|in|the) )*"
    rf"(?:{_SIDE}|middle|above|below|pictured|[lrLR])(?: to right)?\)"
    rf"|, (?:(?:second|third|fourth|far|front|top|bottom)[ -])?(?:from )?(?:{_SIDE})(?:,|\.$|$|;)"
    r"|[Ff]rom left(?: to right)?[,:]|[Ll]eft to right|[Cc]lockwise from|^Pictured|, pictured\b"
    r"|(?<!was )(?<!were )pictured (?:here|above|below|in|at|with|last|this|on)\b"
)
_AGED = lazy_pattern(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,3}, \d{1,3}$")
_TOLD = lazy_pattern(r"\b(?:will|would|had|has|have)\b")
_MONTH = "(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*"
_DATED = lazy_pattern(
    rf"\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d"
    rf"|\b\d{{1,2}} {_MONTH} (?:19|20)\d\d"
)
_SHOWN_DOING = (
    "stand sit walk speak look listen react pose arrive leave wave hold attend smile gesture",
    "gather shout celebrate wear read help tend take burn deliver rise billow visit inspect",
    "greet perform play run ride drive depart hug disembark protest demonstrate participate",
    "lead lay join meet march chant queue throw",
)
_SHOWN = lazy_pattern(
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
_FEATURED = lazy_pattern(
    rf"^An? (?:{_VIEWS})\b"
    r"|^(?:Aerial|Undated|Combination|File|Satellite|Handout) (?:view|photo|picture|image)s?\b"
    r"|^(?:Image|Photo|Picture)s? (?:of|shows?)\b|\((?:left|right|centre|center|pictured)\)"
)


def is_caption(text: str, *, opening: bool = False) -> bool:
    """Return whether a paragraph is a caption, with or without a credit, or a credit alone.

    `opening` tells whether it is the first line of a text. Such a line may be a headline that names
    its speaker ("Abortion not a poll issue - Blair"), so if it is short it must name an agency.
    """
    if len(text) > _LONGEST or not text:
        return False
    if len(text) > _LONGEST_UNCREDITED and text.endswith(_STOPS):
        return False  # decides most running text quickly
    start = credit_start(text)
    if start is None:
        return _reads_like_one(text)
    return not opening or names_agency(text, start) or len(text.split()) > 9


def may_be_caption(text: str) -> bool:
    """Return whether a paragraph may be a caption whose credit is the next paragraph."""
    if len(text) > 200 or _SAID.search(text) or _OPENED.search(text):
        return False
    return len(re.findall(r"[.!?](?=\s|$)", text)) <= 1


def _reads_like_one(text: str) -> bool:
    """Return whether a paragraph without a credit is worded like a caption."""
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
