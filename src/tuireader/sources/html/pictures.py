"""Reads where a picture is, and the stated language of code, from the attributes of an element."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_XLINK = "{http://www.w3.org/1999/xlink}href"
_LANGUAGE = re.compile(
    r"(?:^|\s)(?:language|lang|highlight-source|brush:)[-: ]?([a-z][\w+#-]{0,20})"
)
_MAX_ICON = 32
"""Pixels of the width or height of an image that is no picture of the article."""
_MAX_ATTRIBUTE = 1_000_000
"""Characters of an attribute that are read; a `data:` URL may have many."""


def picture_target(element: "_Element") -> str:
    """Return the address or path of a picture as its element states it; "" if it states none.

    A lazily loaded picture has it in `data-src`.
    """
    for name in ("data-src", "src", "href", _XLINK):
        target = element.get(name) or ""
        is_placeholder = name == "src" and target.startswith("data:image/gif;base64,R0lGOD")
        if target.strip() and len(target) <= _MAX_ATTRIBUTE and not is_placeholder:
            return target
    return ""


def is_icon(element: "_Element") -> bool:
    """Return whether an image states that it is at most 32 pixels wide or high."""
    sizes = (element.get(name, "").strip().removesuffix("px") for name in ("width", "height"))
    return any(size.isdecimal() and int(size[:6]) <= _MAX_ICON for size in sizes)


def code_language(element: "_Element") -> str:
    """Return the language that the classes of a code element state, such as "python"; else ""."""
    found = _LANGUAGE.search((element.get("class") or "").lower()[:200])
    return found[1] if found else (element.get("data-lang") or "")[:20]
