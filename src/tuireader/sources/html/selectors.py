"""Selectors from the settings, which say where the article is on a site's pages."""

import re
from copy import deepcopy
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tuireader.domain.errors import SourceError
from tuireader.text.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

Sites = tuple[tuple[str, str], ...]
"""Pairs of a site's host name and its selector."""

_SIMPLE = lazy_pattern(r"(?P<tag>[a-z][a-z0-9]*)?(?P<rest>(?:[.#][\w-]+)*)", re.IGNORECASE)
_CLASS = "contains(concat(' ', normalize-space(@class), ' '), ' {} ')"


def selector_for(sites: Sites, address: str) -> str:
    """Return the selector for a URL's host or a parent domain of it; empty if there is none."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    fitting = [pair for pair in sites if host == pair[0] or host.endswith(f".{pair[0]}")]
    return max(fitting, key=lambda pair: len(pair[0]), default=("", ""))[1]


def select_element(root: "_Element", selector: str, location: str) -> "_Element | None":
    """Return a `div` with copies of the elements that a selector finds; None if it finds none.

    Args:
        root: The page.
        selector: An XPath, or a simple CSS selector made of `tag`, `.class` and `#id`.
        location: The location that errors name.

    Raises SourceError if the selector is not valid.
    """
    from lxml import etree  # noqa: PLC0415 - 20 ms, and only for markup

    try:
        found = root.xpath(_xpath(selector))
    except (etree.XPathError, ValueError) as error:
        reason = f"the selector “{selector}” for its site in the settings is not valid"
        raise SourceError(location, reason) from error
    body = etree.Element("div")
    for element in found if isinstance(found, list) else []:
        if isinstance(element, etree._Element):  # noqa: SLF001 - lxml's only name for the class
            body.append(deepcopy(element))
    return body if len(body) else None


def is_selector(selector: str) -> bool:
    """Return whether a selector is a valid XPath or simple CSS selector.

    lxml is only imported for an XPath.
    """
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
    """Return a selector as an XPath; raise ValueError if it is not valid."""
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
