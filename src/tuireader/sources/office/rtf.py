"""Reads Rich Text (.rtf): headings, lists, tables, notes, links and metadata.

Written after the Rich Text Format specification, version 1.9.1.
"""

import re
from dataclasses import dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING, Any

from tuireader.domain.errors import SourceError
from tuireader.sources.documents.document import DocumentContent
from tuireader.sources.office.rtf_tokens import (
    CHARACTERS,
    CODEPAGES,
    IGNORABLE_BUT_READ,
    SKIPPED,
    SYMBOLS,
    RtfToken,
    tokens,
)
from tuireader.sources.plaintext.encoding import named_encoding

if TYPE_CHECKING:
    from collections.abc import Callable

DEEPEST = 2_000
"""How many groups may be nested in each other; no program writes nearly as many."""
_HYPERLINK = re.compile(r"HYPERLINK\s+(?:\\[a-z]\s+)?\"?([^\"\s]{1,2000})", re.IGNORECASE)
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|kop|заголовок)\s*([1-9])", re.IGNORECASE
)
_INFO = frozenset({"title", "author", "subject", "doccomm", "company"})
_TOGGLES = {"b": "strong", "i": "em", "super": "sup", "sub": "sub"}


@dataclass(frozen=True, slots=True)
class _Format:
    """What a group sets for the words in it; an inner group begins with that of the outer one."""

    destination: str = ""
    """Where words go: the name of a destination, or "" for the text."""
    marks: frozenset[str] = frozenset()
    hidden: bool = False
    font: int = 0
    fallbacks: int = 1
    """How many characters behind a Unicode character are for programs that do not know it."""
    link: str = ""


@dataclass(slots=True)
class _Paragraph:
    """The paragraph that is being read."""

    runs: list[tuple[str, frozenset[str], str]] = field(default_factory=list)
    marker: str = ""
    level: int = 0
    """The level of a heading; 0 for other paragraphs."""
    in_table: bool = False
    depth: int = 0

    def html(self) -> str:
        """Return the paragraph's words as HTML, with their emphasis and links."""
        parts = []
        for text, marks, link in self.runs:
            words = escape(text, quote=False).replace("\n", "<br>")
            for mark in sorted(marks):
                words = f"<{mark}>{words}</{mark}>"
            parts.append(f'<a href="{escape(link)}">{words}</a>' if link else words)
        return "".join(parts)


class _Story:
    """The paragraphs and tables of the text, or of one note, as HTML."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.paragraph = _Paragraph()
        self._cells: list[str] = []
        self._cell: list[str] = []
        self._rows: list[str] = []

    def end_paragraph(self) -> None:
        """Add the paragraph; the next one has the same kind, until a control word resets that."""
        done = self.paragraph
        self.paragraph = replace(done, runs=[], marker="")
        words = done.html()
        if done.in_table:
            self._cell.append(words)
            return
        self._end_table()
        if not words.strip():
            return
        if done.level:
            self.parts.append(f"<h{done.level}>{words}</h{done.level}>")
        elif done.marker:
            self.parts.append(_item(done, words))
        else:
            self.parts.append(f"<p>{words}</p>")

    def end_cell(self) -> None:
        """Add the words so far as a cell of a table."""
        words = self.paragraph.html()
        self.paragraph = replace(self.paragraph, runs=[], marker="")
        self._cells.append("<br>".join(part for part in (*self._cell, words) if part.strip()))
        self._cell = []

    def end_row(self) -> None:
        """Add the cells so far as a row of a table."""
        cells = "".join(f"<td>{cell}</td>" for cell in self._cells)
        self._rows.append(f"<tr>{cells}</tr>")
        self._cells = []

    def html(self) -> str:
        """Return the whole story as HTML; empty if it has no words."""
        self.end_paragraph()
        self.paragraph.in_table = False
        self._end_table()
        return "\n".join(self.parts)

    def _end_table(self) -> None:
        if self._cells or self._cell:
            self._cells += ["<br>".join(self._cell)] if self._cell else []
            self.end_row()
            self._cell = []
        if self._rows:
            self.parts.append(f"<table>{''.join(self._rows)}</table>")
            self._rows = []


def _item(paragraph: _Paragraph, words: str) -> str:
    """Return a list item as HTML; `words` is its text, which keeps its number if it has one."""
    number = re.match(r"\(?(\d{1,6})[.)]", paragraph.marker)
    opened, closed = (f'<ol start="{number[1]}">', "</ol>") if number else ("<ul>", "</ul>")
    depth = min(paragraph.depth, 8)
    return f"{'<ul>' * depth}{opened}<li>{words}</li>{closed}{'</ul>' * depth}"


def read(data: bytes, location: str) -> DocumentContent:
    """Return the content of a Rich Text document; SourceError if it is nested too deeply."""
    reader = _Reader(location)
    for token in tokens(data.decode("latin-1")):
        reader.take(token)
    return reader.document()


class _Reader:
    """Takes the tokens of a document in order, and tracks the open groups."""

    def __init__(self, location: str) -> None:
        self._location = location
        self._format = _Format()
        self._groups: list[_Format] = []
        self._stories = [_Story()]
        self._notes: list[str] = []
        self._note_groups: list[int] = []
        self._codepage = "cp1252"
        self._fonts: dict[int, str] = {}
        self._levels: dict[int, int] = {}
        self._style: tuple[int, str, int] = (0, "", 0)
        self._info: dict[str, str] = {}
        self._field = ""
        self._bytes = bytearray()
        self._to_skip = 0
        self._is_ignorable = False
        self._high = 0
        """The first half of a character beyond the first 65,536; 0 if none is open."""
        self._words: dict[str, Callable[[int | None], None]] = {
            "par": lambda _: self._story.end_paragraph(),
            "sect": lambda _: self._story.end_paragraph(),
            "page": lambda _: self._story.end_paragraph(),
            "line": lambda _: self._add("\n"),
            "cell": lambda _: self._story.end_cell(),
            "nestcell": lambda _: self._story.end_cell(),
            "row": lambda _: self._story.end_row(),
            "nestrow": lambda _: self._story.end_row(),
            "pard": lambda _: self._reset_paragraph(),
            "plain": lambda _: self._set(marks=frozenset(), hidden=False),
            "v": lambda number: self._set(hidden=number != 0),
            "deleted": lambda number: self._set(hidden=number != 0),
            "uc": lambda number: self._set(fallbacks=min(10, max(0, number or 0))),
            "f": self._font,
            "fcharset": self._charset,
            "s": self._paragraph_style,
            "outlinelevel": self._outline_level,
            "ansicpg": self._ansi_codepage,
            "u": self._unicode,
        }

    def document(self) -> DocumentContent:
        """Return the content of the tokens taken so far, with the notes at the end."""
        self._decode()
        html = self._stories[0].html()
        if self._notes:
            items = "".join(
                f'<li id="note-{number}">{note}</li>' for number, note in enumerate(self._notes, 1)
            )
            html += f"<hr><ol>{items}</ol>"
        return DocumentContent(
            html=html, title=self._info.get("title", ""), author=self._info.get("author", "")
        )

    def take(self, token: RtfToken) -> None:
        """Take the next token; raise SourceError if groups are nested too deeply."""
        if token.kind == "text" and self._bytes:
            token = self._complete(token)
        if token.kind != "byte":
            self._decode()
        match token.kind:
            case "brace":
                self._open() if token.value == "{" else self._close()
            case "word":
                self._take_word(token.value, token.number)
            case "symbol":
                self._take_symbol(token.value)
            case "byte":
                if self._skips(1):
                    self._bytes.append(int(token.value, 16))
            case _:
                self._take_text(token.value)

    def _complete(self, token: RtfToken) -> RtfToken:
        """Return a token without its first byte if that completes the collected bytes."""
        try:
            self._bytes.decode(self._encoding())
        except UnicodeDecodeError:
            if ord(token.value[0]) < 0x100:
                self._bytes.append(ord(token.value[0]))
                return token._replace(value=token.value[1:])
        return token

    @property
    def _story(self) -> _Story:
        return self._stories[-1]

    def _open(self) -> None:
        if len(self._groups) >= DEEPEST:
            raise SourceError(self._location, "nested too deeply")
        self._groups.append(self._format)

    def _close(self) -> None:
        if not self._groups:
            return
        self._to_skip = 0
        if self._note_groups and self._note_groups[-1] == len(self._groups):
            self._note_groups.pop()
            self._notes.append(self._stories.pop().html())
        if self._format.destination == "stylesheet" and self._style[1].strip():
            self._keep_style()
        self._format = self._groups.pop()

    def _take_word(self, word: str, number: int | None) -> None:
        """Do what a control word says; `number` is behind the word, None if there is none."""
        ignorable, self._is_ignorable = self._is_ignorable, False
        if word in SKIPPED or (ignorable and word not in IGNORABLE_BUT_READ):
            self._set(destination="skip")
        elif word in {"fonttbl", "stylesheet", "fldinst", "listtext", "pntext"}:
            self._set(destination=word)
        elif word in {"footnote", "annotation"} and self._format.destination != "skip":
            self._begin_note()
        elif word in _INFO and self._format.destination == "info":
            self._set(destination=word)
        elif word == "info":
            self._set(destination="info")
        elif word == "fldrslt":
            found = _HYPERLINK.match(self._field.strip())
            self._set(link=found[1] if found else "")
            self._field = ""
        elif word in CHARACTERS:
            self._take_text(CHARACTERS[word])
        elif word in _TOGGLES or word in {"nosupersub", "intbl", "ilvl"}:
            self._take_property(word, number)
        elif word in self._words and self._format.destination in {"", "fonttbl", "stylesheet"}:
            self._words[word](number)

    def _take_property(self, word: str, number: int | None) -> None:
        """Set a property of characters or of the paragraph; `number` 0 switches it off."""
        marks = self._format.marks
        if word in _TOGGLES:
            mark = _TOGGLES[word]
            self._set(marks=marks | {mark} if number != 0 else marks - {mark})
        elif word == "nosupersub":
            self._set(marks=marks - {"sup", "sub"})
        elif self._format.destination == "":
            if word == "intbl":
                self._story.paragraph.in_table = True
            else:
                self._story.paragraph.depth = max(0, number or 0)

    def _take_symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._is_ignorable = True
        elif symbol in "\r\n":
            self._take_word("par", None)
        elif symbol in SYMBOLS:
            self._take_text(SYMBOLS[symbol])

    def _take_text(self, text: str) -> None:
        if self._to_skip:
            skipped = min(self._to_skip, len(text))
            self._to_skip -= skipped
            text = text[skipped:]
        if not text.isascii() and all(char < "\u0100" for char in text):
            text = text.encode("latin-1").decode(self._encoding(), "replace")
        self._add(text)

    def _add(self, text: str) -> None:
        """Add words to what the open group is for: the text, a field, or metadata."""
        shown = self._format
        match shown.destination:
            case "":
                if not shown.hidden and text:
                    self._story.paragraph.runs.append((text, shown.marks, shown.link))
            case "fldinst":
                self._field = (self._field + text)[:3_000]
            case "listtext" | "pntext":
                self._story.paragraph.marker += text.strip()
            case "stylesheet":
                self._style = (self._style[0], (self._style[1] + text)[:200], self._style[2])
            case _ if shown.destination in _INFO:
                known = self._info.get(shown.destination, "")
                self._info[shown.destination] = (known + text)[:1_000]

    def _skips(self, count: int) -> bool:
        """Return whether characters count: False if they repeat one for old programs."""
        if self._to_skip >= count:
            self._to_skip -= count
            return False
        return True

    def _decode(self) -> None:
        """Add the characters of the collected bytes, in the font's encoding."""
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            self._add(data.decode(self._encoding(), "replace"))

    def _encoding(self) -> str:
        return self._fonts.get(self._format.font) or self._codepage

    def _begin_note(self) -> None:
        """Put the mark of a note into the text; the next words are those of the note."""
        number = len(self._notes) + len(self._note_groups) + 1
        self._story.paragraph.runs.append((f"[{number}]", frozenset(), f"#note-{number}"))
        self._stories.append(_Story())
        self._note_groups.append(len(self._groups))

    def _set(self, **changes: Any) -> None:
        self._format = replace(self._format, **changes)

    def _reset_paragraph(self) -> None:
        paragraph = self._story.paragraph
        paragraph.level, paragraph.in_table, paragraph.depth = 0, False, 0

    def _font(self, number: int | None) -> None:
        self._set(font=number or 0)

    def _charset(self, number: int | None) -> None:
        if number is not None and number in CODEPAGES and len(self._fonts) < 5_000:
            self._fonts[self._format.font] = CODEPAGES[number] if number > 0 else ""

    def _ansi_codepage(self, number: int | None) -> None:
        self._codepage = named_encoding(f"cp{number}") or self._codepage

    def _paragraph_style(self, number: int | None) -> None:
        if self._format.destination == "stylesheet":
            self._style = (number or 0, "", 0)
        else:
            self._story.paragraph.level = self._levels.get(number or 0, 0)

    def _outline_level(self, number: int | None) -> None:
        level = min(6, (number or 0) + 1) if (number or 0) < 9 else 0
        if self._format.destination == "stylesheet":
            self._style = (self._style[0], self._style[1], level)
        else:
            self._story.paragraph.level = level

    def _keep_style(self) -> None:
        """Remember the heading level of a style in the style sheet."""
        number, name, level = self._style
        found = _HEADING.search(name)
        level = level or (min(6, int(found[1])) if found else 0)
        if name.strip(" ;").casefold() == "title":
            level = 1
        if len(self._levels) < 5_000:
            self._levels[number] = level
        self._style = (0, "", 0)

    def _unicode(self, number: int | None) -> None:
        code, high = (number or 0) % 0x10000, self._high
        self._high = code if 0xD800 <= code < 0xDC00 else 0
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        if not self._high:
            self._add(chr(code))
        self._to_skip = self._format.fallbacks
