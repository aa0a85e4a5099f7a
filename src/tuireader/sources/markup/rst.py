"""Reads reStructuredText by docutils, without reading other files."""

import re
from html import unescape

from tuireader.domain.errors import SourceError
from tuireader.sources.documents.document import DocumentContent
from tuireader.sources.plaintext.encoding import decode
from tuireader.text.sanitize import sanitize_line

LARGEST = 3_000_000
_SETTINGS = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "_disable_config": True,
    "report_level": 5,
    "halt_level": 6,
    "line_length_limit": 100_000,
    "embed_stylesheet": False,
    "stylesheet_path": None,
    "math_output": "LaTeX",
    "syntax_highlight": "none",
    "doctitle_xform": True,
    "docinfo_xform": True,
    "sectsubtitle_xform": False,
    "footnote_references": "brackets",
    "smart_quotes": False,
}
_ROLE = re.compile(r"(?<![\w`:]):([A-Za-z][\w.+:-]{0,80}):`([^`\n]{1,300})`(?!`)")
_KNOWN_ROLES = frozenset(
    [
        "emphasis",
        "strong",
        "literal",
        "code",
        "math",
        "sub",
        "sup",
        "subscript",
        "superscript",
        "title-reference",
        "title",
        "t",
        "pep-reference",
        "rfc-reference",
        "raw",
    ]
)
_WORD_ROLES = frozenset(
    ["ref", "doc", "term", "numref", "abbr", "guilabel", "menuselection", "dfn", "any", "keyword"]
)
_TARGET = re.compile(r"<[^<>]*>\Z")
_DIRECTIVE = re.compile(r"^( *)\.\. ([A-Za-z][\w.+:-]{0,60})::[ \t]*([^\n]*)$", re.MULTILINE)
_WITHOUT_WORDS = frozenset(
    [
        "toctree",
        "index",
        "highlight",
        "default-domain",
        "currentmodule",
        "py:currentmodule",
        "tabularcolumns",
        "only",
        "automodule",
        "autoclass",
        "autofunction",
        "autosummary",
        "cssclass",
        "rst-class",
    ]
)
_CODE = frozenset({"sourcecode", "code-block", "prompt", "ipython", "testcode", "doctest"})
_NOTE_LABEL = re.compile(r'(<span class="label">.{0,400}?</span></span>)\s*<p>')
_AUTHOR = re.compile(r'<dd class="authors?">(?:<p>)?([^<]{1,300})<')
_DIV = re.compile(r'<(/?)div(?: class="(line(?:-block)?)")?[^<>]{0,200}>')
_DATE = re.compile(r'<dd class="date">(?:<p>)?([^<]{1,100})<')


def read(data: bytes, location: str) -> DocumentContent:
    """Return the content of a reStructuredText file.

    Raises SourceError, which names `location`, if it is too large or not text, and
    ModuleNotFoundError without docutils.
    """
    from docutils.core import publish_parts  # noqa: PLC0415 - an extra, and 100 ms

    if len(data) > LARGEST:
        raise SourceError(location, f"it is larger than {LARGEST // 1_000_000} MB")
    text, guessed = decode(data, location)
    try:
        parts = publish_parts(
            _as_docutils_has_it(text), writer="html5", settings_overrides=dict(_SETTINGS)
        )
    except (RecursionError, ValueError, AttributeError, KeyError, IndexError, TypeError) as error:
        # What docutils raises for text that is nested too deeply or ill-formed.
        raise SourceError(location, "its markup cannot be parsed") from error
    html = _verse(_NOTE_LABEL.sub(r"<p>\1 ", str(parts["html_body"])))
    author, date = _AUTHOR.search(html), _DATE.search(html)
    return DocumentContent(
        html=html,
        title=unescape(sanitize_line(re.sub(r"<[^<>]*>", "", str(parts["title"])))),
        author=unescape(author[1]) if author else "",
        date=date[1] if date else "",
        guessed_encoding=guessed,
    )


def _verse(html: str) -> str:
    """Return HTML in which line blocks are paragraphs with line breaks and indents."""
    opened: list[str] = []

    def converted(found: re.Match[str]) -> str:
        kind = (found[2] or "") if not found[1] else opened.pop() if opened else ""
        blocks = opened.count("line-block")
        if not found[1]:
            opened.append(kind)
        match kind:
            case "line-block":
                return "" if blocks else f"<{found[1]}p>"
            case "line":
                return "<br />" if found[1] else "&#160;&#160;" * (blocks - 1)
            case _:
                return found[0]

    return _DIV.sub(converted, html)


def _as_docutils_has_it(text: str) -> str:
    """Return a text in which the roles and directives of Sphinx are replaced by their words.

    docutils leaves out the words of a directive that it does not know.
    """
    from docutils.parsers.rst import directives  # noqa: PLC0415 - as above

    known = set(directives._directive_registry)  # noqa: SLF001 - nothing else tells

    def directive(found: re.Match[str]) -> str:
        indent, name, argument = found.groups()
        if name.lower() in known:
            return found[0]
        if name in _WITHOUT_WORDS:
            return f"{indent}.. comment of {name}"
        if name in _CODE:
            return f"{indent}.. code:: {argument}"
        title = name.rpartition(":")[2].replace("-", " ").capitalize()
        # An empty comment keeps the block below apart, which a rubric does not take.
        return f"{indent}.. rubric:: {title} {argument}".rstrip() + f"\n\n{indent}..\n"

    return _ROLE.sub(_role_words, _DIRECTIVE.sub(directive, text))


def _role_words(found: re.Match[str]) -> str:
    """Return the words for a match of a role: as code, unless it refers to a text."""
    role, content = found.groups()
    if role in _KNOWN_ROLES:
        return found[0]
    words = _TARGET.sub("", content).rstrip() or content
    words = words.lstrip("~!")
    return words if role.rpartition(":")[2] in _WORD_ROLES else f"``{words.strip()}``"
