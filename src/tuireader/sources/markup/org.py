"""Reads Org documents (.org): headings, lists, tables, links, blocks and footnotes.

The markup is translated into Markdown line by line, as the manual of Org 9 describes it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tuireader.domain.errors import SourceError
from tuireader.sources.documents.document import DocumentContent
from tuireader.sources.markdown.parser import markdown_html
from tuireader.sources.plaintext.encoding import decode

LARGEST = 5_000_000
_HEADLINE = re.compile(r"(\*{1,20}) +(.*)$")
_STATE = re.compile(r"(?:TODO|DONE|NEXT|WAITING|CANCELLED|CANCELED)\s+")
_PRIORITY = re.compile(r"\[#[A-Z0-9]\]\s*")
_TAGS = re.compile(r":[\w@#%:]{1,200}:$")
_KEYWORD = re.compile(r"#\+([A-Za-z_]{1,30}):\s*(.*)$")
_BEGIN = re.compile(r"\s*#\+begin_(\w{1,30})(.*)$", re.IGNORECASE)
_DRAWER = re.compile(r"\s*:[A-Za-z][\w-]{0,40}:\s*$")
_PLANNING = re.compile(r"\s*(?:SCHEDULED|DEADLINE|CLOSED|CLOCK):\s*[<\[]")
_LINK = re.compile(r"\[\[([^\[\]\n]{1,1000})\](?:\[([^\[\]\n]{1,500})\])?\]")
_NOTE = re.compile(r"^\[fn:([\w-]{1,50})\]\s*")
_NOTE_MARK = re.compile(r"\[fn:([\w-]{1,50})\]")
_INLINE_NOTE = re.compile(r"\[fn:[\w-]{0,50}:([^\[\]\n]{1,1000})\]")
_ITEM = re.compile(r"( *)(?:[-+]|(\d{1,6})[.)]) +(?:\[@\d+\] *)?(?:\[([ Xx-])\] +)?")
_DEFINITION = re.compile(r" :: ")
_MARKUP = re.compile(r"(?<![\w*/_=~+])([*/_=~+])(?=\S)([^\n]{1,400}?)(?<=\S)\1(?![\w*/_=~+])")
_SIGNS = {"*": "**", "/": "*", "_": "*", "+": "~~"}
_TABLE_RULE = re.compile(r"\s*\|[-+]+\|?\s*$")
_SPECIAL = re.compile(r"([\\`*_<>$^~\[\]])")


@dataclass(slots=True)
class _OrgState:
    """What is open at the current line, and the document's metadata so far."""

    keywords: dict[str, str] = field(default_factory=dict)
    block: str = ""
    drawer: bool = False
    in_table: bool = False


def read(data: bytes, location: str) -> DocumentContent:
    """Return the content of an Org document.

    Raises SourceError, which names `location`, if it is not text, too large, or nested too deeply.
    """
    if len(data) > LARGEST:
        raise SourceError(location, f"it is larger than {LARGEST // 1_000_000} MB")
    text, guessed = decode(data, location)
    state = _OrgState()
    markdown = "\n".join(_lines(text.expandtabs(8).splitlines(), state))
    html = markdown_html(markdown)
    if html is None:
        raise SourceError(location, "it is too large or nested too deeply")
    return DocumentContent(
        html=html,
        title=state.keywords.get("title", ""),
        author=state.keywords.get("author", ""),
        date=state.keywords.get("date", "").strip("<>[]")[:10],
        language=state.keywords.get("language", ""),
        guessed_encoding=guessed,
    )


def _lines(lines: list[str], state: _OrgState) -> Iterator[str]:
    """Yield the lines of a document as Markdown; `state` is updated with each line."""
    for line in lines:
        if state.block:
            yield from _inside_block(line, state)
        elif state.drawer:
            state.drawer = line.strip().lower() != ":end:"
        elif found := _BEGIN.match(line):
            state.block = found[1].lower()
            yield from ("", _fence(state.block))
        elif _DRAWER.match(line):
            state.drawer = True
        elif found := _KEYWORD.match(line):
            state.keywords.setdefault(found[1].lower(), found[2].strip())
            if found[1].lower() == "caption":
                yield from ("", _inline(found[2]), "")
        elif _PLANNING.match(line) or re.match(r"\s*#(?:\s|\+|$)", line):
            continue
        else:
            yield from _text_line(line, state)


def _fence(block: str) -> str:
    """Return the Markdown line that opens or closes a block of some name.

    Empty for a block that holds text.
    """
    return "" if block in {"quote", "verse", "center", "comment", "note", "abstract"} else "~~~~~~"


def _inside_block(line: str, state: _OrgState) -> Iterator[str]:
    """Yield the Markdown for a line of an open block; its last line closes the block."""
    if line.strip().lower() == f"#+end_{state.block}":
        yield from (_fence(state.block), "")
        state.block = ""
    elif state.block == "quote":
        yield f"> {_inline(line.strip())}"
    elif state.block == "verse":
        # Two spaces break the line, and vanish at the end of a stanza.
        indent = "\N{NO-BREAK SPACE}" * (len(line) - len(line.lstrip()))
        yield f"{indent}{_inline(line.strip())}  " if line.strip() else ""
    elif state.block == "comment":
        return
    elif _fence(state.block):
        yield line.removeprefix(",")
    else:
        yield _inline(line.strip())


def _text_line(line: str, state: _OrgState) -> Iterator[str]:
    """Yield the Markdown for a line outside blocks and drawers; nothing for settings."""
    if found := _HEADLINE.match(line):
        words = _PRIORITY.sub("", _STATE.sub("", found[2], count=1), count=1).strip()
        words = words.rpartition(" ")[0] if _TAGS.match(words.rpartition(" ")[2]) else words
        yield from ("", f"{'#' * min(6, len(found[1]))} {_inline(words)}", "")
    elif line.lstrip().startswith("|"):
        yield from _table_line(line, state)
        return
    elif found := _ITEM.match(line):
        box = {"x": "[x] ", " ": "[ ] ", "-": "[ ] "}.get((found[3] or "?").lower(), "")
        mark = f"{found[2]}." if found[2] else "-"
        words = _DEFINITION.sub(": ", line[found.end() :], count=1)
        yield f"{found[1]}{mark} {box}{_inline(words)}"
    elif found := _NOTE.match(line):
        yield f"[^{found[1]}]: {_inline(line[found.end() :])}"
    elif re.match(r"\s*-{5,}\s*$", line):
        yield from ("", "---", "")
    elif line.startswith(": "):
        yield f"    {line[2:]}"
    else:
        yield _inline(line.strip() if not line.startswith("  ") else line.lstrip())
    state.in_table = False


def _table_line(line: str, state: _OrgState) -> Iterator[str]:
    """Yield the Markdown for a row of a table, with a rule below the first row."""
    if _TABLE_RULE.match(line):
        return
    cells = [_inline(cell.strip()) for cell in line.strip().strip("|").split("|")]
    row = f"| {' | '.join(cells)} |"
    if not state.in_table:
        yield from ("", row, f"|{' - |' * len(cells)}")
        state.in_table = True
    else:
        yield row


def _inline(text: str) -> str:
    """Return running text as Markdown."""
    kept: list[str] = []

    def keep(markdown: str) -> str:
        kept.append(markdown)
        return f"\x00{len(kept) - 1}\x00"

    def link(found: re.Match[str]) -> str:
        target, words = found[1], found[2]
        shown = _SPECIAL.sub(r"\\\1", words or target.removeprefix("file:").removeprefix("*"))
        is_address = target.startswith(("http://", "https://", "mailto:"))
        return keep(f"[{shown}](<{target}>)" if is_address else shown)

    def marked(found: re.Match[str]) -> str:
        sign, words = found[1], found[2]
        if sign in "=~":
            return keep(f"`` {words} ``")
        mark = _SIGNS[sign]
        return f"{keep(mark)}{words}{keep(mark)}"

    text = _LINK.sub(link, text.replace("\x00", ""))
    text = _INLINE_NOTE.sub(lambda found: keep(f"^[{found[1]}]"), text)
    text = _NOTE_MARK.sub(lambda found: keep(f"[^{found[1]}]"), text)
    text = _MARKUP.sub(marked, text)
    text = _SPECIAL.sub(r"\\\1", text)
    for _ in range(3):
        text = re.sub(r"\x00(\d+)\x00", lambda found: kept[int(found[1])], text)
    return text
