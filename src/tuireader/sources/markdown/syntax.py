"""Markdown syntax that the parser's plugins do not have: wiki links, marks and call-outs."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_WIKI_LINK = re.compile(
    r"(?<!\[)(!?)\[\[([^\[\]|\n*_`]{1,200})(?:\|([^\[\]\n]{0,200}))?\]\](?![(\[:])"
)
_PICTURE_SIZE = re.compile(r"\d+(?:x\d+)?")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|bmp|avif)\Z", re.IGNORECASE)
_MARK = re.compile(r"==(?=[^\s=])([^\n=]{1,1000}(?<![\s=]))==(?!=)")
_OBSIDIAN_COMMENT = re.compile(r"%%[^%]{1,5000}%%")
_CALL_OUT = re.compile(r"\[!([A-Za-z][\w-]{0,30})\][+-]?[ \t]*([^\n]*)\n?")
_ATTRIBUTES = re.compile(r"\{:?[ ]?(?:[#.][^{}\n]{1,200}|-)\}\Z")
_HEADING_NAME = re.compile(r"#([^\s#.{}=]+)")
_ATTRIBUTE_LINE = re.compile(r"(?:\A|\n)\{:[^{}\n]{1,200}\}(?=\n|\Z)")


def add_syntax(parser: "MarkdownIt") -> None:
    """Add wiki links, `==marks==`, call-outs and attributes in braces to the parser."""
    parser.inline.ruler.before("link", "wiki_link", _wiki_link)
    parser.inline.ruler.before("emphasis", "mark", _mark)
    parser.inline.ruler.before("emphasis", "obsidian_comment", _obsidian_comment)
    parser.core.ruler.after("block", "call_out", _call_outs)
    parser.core.ruler.after("block", "attributes", _attributes)
    parser.core.ruler.before("footnote_tail", "unused_notes", _keep_unused_notes)


def _wiki_link(state: "StateInline", silent: bool) -> bool:
    """Parse `[[page]]`, `[[page|words]]` and `![[file]]`: the words are shown.

    Returns whether one was found at the current position; if `silent`, no token is added.
    """
    if state.src[state.pos] not in "[!":
        return False
    found = _WIKI_LINK.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("text", "", 0)
        token.content = wiki_link_words(found[2], found[3], embedded=bool(found[1]))
    state.pos = found.end()
    return True


def wiki_link_words(target: str, words: str | None, *, embedded: bool = False) -> str:
    """Return what a wiki link shows: its own words, else the page and heading that it names.

    Args:
        target: The page, with `#heading` if any.
        words: The link's own words; None if it has none.
        embedded: Whether the link embeds a file (`![[file]]`).
    """
    if words and words.strip() and not (embedded and _PICTURE_SIZE.fullmatch(words.strip())):
        return words.strip()
    page, _, heading = target.partition("#")
    heading = heading.lstrip("^").strip()
    if embedded and _PICTURE.search(page):
        return page.strip()
    return " > ".join(part for part in (page.strip(), heading) if part)


def _mark(state: "StateInline", silent: bool) -> bool:
    """Parse `==marked words==`.

    Returns whether they were found at the current position; if `silent`, no token is added.
    """
    if state.src[state.pos] != "=":
        return False
    found = _MARK.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push("mark_open", "mark", 1)
        end, state.pos, state.posMax = state.posMax, found.start(1), found.end(1)
        state.md.inline.tokenize(state)
        state.posMax = end
        state.push("mark_close", "mark", -1)
    state.pos = found.end()
    return True


def _obsidian_comment(state: "StateInline", silent: bool) -> bool:  # noqa: ARG001 - markdown-it's interface
    """Skip `%%a comment%%`.

    Returns whether one was found at the current position.
    """
    if not state.src.startswith("%%", state.pos):
        return False
    found = _OBSIDIAN_COMMENT.match(state.src, state.pos, state.posMax)
    if found:
        state.pos = found.end()
    return found is not None


def _call_outs(state: "StateCore") -> None:
    """Make the first line of a call-out (`> [!NOTE] title`) a paragraph of its own."""
    state.tokens = list(_with_titles(state.tokens))


def _with_titles(tokens: "list[Token]") -> Iterator["Token"]:
    """Yield the tokens, with a paragraph for the title of each call-out."""
    for number, token in enumerate(tokens):
        opens = number > 1 and [t.type for t in tokens[number - 2 : number]] == [
            "blockquote_open",
            "paragraph_open",
        ]
        found = _CALL_OUT.match(token.content) if opens and token.type == "inline" else None
        if not found:
            yield token
            continue
        title = found[2].strip() or found[1].replace("-", " ").capitalize()
        rest = token.content[found.end() :]
        token.content = f"**{title}**" if "*" not in title else title
        yield token
        if rest.strip():
            closing, opening = tokens[number + 1].copy(), tokens[number - 1]
            yield closing
            yield opening.copy()
            yield token.copy(content=rest, children=[])


def _attributes(state: "StateCore") -> None:
    """Remove `{#name .class}` from the end of headings and paragraphs; the name is kept."""
    for number, token in enumerate(state.tokens):
        if token.type != "inline" or "{" not in token.content:
            continue
        if found := _ATTRIBUTES.search(token.content, max(0, len(token.content) - 210)):
            token.content = token.content[: found.start()].rstrip()
            if name := _HEADING_NAME.search(found[0]):
                state.tokens[number - 1].attrSet("id", name[1])
        token.content = _ATTRIBUTE_LINE.sub("", token.content).lstrip("\n")


def _keep_unused_notes(state: "StateCore") -> None:
    """Keep the footnotes that nothing refers to; the plugin would leave them out."""
    notes = state.env.get("footnotes", {})
    listed = notes.setdefault("list", {}) if notes else {}
    for label, number in notes.get("refs", {}).items():
        if number < 0:
            notes["refs"][label] = len(listed)
            listed[len(listed)] = {"label": label[1:], "count": 0}
