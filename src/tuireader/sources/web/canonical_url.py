"""The address of a page without what only tells how a reader came to it."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from tuireader.sources.web.url import is_unambiguous

_TRACKERS = frozenset(
    {
        *("fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "_hsenc"),
        *("_hsmi", "mkt_tok", "wt_mc", "cmpid", "ncid", "sr_share", "ref_src"),
    }
)
_PREFIXES = ("utm_", "at_campaign", "at_medium", "pk_campaign", "pk_kwd", "mtm_")


def canonical_url(address: str) -> str:
    """The address with its host in small letters, and without trackers and the place in the page.

    An address that makes no sense, or a different one to different programs, stays as it is.
    """
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
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    place = host if port in {None, usual} else f"{host}:{port}"
    query = parts.query
    kept = [pair for pair in parse_qsl(query, keep_blank_values=True) if not _is_tracker(pair[0])]
    if len(kept) != len(parse_qsl(query, keep_blank_values=True)):
        query = urlencode(kept)
    # Some sites keep which page is meant behind "#!" or "#/".
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    return urlunsplit((parts.scheme.lower(), place, parts.path or "/", query, fragment))


def _is_tracker(name: str) -> bool:
    name = name.lower()
    return name in _TRACKERS or name.startswith(_PREFIXES)


def comparison_key(address: str) -> str:
    """What two ways to write the address of one article have in common; empty for a whole site."""
    _, mark, place = canonical_url(address).partition("://")
    place = place.removeprefix("www.").removesuffix("/")
    return place if mark and "/" in place else ""
