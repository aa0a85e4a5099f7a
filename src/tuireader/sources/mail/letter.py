"""Reads a letter as an article: Subject, From, Date, and its text or newsletter."""

import re
from dataclasses import dataclass, replace
from email.utils import parseaddr

from tuireader.domain.article import Article
from tuireader.domain.errors import SourceError
from tuireader.domain.import_item import ImportItem
from tuireader.sources.feeds.dates import DayParser
from tuireader.sources.feeds.titles import html_of_text
from tuireader.sources.html.page import NO_ARTICLE, TOO_MANY_ELEMENTS, read_page
from tuireader.sources.html.parser import parse_html
from tuireader.sources.mail.mime import Part, leaves_of, parse_message
from tuireader.sources.plaintext.plain_article import plain_article
from tuireader.sources.stated_encoding import decode_stated
from tuireader.sources.web.page_store import page_article
from tuireader.text.sanitize import sanitize, sanitize_line

LARGEST_LETTER = 50_000_000
"""The largest letter that is read, in bytes, with its attachments."""
_ARTICLE = 0.6, 0.85
"""The part of a newsletter's text that its article has at least and at most.

With less, words of the letter are lost; with more, there is nothing around the article, and
the letter is shown as it is.
"""
_LONGEST_SENDER = 200
_SHORT = 1_500
"""Code points of a letter; a shorter one has nothing around an article and is shown as it is."""
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|mso-hide\s{0,3}:\s{0,3}all", re.IGNORECASE)
_QUOTED = re.compile(r">{1,100}")
_TEXTS = frozenset({"text/plain", "text/html"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter: what its headers state, the parts that are its text, and its attachments.

    `subject`, `sender` and `date` are empty if they are not stated.
    """

    subject: str
    sender: str
    date: str
    """The Date header as written."""
    body: tuple[Part, ...]
    attachments: tuple[Part, ...]


def parse_letter(data: bytes, location: str) -> Letter:
    """Return the letter in a message; fields that its headers do not state are empty.

    Raises SourceError, which names `location`, if it is too large, or its parts are nested too
    deeply.
    """
    if len(data) > LARGEST_LETTER:
        raise SourceError(location, f"it is larger than {LARGEST_LETTER // 1_000_000} MB")
    message = parse_message(data)
    body, attachments = list[Part](), list[Part]()
    for part in leaves_of(message, location):
        is_text = part.kind in _TEXTS and not part.is_attachment and not part.filename
        (body if is_text else attachments).append(part)
    return Letter(
        subject=message.header("Subject"),
        sender=sender_of(message),
        date=message.header("Date"),
        body=tuple(body),
        attachments=tuple(attachments),
    )


def sender_of(message: Part) -> str:
    """Return the name of who sent a message, else the address; empty if neither is stated."""
    sender = message.header("From") or message.header("Sender")
    # The library goes down one call for each open bracket.
    name, address = parseaddr(sender[:_LONGEST_SENDER])
    return sanitize_line(name.strip("\"' ") or address or sender)


def letter_article(letter: Letter, location: str, *, whole: bool = False) -> Article:
    """Return the article of a letter: its text, with the subject for the title.

    Args:
        letter: The letter.
        location: The location of the article.
        whole: Whether all of a newsletter is shown, with what is around the article.

    A letter without text has its subject for the text. Raises SourceError if it has neither.
    """
    article = _body_article(letter, location, whole=whole)
    return replace(
        article,
        title=letter.subject or article.title,
        outlet=letter.sender,
        author="",
        date=DayParser().parse(letter.date),
        source="",
    )


def _body_article(letter: Letter, location: str, *, whole: bool) -> Article:
    """Return the text of a letter as an article; only the subject if there is no text.

    The arguments and errors are those of `letter_article`.
    """
    pages = [part for part in letter.body if part.kind == "text/html"]
    if not pages:
        text = "\n\n".join(filter(None, map(_text_of, letter.body)))
        return plain_article(text if text.strip() else letter.subject, location)
    html = _without_hidden("<hr>".join(map(_html_of, letter.body)), location)
    everything = page_article(ImportItem(title="", html=html or "<p></p>"), location)
    if whole or len(letter.body) > 1 or len(everything.text) < _SHORT:
        return everything
    found = read_page(html.encode("utf-8"), location, charset="utf-8")
    if found.text.startswith((NO_ARTICLE, TOO_MANY_ELEMENTS)):
        return everything
    least, most = _ARTICLE
    is_article = least * len(everything.text) <= len(found.text) <= most * len(everything.text)
    return found if is_article else everything


def _html_of(part: Part) -> str:
    """Return a part of a letter as HTML; plain text is converted."""
    if part.kind == "text/html":
        return decode_stated(part.content(), part.charset)
    return html_of_text(_text_of(part))


def _without_hidden(html: str, location: str) -> str:
    """Return HTML without elements that mail programs do not show.

    These are, for example, the preview texts for lists of letters.
    """
    if not _HIDDEN.search(html):
        return html
    from lxml import etree  # noqa: PLC0415 - 20 ms, and only for newsletters

    root = parse_html(html, location)
    for element in list(root.iter()):
        parent = element.getparent()
        if parent is None or not _HIDDEN.search(element.get("style") or ""):
            continue
        tail, previous = element.tail or "", element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
        parent.remove(element)
    return str(etree.tostring(root, encoding="unicode", method="html"))


def _text_of(part: Part) -> str:
    """Return the text of a plain part; lines that were wrapped for sending are joined."""
    text = sanitize(decode_stated(part.content(), part.charset))
    if str(part.headers.get_param("format", "")).lower() != "flowed":
        return text
    return _unwrapped(text, delete_space=str(part.headers.get_param("delsp", "")).lower() == "yes")


def _unwrapped(text: str, *, delete_space: bool) -> str:
    """Return `format=flowed` text (RFC 3676) with its wrapped lines joined.

    `delete_space` tells whether the space at the end of a wrapped line is deleted (`DelSp=yes`).
    """
    lines: list[list[str]] = []
    flows, depth = False, ""
    for line in text.split("\n"):
        quoted = _QUOTED.match(line)
        marks = quoted[0] if quoted else ""
        words = line[len(marks) :].removeprefix(" ")
        if flows and marks == depth and lines:
            if delete_space:
                lines[-1][-1] = lines[-1][-1][:-1]
            lines[-1].append(words)
        else:
            lines.append([f"{marks} {words}" if marks else words])
        # The line that begins a signature has a space that is its own.
        flows, depth = words.endswith(" ") and words != "-- ", marks
    return "\n".join(map("".join, lines))
