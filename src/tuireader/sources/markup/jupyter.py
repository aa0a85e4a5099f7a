"""Reads Jupyter notebooks (.ipynb): the Markdown, the code, and the printed output."""

import json
from html import escape
from typing import Any

from tuireader.domain.errors import SourceError
from tuireader.sources.documents.document import DocumentContent
from tuireader.sources.markdown.parser import markdown_html

_MOST_CELLS = 5_000
_LONGEST_OUTPUT = 20_000
"""Code points of a cell's output that are shown."""


def read(data: bytes, location: str) -> DocumentContent:
    """Return the content of a notebook: its Markdown, its code, and the printed output.

    Raises SourceError, which names `location`, if it is not a notebook.
    """
    try:
        notebook = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise SourceError(location, "it is damaged, or not a Jupyter notebook") from error
    cells = _cells(notebook)
    if cells is None:
        raise SourceError(location, "it is damaged, or not a Jupyter notebook")
    metadata = notebook.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    authors = metadata.get("authors")
    names = [
        author["name"]
        for author in (authors if isinstance(authors, list) else ())
        if isinstance(author, dict) and isinstance(author.get("name"), str)
    ]
    title = metadata.get("title")
    return DocumentContent(
        html="\n".join(_cell_html(cell) for cell in cells[:_MOST_CELLS] if isinstance(cell, dict)),
        title=title if isinstance(title, str) else "",
        author=", ".join(names),
        notices=(f"Only the first {_MOST_CELLS:,} cells are shown.",)
        if len(cells) > _MOST_CELLS
        else (),
    )


def _cells(notebook: Any) -> list[Any] | None:
    """Return the cells of a notebook of any version; None if the JSON value is not a notebook."""
    if not isinstance(notebook, dict):
        return None
    cells = notebook.get("cells")
    if isinstance(cells, list):
        return cells
    sheets = notebook.get("worksheets")  # before version 4
    if not isinstance(sheets, list):
        return None
    found: list[Any] = []
    for sheet in sheets:
        inside = sheet.get("cells") if isinstance(sheet, dict) else None
        found += inside if isinstance(inside, list) else []
    return found


def _cell_html(cell: dict[str, Any]) -> str:
    """Return a cell as HTML; empty for a cell without text."""
    source = _text(cell.get("source", cell.get("input")))
    kind = cell.get("cell_type")
    if kind == "markdown":
        return markdown_html(source) or f"<pre>{escape(source, quote=False)}</pre>"
    if kind == "heading":
        level = cell.get("level")
        level = level if isinstance(level, int) and 1 <= level <= 6 else 1
        return f"<h{level}>{escape(source, quote=False)}</h{level}>"
    outputs = cell.get("outputs")
    shown = [_output(output) for output in (outputs if isinstance(outputs, list) else ())]
    blocks = [block for block in (source, *shown) if block.strip()]
    return "\n".join(f"<pre>{escape(block, quote=False)}</pre>" for block in blocks)


def _output(output: Any) -> str:
    """Return the printed text of an output; empty for a picture."""
    if not isinstance(output, dict):
        return ""
    data = output.get("data")
    plain = data.get("text/plain") if isinstance(data, dict) else output.get("text")
    return _text(plain)[:_LONGEST_OUTPUT]


def _text(value: Any) -> str:
    """Return a text that is stored as one string or as a list of lines; empty for other values."""
    if isinstance(value, list):
        return "".join(line for line in value if isinstance(line, str))
    return value if isinstance(value, str) else ""
