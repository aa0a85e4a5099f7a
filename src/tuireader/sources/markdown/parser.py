"""Turns Markdown into HTML: CommonMark with the extensions that articles are written in."""

import re
from collections.abc import Callable, MutableMapping, Sequence
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from tuireader.sources.markdown.syntax import add_syntax

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_MOST = {"[": 300_000, "|": 40_000, "<": 300_000, "$": 100_000, "^": 100_000, "~": 100_000}
"""The most times a character may occur; with more the parser takes seconds."""
_DEEPEST = 19
"""The nesting level at which the parser gives up."""
_SWALLOWING = (
    "script style title textarea xmp iframe noembed noframes plaintext select button form noscript"
    " object embed audio video canvas template head metadata svg math"
)
_TAG = re.compile(rf"<(/?)({'|'.join(_SWALLOWING.split())})(?=[\s/>])", re.IGNORECASE)
_NEVER_CLOSED = frozenset({"embed", "plaintext"})
_LOOKS_LIKE_TEX = re.compile(r"[\\^_={}<>+*/|]|\A[^\W\d]\Z|\A\S{1,2}\Z")

Options = MutableMapping[str, Any]


def markdown_html(text: str) -> str | None:
    """Return a Markdown text as HTML.

    None if the parser would take too long, or the nesting is too deep.
    """
    if any(text.count(char) > most for char, most in _MOST.items()):
        return None
    parser = _parser()
    environment: dict[str, Any] = {}
    tokens = parser.parse(text, environment)
    if max((token.level for token in tokens), default=0) >= _DEEPEST:
        return None
    _show_tasks(tokens)
    for token in tokens:
        _keep_words(token)
    return str(parser.renderer.render(tokens, parser.options, environment))


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    """Return the Markdown parser with its plugins; it is made once."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - 15 ms, and only for Markdown files
    from mdit_py_plugins.admon import admon_plugin  # noqa: PLC0415 - as above
    from mdit_py_plugins.anchors import anchors_plugin  # noqa: PLC0415 - as above
    from mdit_py_plugins.container import container_plugin  # noqa: PLC0415 - as above
    from mdit_py_plugins.deflist import deflist_plugin  # noqa: PLC0415 - as above
    from mdit_py_plugins.dollarmath import dollarmath_plugin  # noqa: PLC0415 - as above
    from mdit_py_plugins.footnote import footnote_plugin  # noqa: PLC0415 - as above
    from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin  # noqa: PLC0415 - as above
    from mdit_py_plugins.subscript import sub_plugin  # noqa: PLC0415 - as above
    from mdit_py_plugins.superscript import superscript_plugin  # noqa: PLC0415 - as above

    parser = MarkdownIt("commonmark", {"html": True, "tasklists": True}).enable(
        ["table", "strikethrough"]
    )
    for plugin in (footnote_plugin, deflist_plugin, admon_plugin, gfm_autolink_plugin):
        parser.use(plugin)
    parser.use(superscript_plugin).use(sub_plugin)
    parser.use(anchors_plugin, max_level=6)
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    parser.use(container_plugin, name="part", validate=lambda *_: True)
    add_syntax(parser)
    for name, rule in _RULES.items():
        parser.add_render_rule(name, rule)
    return parser


def _show_tasks(tokens: "Sequence[Token]") -> None:
    """Begin the words of each task in a list with "☑" or "☐"."""
    box = ""
    for token in tokens:
        if token.type == "list_item_open" and "checked" in token.meta:
            box = "☑ " if token.meta.pop("checked") else "☐ "
        elif token.type == "inline" and box and token.children:
            token.children.insert(0, token.children[0].copy(type="text", content=box))
            box = ""


def _keep_words(token: "Token") -> None:
    """Show a raw HTML tag literally if it would hide the words behind it.

    A browser takes all that follows an unclosed `<title>` or `<script>` into that element.
    """
    if token.type == "html_block":
        token.content = _closed_tags_only(token.content)
    elif token.type == "inline" and "<" in token.content:
        for child in token.children or ():
            if child.type == "html_inline" and (found := _TAG.match(child.content)):
                name = found[2].lower()
                if name in _NEVER_CLOSED or f"</{name}" not in token.content.lower():
                    child.content = escape(child.content, quote=False)


def _closed_tags_only(html: str) -> str:
    """Return a block of HTML in which unclosed tags that would hide what follows are escaped."""
    lower = html.lower()

    def kept(found: re.Match[str]) -> str:
        name = found[2].lower()
        closed = name not in _NEVER_CLOSED and lower.find(f"</{name}", found.end()) >= 0
        return found[0] if found[1] or closed else f"&lt;{found[0][1:]}"

    return _TAG.sub(kept, html)


def _footnote_reference(
    _renderer: object, tokens: "Sequence[Token]", index: int, _options: Options, _env: object
) -> str:
    number = tokens[index].meta["id"] + 1
    name = f' id="fnref{number}"' if not tokens[index].meta.get("subId") else ""
    return f'<a href="#fn{number}"{name}>[{number}]</a>'


def _footnote_start(
    _renderer: object, tokens: "Sequence[Token]", index: int, _options: Options, _env: object
) -> str:
    return f'<li id="fn{tokens[index].meta["id"] + 1}">\n'


def _inline_math(
    _renderer: object, tokens: "Sequence[Token]", index: int, _options: Options, _env: object
) -> str:
    """Return TeX as HTML code; text between two amounts of money keeps its dollar signs."""
    tex = tokens[index].content
    if not _LOOKS_LIKE_TEX.search(tex):
        return escape(f"${tex}$", quote=False)
    return f"<code>{escape(tex.strip(), quote=False)}</code>"


def _math_block(
    _renderer: object, tokens: "Sequence[Token]", index: int, _options: Options, _env: object
) -> str:
    tex = tokens[index].content.strip()
    return f"<pre>{escape(tex, quote=False)}</pre>\n"


def _container_start(
    _renderer: object, tokens: "Sequence[Token]", index: int, _options: Options, _env: object
) -> str:
    """Return the HTML at the start of a `:::` container.

    Its first line is its title, else its kind.
    """
    kind, _, title = tokens[index].info.strip(" {}").partition(" ")
    words = title.strip("[]\"' ") or kind.strip(".:").replace("-", " ").capitalize()
    if not words:
        return "<div>\n"
    return f"<div>\n<p><strong>{escape(words, quote=False)}</strong></p>\n"


def _nothing(*_: object) -> str:
    return ""


_RULES: dict[str, Callable[..., str]] = {
    "footnote_ref": _footnote_reference,
    "footnote_open": _footnote_start,
    "footnote_anchor": _nothing,
    "footnote_block_open": lambda *_: "<hr>\n<ol>\n",
    "footnote_block_close": lambda *_: "</ol>\n",
    "math_inline": _inline_math,
    "math_inline_double": _inline_math,
    "math_block": _math_block,
    "math_block_label": _math_block,
    "container_part_open": _container_start,
}
