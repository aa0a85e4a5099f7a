"""Parses URLs, removes tracking parameters, and compares URLs of the same article."""

import re
from dataclasses import dataclass, replace
from typing import NoReturn
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from tuireader.domain.errors import SourceError

FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\\\u2028\u2029]")
"""Characters that programs interpret differently in a URL: backslashes, line ends, controls."""

_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_AUTHORITY_END = re.compile(r"[/?#]")
_LABEL = r"[a-z0-9_-]{1,63}"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL}){{0,126}}")
_MAX_HOST_LENGTH = 253
_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*")
_OCTAL = re.compile(r"0[0-7]*")
_PORT = re.compile(r"0*([0-9]{1,5})")
_NOT_VALID = "not a valid address"


@dataclass(frozen=True, slots=True, kw_only=True)
class Url:
    """The parts of an http or https URL."""

    scheme: str
    host: str
    """In ASCII and lower case; an IP address in its canonical form, without brackets."""
    port: int
    target: str = "/"
    """The path and the query as written; what the request line names."""
    fragment: str = ""
    """With its "#"; it is not sent."""

    @property
    def site(self) -> tuple[str, int]:
        """The host and the port; requests to one site share them."""
        return self.host, self.port

    @property
    def has_ip(self) -> bool:
        """Whether the host is an IP address and not a name."""
        return ":" in self.host or self.host.rpartition(".")[2].isdigit()

    def __str__(self) -> str:
        """Return the URL as it is stored and shown."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.target}{self.fragment}"


def parse_url(address: str) -> Url:
    """Return the parts of an http or https URL.

    Hosts are parsed as the WHATWG URL standard says (`0x7f.1` is `127.0.0.1`), but what that
    standard repairs is refused, and so are user names. Raises SourceError for these, for other
    schemes, and for an empty string.
    """
    text = address.strip(" ")
    if FORBIDDEN.search(text):
        _refuse(address, "it contains a backslash or a control character")
    stated = _SCHEME.match(text)
    if stated is None:
        _refuse(address)
    scheme = stated[1].lower()
    if scheme not in _PORTS:
        _refuse(address, f"“{scheme}:” is not supported, only http and https")
    rest = text[stated.end() :]
    if not rest.startswith("//"):
        _refuse(address)
    end = _AUTHORITY_END.search(rest, 2)
    at = end.start() if end else len(rest)
    authority, (target, mark, fragment) = rest[2:at], rest[at:].partition("#")
    if "@" in authority:
        _refuse(address, "it contains a user name")
    host, port = _split(authority, address)
    return Url(
        scheme=scheme,
        host=_host(host, address),
        port=_port(port, address) if port else _PORTS[scheme],
        target=target if target.startswith("/") else f"/{target}",
        fragment=mark + fragment,
    )


def join(base: Url, reference: str) -> Url:
    """Return the URL that a reference, such as a Location header, means relative to a base.

    Raises SourceError with the reason if that URL is refused.
    """
    reference = reference.strip(" ").partition("#")[0]
    base = replace(base, fragment="")
    if FORBIDDEN.search(reference) or _SCHEME.match(reference):
        return parse_url(reference)
    if reference.startswith("//"):
        return parse_url(f"{base.scheme}:{reference}")
    # The reference has no host, so the result stays on the site of the base.
    target = parse_url(urljoin(str(base), reference)).target
    return replace(base, target=target)


def is_unambiguous(address: str) -> bool:
    """Return whether every program finds the same host in a URL.

    False if it has backslashes, line ends or control characters.
    """
    return FORBIDDEN.search(address) is None


def _split(authority: str, address: str) -> tuple[str, str]:
    """Split the part of a URL between "//" and the path into host and port.

    The host keeps the brackets of an IPv6 address; the port is its digits, empty if not stated.
    Raises SourceError, which names `address`, if it is not valid.
    """
    if authority.startswith("["):
        inside, bracket, port = authority.partition("]")
        if not bracket or (port and not port.startswith(":")):
            _refuse(address)
        return inside + bracket, port[1:]
    host, _, port = authority.partition(":")
    return host, port


def _port(digits: str, address: str) -> int:
    """Return a port number; raise SourceError if it is not from 1 to 65535.

    `digits` is as written; `address` is the URL that errors name.
    """
    found = _PORT.fullmatch(digits)
    port = int(found[1]) if found else 0
    if not 0 < port < 65_536:
        _refuse(address)
    return port


def _host(host: str, address: str) -> str:
    """Return a host in ASCII and lower case, or an IP address in its canonical form.

    Raises SourceError, which names `address`, for a host that is not valid.
    """
    if host.startswith("["):
        return _ipv6(host[1:-1], address)
    if not host.isascii():
        # A longer one cannot be valid, and the codec takes quadratic time.
        if len(host) > _MAX_HOST_LENGTH:
            _refuse(address)
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            _refuse(address)
    host = host.lower().removesuffix(".")
    if len(host) > _MAX_HOST_LENGTH or not _NAME.fullmatch(host):
        _refuse(address)
    labels = host.split(".")
    return _ipv4(labels, address) if _NUMERIC.fullmatch(labels[-1]) else host


def _ipv4(parts: list[str], address: str) -> str:
    """Return the IPv4 address that a host with a numeric last label stands for.

    `parts` are its labels: fewer than four may be given, and octal or hexadecimal ones. Raises
    SourceError, which names `address`, if they are not valid.
    """
    numbers = [_number(part, address) for part in parts]
    *first, last = numbers
    if len(numbers) > 4 or max(first, default=0) > 255 or last >= 256 ** (5 - len(numbers)):
        _refuse(address)
    value = last + sum(number << 8 * (3 - place) for place, number in enumerate(first))
    return ".".join(str(value >> shift & 255) for shift in (24, 16, 8, 0))


def _number(part: str, address: str) -> int:
    """Return the value of a decimal, octal or hexadecimal number.

    Raises SourceError, which names `address`, if it is not one.
    """
    if not _NUMERIC.fullmatch(part):
        _refuse(address)
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    if part.startswith("0"):
        if not _OCTAL.fullmatch(part):
            _refuse(address)
        return int(part, 8)
    return int(part)


def _ipv6(literal: str, address: str) -> str:
    """Return an IPv6 address, given without brackets, in its canonical form.

    Raises SourceError, which names `address`, if it is not valid or has a scope.
    """
    from ipaddress import IPv6Address  # noqa: PLC0415 - only for IPv6 hosts

    try:
        found = IPv6Address(literal)
    except ValueError:
        _refuse(address)
    if found.scope_id is not None:
        _refuse(address)
    return str(found)


def _refuse(address: str, reason: str = _NOT_VALID) -> NoReturn:
    """Raise SourceError for a URL that is refused; `reason` is a clause."""
    raise SourceError(address, reason)


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
    """Return whether a query parameter only tracks readers, by its name."""
    name = name.lower()
    return name in _TRACKERS or name.startswith(_PREFIXES)


def comparison_key(address: str) -> str:
    """Return what all URLs of one article have in common, so that they can be compared.

    The scheme, "www.", tracking parameters and a final slash make no difference. Empty for the URL
    of a whole site.
    """
    _, mark, rest = canonical_url(address).partition("://")
    rest = rest.removeprefix("www.").removesuffix("/")
    return rest if mark and "/" in rest else ""
