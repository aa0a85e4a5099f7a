"""The words of one Markdown block without markup, and what was marked in them."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tuireader.domain.cleaning import clean
from tuireader.domain.passage import Passage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_EMPHASES = {"em_open": "em", "strong_open": "strong"}


@dataclass(slots=True)
class Inline:
    """A block's words, in which a newline is a line break that the author asked for."""

    text: str = ""
    links: list[tuple[Passage, str]] = field(default_factory=list)
    emphases: list[tuple[Passage, str]] = field(default_factory=list)
    only_images: bool = False
    """Whether there is a picture and nothing else; its description is the text then."""


def inline_of(children: "Sequence[Token]") -> Inline:
    """The words of the parser's inline tokens."""
    inline = Inline()
    parts: list[str] = []
    length, images, words = 0, 0, 0
    opened: list[tuple[int, str]] = []
    for child in children:
        start = length
        said = _said(child)
        if said:
            parts.append(said)
            length += len(said)
            images += child.type == "image"
            words += child.type != "image" and not said.isspace()
        if child.type == "code_inline":
            inline.emphases.append((Passage(start, length), "code"))
        elif child.nesting == 1:
            opened.append((start, str(child.attrs.get("href", ""))))
        elif child.nesting == -1:
            begun, target = opened.pop()
            _close(inline, child.type, Passage(begun, length), target)
    text = "".join(parts)
    inline.text = text
    inline.only_images = images > 0 and words == 0
    return inline


def _close(inline: Inline, closing: str, passage: Passage, target: str) -> None:
    if not len(passage):
        return
    if closing == "link_close":
        inline.links.append((passage, target))
    elif kind := _EMPHASES.get(closing.replace("_close", "_open")):
        inline.emphases.append((passage, kind))


def _said(child: "Token") -> str:
    match child.type:
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "image":
            described = inline_of(child.children or []).text
            return described.replace("\n", " ")
        case _:
            return clean(child.content).replace("\n", " ")
