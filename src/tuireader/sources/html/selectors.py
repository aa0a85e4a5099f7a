"""Where on a site's pages the article is, as the reader says in the settings."""

import re
from copy import deepcopy
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tuireader.domain.errors import SourceError

if TYPE_CHECKING:
    from lxml.etree import _Element

Sites = tuple[tuple[str, str], ...]
"""Names of sites, each with its selector."""

_SIMPLE = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?P<rest>(?:[.#][\w-]+)*)", re.IGNORECASE)
_CLASS = "contains(concat(' ', normalize-space(@class), ' '), ' {} ')"


def selector_for(sites: Sites, address: str) -> str:
    """The selector of an address's site, or of the site above it; empty if there is none."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    fitting = [pair for pair in sites if host == pair[0] or host.endswith(f".{pair[0]}")]
    return max(fitting, key=lambda pair: len(pair[0]), default=("", ""))[1]


def select_element(root: "_Element", selector: str, location: str) -> "_Element | None":
    """What a selector finds in a page, in an element of its own; None if it finds nothing.

    The selector is an XPath, or `tag`, `.class`, `#id` and what is made of these. Raises
    SourceError if it is neither.
    """
    from lxml import etree  # noqa: PLC0415 - 20 ms, and only for markup

    try:
        found = root.xpath(_xpath(selector))
    except (etree.XPathError, ValueError) as error:
        reason = f"the selector “{selector}” of its site in the settings makes no sense"
        raise SourceError(location, reason) from error
    body = etree.Element("div")
    for element in found if isinstance(found, list) else []:
        if isinstance(element, etree._Element):  # noqa: SLF001 - lxml's only name for the class
            body.append(deepcopy(element))
    return body if len(body) else None


def is_selector(selector: str) -> bool:
    """Whether a selector makes sense; only for an XPath is lxml needed to know."""
    try:
        path = _xpath(selector)
    except ValueError:
        return False
    if path != selector:
        return True
    from lxml import etree  # noqa: PLC0415 - 20 ms, and only for markup

    try:
        return isinstance(etree.Element("html").xpath(path), list)
    except (etree.XPathError, ValueError):
        return False


def _xpath(selector: str) -> str:
    if selector.startswith(("/", "(")):
        return selector
    simple = _SIMPLE.fullmatch(selector.strip())
    if simple is None or not simple[0]:
        raise ValueError(selector)
    conditions = [
        f"[@id='{name}']" if mark == "#" else f"[{_CLASS.format(name)}]"
        for mark, name in re.findall(r"([.#])([\w-]+)", simple["rest"])
    ]
    return f"//{simple['tag'] or '*'}{''.join(conditions)}"
