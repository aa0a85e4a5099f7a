"""Reads gemtext, the markup of the Gemini protocol."""

from html import escape
from itertools import groupby

from tuireader.sources.documents.document import DocumentContent
from tuireader.sources.plaintext.encoding import decode

_KINDS = (("=>", "link"), ("###", "h3"), ("##", "h2"), ("#", "h1"), ("* ", "li"), (">", "quote"))


def read(data: bytes, location: str) -> DocumentContent:
    """Return the content of a page of gemtext, with a block for each line.

    Raises SourceError, which names `location`, if it is not text.
    """
    text, guessed = decode(data, location)
    blocks, code, is_code = list[tuple[str, str]](), list[str](), False
    for line in text.splitlines():
        if line.startswith("```"):
            if is_code:
                blocks.append(("pre", "\n".join(code)))
                code = []
            is_code = not is_code
        elif is_code:
            code.append(line)
        elif line.strip():
            blocks.append(_block(line))
    if code:
        blocks.append(("pre", "\n".join(code)))
    headings = [words for kind, words in blocks if kind in {"h1", "h2"}]
    return DocumentContent(
        html="\n".join(_html(kind, [words for _, words in group]) for kind, group in _runs(blocks)),
        title=headings[0] if headings else "",
        guessed_encoding=guessed,
    )


def _runs(blocks: list[tuple[str, str]]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return blocks grouped by kind: each kind with the consecutive blocks that have it.

    A block is a pair of its kind and its text, as `_block` returns it.
    """
    return [(kind, list(group)) for kind, group in groupby(blocks, key=lambda block: block[0])]


def _block(line: str) -> tuple[str, str]:
    """Return the kind of a line, the name of an HTML element, and its text."""
    for mark, kind in _KINDS:
        if line.startswith(mark):
            return kind, line[len(mark) :].strip()
    return "p", line.strip()


def _html(kind: str, lines: list[str]) -> str:
    """Return consecutive lines of one kind as HTML."""
    words = [escape(line, quote=False) for line in lines]
    match kind:
        case "link":
            return "\n".join(map(_link, lines))
        case "li":
            return "<ul>" + "".join(f"<li>{line}</li>" for line in words) + "</ul>"
        case "quote":
            return "<blockquote>" + "".join(f"<p>{line}</p>" for line in words) + "</blockquote>"
        case _:
            return "\n".join(f"<{kind}>{line}</{kind}>" for line in words)


def _link(line: str) -> str:
    """Return a link line as HTML: its address, and the text that is shown for it.

    The address is shown if it has no text.
    """
    address, _, words = line.replace("\t", " ").partition(" ")
    return f'<p><a href="{escape(address)}">{escape(words.strip() or address, quote=False)}</a></p>'
