"""Reads AsciiDoc: headings, lists, blocks, tables, links and notes.

The markup is translated into Markdown line by line; macros that are not known keep their words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tuireader.domain.errors import SourceError
from tuireader.sources.documents.document import DocumentContent
from tuireader.sources.markdown.parser import markdown_html
from tuireader.sources.plaintext.encoding import decode

LARGEST = 5_000_000
_TITLE = re.compile(r"(={1,6}|#{1,6}) +(\S.*)$")
_ATTRIBUTE = re.compile(r":!?([\w-]{1,40})!?:\s*(.*)$")
_BLOCK_LINE = re.compile(r"\[[^\[\]\n]{0,500}\]\s*$")
_ANCHOR = re.compile(r"\[\[([^\[\],\n]{1,100})(?:,[^\[\]\n]{0,200})?\]\]")
_BLOCK_TITLE = re.compile(r"\.(?![.\s])(\S.*)$")
_ITEM = re.compile(r"\s*(\*{1,6}|-|\.{1,6}|\d{1,6}\.)\s+(?:\[([ xX*])\]\s+)?(\S.*)$")
_TERM = re.compile(r"\s*(\S.{0,200}?)(?:::{1,3}|;;)(?:\s+(.*))?$")
_DELIMITER = re.compile(r"(-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|\+{4,}|/{4,}|--|```+\w*)\s*$")
_ADMONITION = re.compile(r"(NOTE|TIP|WARNING|CAUTION|IMPORTANT):\s+")
_KIND = re.compile(r"\[(NOTE|TIP|WARNING|CAUTION|IMPORTANT)\b")
_BLOCK_MACRO = re.compile(r"(?:image|video|audio)::?[^\s\[\]]{1,500}\[([^\[\]\n]{0,500})\]")
_UNSEEN = re.compile(r"(?:include|toc|ifdef|ifndef|ifeval|endif)::")
_LINK = re.compile(
    r"(?:link:|xref:)?((?:https?|mailto|ftp)(?::/{0,2})[^\s\[\]<>]{1,1000})\[([^\[\]\n]{0,500})\]"
    r"|(?:link|xref):([^\s\[\]]{1,300})\[([^\[\]\n]{0,500})\]"
    r"|<<([^<>,\n]{1,200})(?:,([^<>\n]{1,300}))?>>"
)
_NOTE = re.compile(r"footnote(?:ref)?:[\w-]{0,40}\[([^\[\]\n]{1,1000})\]")
_MACRO = re.compile(
    r"\b(?:kbd|btn|menu|pass|stem|latexmath|asciimath):[^\s\[\]]{0,60}\[([^\[\]\n]{0,300})\]"
)
_CALL_OUT = re.compile(r"<\d{1,3}>\Z")
_CELL = re.compile(r"(?<!\\)\|")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MAIL = re.compile(r" ?<[^<>]{0,200}>")
_INDEX = re.compile(r"\(\(\([^()\n]{1,200}\)\)\)")
_TERM_IN_TEXT = re.compile(r"\(\(([^()\n]{1,200})\)\)")
_MARKUP = re.compile(r"(?<![\w*_`+#])([*_`#]{1,2})(?=\S)([^\n]{1,400}?)(?<=\S)\1(?![\w*_`+#])")
_ROLE = re.compile(r"\[[.#%\w-]{1,100}\](?=[*_`#])")
_REFERENCE = re.compile(r"\{([\w-]{1,40})\}")
_SPECIAL = re.compile(r"([\\`*_<>$\[\]])")
_CHARACTERS = {"--": "—", "...": "…", "(C)": "©", "(R)": "®", "(TM)": "™"}


@dataclass(slots=True)
class _AsciidocState:
    """What is open at the current line, and the values of the document's attributes so far."""

    attributes: dict[str, str] = field(default_factory=dict)
    title: str = ""
    author: str = ""
    date: str = ""
    open: list[tuple[str, str]] = field(default_factory=list)
    """The delimiters of the blocks that are open, and how their lines are shown."""
    style: str = ""
    """The line of attributes in brackets above a block."""
    table: list[list[str]] | None = None


def read(data: bytes, location: str) -> DocumentContent:
    """Return the content of an AsciiDoc document.

    Raises SourceError, which names `location`, if it is not text, or too large.
    """
    if len(data) > LARGEST:
        raise SourceError(location, f"it is larger than {LARGEST // 1_000_000} MB")
    text, guessed = decode(data, location)
    state = _AsciidocState()
    lines = _without_header([line.rstrip() for line in text.expandtabs(4).splitlines()], state)
    html = markdown_html("\n".join(_lines(lines, state)))
    if html is None:
        raise SourceError(location, "it is too large or nested too deeply")
    return DocumentContent(
        html=html,
        title=state.title,
        author=state.author or state.attributes.get("author", ""),
        date=state.date or state.attributes.get("revdate", ""),
        language=state.attributes.get("lang", ""),
        guessed_encoding=guessed,
    )


def _lines(lines: list[str], state: _AsciidocState) -> Iterator[str]:
    """Yield the lines of a document as Markdown; `state` is updated with each line."""
    for line in lines:
        if state.table is not None:
            yield from _table_line(line, state)
        elif state.open and state.open[-1][1] in {"code", "hidden"}:
            yield from _verbatim_line(line, state)
        elif found := _DELIMITER.match(line):
            yield from _delimiter(found[1], state)
        elif re.match(r"[|!,:]={3,}\s*$", line):
            state.table = []
        elif line.startswith("//") or _UNSEEN.match(line):
            continue
        else:
            quoted = "> " if any(kind == "quote" for _, kind in state.open) else ""
            for shown in _text_line(line, state):
                yield f"{quoted}{shown}"
    if state.table:
        yield from _table(state.table)
    if state.open and state.open[-1][1] == "code":
        yield "~~~~~~"


def _verbatim_line(line: str, state: _AsciidocState) -> Iterator[str]:
    """Yield a line of an open block of code unchanged; nothing for a line of a comment.

    The line that closes the block is Markdown's fence.
    """
    delimiter, kind = state.open[-1]
    if line.rstrip() == delimiter or (delimiter.startswith("```") and line.startswith("```")):
        state.open.pop()
        if kind == "code":
            yield from ("~~~~~~", "")
    elif kind == "code":
        yield _CALL_OUT.sub("", line.rstrip()).rstrip()


def _delimiter(delimiter: str, state: _AsciidocState) -> Iterator[str]:
    """Open or close the block with a delimiter line; yield the Markdown lines for that."""
    if any(known == delimiter for known, _ in state.open):
        while state.open.pop()[0] != delimiter:
            continue
        yield ""
        return
    if len(state.open) >= 15:
        return
    sign = delimiter[0]
    kind = "code" if sign in "-.`" and delimiter != "--" else "text"
    kind = "hidden" if sign == "/" else "quote" if sign == "_" else kind
    state.open.append((delimiter, kind))
    yield ""
    if found := _KIND.match(state.style):
        yield from (f"**{found[1].capitalize()}**", "")
    if kind == "code":
        yield "~~~~~~"
    state.style = ""


def _text_line(line: str, state: _AsciidocState) -> Iterator[str]:
    """Yield the Markdown for a line that is not in a block of code; nothing for settings."""
    if found := _TITLE.match(line):
        words = found[2].removesuffix(found[1]).rstrip()
        yield from ("", f"{'#' * min(6, len(found[1]))} {_inline(words, state)}", "")
    elif found := _ATTRIBUTE.match(line):
        state.attributes[found[1]] = found[2].strip()
    elif _BLOCK_LINE.match(line) and not _ANCHOR.match(line):
        state.style = line
        if line.startswith(("[quote", "[verse")):
            yield ""
    elif line.strip() == "+":
        yield ""
    elif re.match(r"'{3,}\s*$|<{3,}\s*$", line):
        yield from ("", "---", "")
    else:
        yield from _paragraph_line(line, state)


def _paragraph_line(line: str, state: _AsciidocState) -> Iterator[str]:
    """Yield the Markdown for a line of running text, or of a list."""
    if found := _BLOCK_TITLE.match(line):
        yield from ("", f"**{_inline(found[1], state)}**", "")
    elif found := _ITEM.match(line):
        yield _item(found, state)
    elif found := _ADMONITION.match(line):
        yield from ("", f"**{found[1].capitalize()}:** {_inline(line[found.end() :], state)}")
    elif (found := _TERM.match(line)) and not line.startswith(("http", "image:")):
        definition = [_inline(found[2], state)] if found[2] else []
        yield from ("", f"**{_inline(found[1], state)}**", "", *definition)
    else:
        yield _inline(line.strip(), state)


def _without_header(lines: list[str], state: _AsciidocState) -> list[str]:
    """Return the lines without the document's header, but with the title as a heading.

    Author, date and attributes are kept in `state`.
    """
    start = 0
    while start < len(lines) and (_ATTRIBUTE.match(lines[start]) or not lines[start].strip()):
        if found := _ATTRIBUTE.match(lines[start]):
            state.attributes[found[1]] = found[2].strip()
        start += 1
    found = _TITLE.match(lines[start]) if start < len(lines) else None
    if not found or len(found[1]) != 1:
        return lines[start:]
    state.title = found[2].removesuffix(" =")
    for number, line in enumerate(lines[start + 1 :], start + 1):
        if not line.strip():
            return [lines[start], *lines[number:]]
        if attribute := _ATTRIBUTE.match(line):
            state.attributes[attribute[1]] = attribute[2].strip()
        elif date := _DAY.search(line):
            state.date = date[0]
        elif not state.author:
            state.author = _MAIL.sub("", line.strip()).replace(" ;", ",").replace(";", ",")
    return [lines[start]]


def _item(found: re.Match[str], state: _AsciidocState) -> str:
    """Return the Markdown for a list item that a pattern has matched."""
    mark, box, words = found.groups()
    level = len(mark) - 1 if mark[0] in "*." else 0
    shown = "-" if mark[0] in "*-" else mark if mark[0].isdigit() else "1."
    task = {None: "", " ": "[ ] "}.get(box, "[x] ")
    return f"{'    ' * level}{shown} {task}{_inline(words, state)}"


def _table_line(line: str, state: _AsciidocState) -> Iterator[str]:
    """Collect a line of an open table; at the table's end, yield it as Markdown."""
    assert state.table is not None  # noqa: S101 - the caller has looked
    if re.match(r"[|!,:]={3,}\s*$", line):
        yield from _table(state.table)
        state.table = None
    elif line.lstrip().startswith("|"):
        cells = _CELL.split(line.strip())[1:]
        state.table.append([_inline(cell.strip(), state) for cell in cells])
    elif line.strip() and state.table:
        state.table[-1][-1] += f" {_inline(line.strip(), state)}"


def _table(rows: list[list[str]]) -> Iterator[str]:
    """Yield the lines of a table as Markdown; nothing for no rows.

    Rows that were written with one cell a line are put together.
    """
    if not rows:
        return
    width = max(len(row) for row in rows)
    first = len(rows[0])
    if all(len(row) == 1 for row in rows[1:]) and first > 1:
        cells = [cell for row in rows[1:] for cell in row]
        rows = [rows[0], *(cells[at : at + first] for at in range(0, len(cells), first))]
    yield from ("", f"| {' | '.join(rows[0])} |", f"|{' - |' * width}")
    for row in rows[1:]:
        yield f"| {' | '.join(row)} |"
    yield ""


def _escaped(words: str) -> str:
    """Return text in which all signs of Markdown are escaped."""
    return _SPECIAL.sub(r"\\\1", words)


def _inline(text: str, state: _AsciidocState) -> str:
    """Return running text as Markdown; attributes in braces are replaced by their values."""
    kept: list[str] = []

    def keep(markdown: str) -> str:
        kept.append(markdown)
        return f"\x00{len(kept) - 1}\x00"

    def link(found: re.Match[str]) -> str:
        address, words, target, named, place, shown = found.groups()
        words = (words or named or shown or address or target or place or "").strip()
        words = _escaped(words.rstrip("^").partition(",role=")[0])
        return keep(f"[{words}](<{address}>)" if address else words)

    def marked(found: re.Match[str]) -> str:
        sign, words = found[1][0], found[2]
        if sign == "`":
            return keep(f"`` {words} ``")
        mark = {"*": "**", "_": "*", "#": "=="}[sign]
        return f"{keep(mark)}{words}{keep(mark)}"

    text = _ANCHOR.sub("", text.replace("\x00", ""))
    text = _REFERENCE.sub(lambda found: state.attributes.get(found[1], found[0]), text)
    text = _NOTE.sub(lambda found: keep(f"^[{_escaped(found[1])}]"), text)
    text = _BLOCK_MACRO.sub(lambda found: found[1].partition(",")[0].strip('"'), text)
    text = _LINK.sub(link, text)
    text = _TERM_IN_TEXT.sub(r"\1", _INDEX.sub("", _MACRO.sub(r"\1", text)))
    text = _MARKUP.sub(marked, _ROLE.sub("", text))
    for written, sign in _CHARACTERS.items():
        if written != "--":
            text = text.replace(written, sign)
    text = re.sub(r"(?<=\w)--(?=\w)| -- ", "—", text)
    if text.endswith(" +"):
        text = text[:-2] + keep("\\")
    text = _escaped(text)
    for _ in range(3):
        text = re.sub(r"\x00(\d+)\x00", lambda found: kept[int(found[1])], text)
    return text
