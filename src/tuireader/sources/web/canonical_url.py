"""Removes tracking parameters from URLs, and compares URLs of the same article."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from tuireader.sources.web.url import is_unambiguous

_TRACKERS = frozenset(
    {
        *("fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "_hsenc"),
        *("_hsmi", "mkt_tok", "wt_mc", "cmpid", "ncid", "sr_share", "ref_src"),
    }
)
_PREFIXES = ("utm_", "at_campaign", "at_medium", "pk_campaign", "pk_kwd", "mtm_")


_FEED_SCHEME = re.compile(r"(?:feed|rss|itpc|pcast|podcast)s?:(//)?(https?:)?", re.IGNORECASE)


def http_address(address: str) -> str:
    """Return the http URL that an address with the scheme of feeds or podcasts stands for.

    `feed://a.example/x` is `http://a.example/x`, and `feed:https://…` is `https://…`. Other
    addresses are returned unchanged.
    """
    found = _FEED_SCHEME.match(address)
    if not found or not (found[1] or found[2]):
        return address
    rest = address[found.end() :]
    return f"{found[2]}{rest}" if found[2] else f"http://{rest}"


def canonical_url(address: str) -> str:
    """Return a URL with its host in lower case, without tracking parameters and fragment.

    The schemes of feeds (`feed:`) become http.

    A fragment that names the page itself ("#!…", "#/…") stays. A URL that is not valid, or
    that programs interpret differently, is returned unchanged.
    """
    address = http_address(address)
    if not is_unambiguous(address):
        return address
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return address
    host = (parts.hostname or "").rstrip(".")
    if not host:
        return address
    host = f"[{host}]" if ":" in host else host
    default_port = {"http": 80, "https": 443}.get(parts.scheme)
    authority = host if port in {None, default_port} else f"{host}:{port}"
    query = parts.query
    left = [pair for pair in parse_qsl(query, keep_blank_values=True) if not _is_tracker(pair[0])]
    if len(left) != len(parse_qsl(query, keep_blank_values=True)):
        query = urlencode(left)
    # Some sites name the page behind "#!" or "#/".
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    return urlunsplit((parts.scheme.lower(), authority, parts.path or "/", query, fragment))


def _is_tracker(name: str) -> bool:
    name = name.lower()
    return name in _TRACKERS or name.startswith(_PREFIXES)


def comparison_key(address: str) -> str:
    """Return what equivalent URLs of one article have in common; empty for a whole site.

    The scheme, "www." and a final slash make no difference.
    """
    _, mark, rest = canonical_url(address).partition("://")
    rest = rest.removeprefix("www.").removesuffix("/")
    return rest if mark and "/" in rest else ""
