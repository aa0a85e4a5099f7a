"""Parses an address of the web once, into the value that is checked and connected to."""

import re
from dataclasses import dataclass, replace
from typing import NoReturn
from urllib.parse import urljoin

from tuireader.domain.errors import SourceError

FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\\\u2028\u2029]")
"""What programs read differently in an address: backslashes, line ends, control characters."""

_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_AUTHORITY_END = re.compile(r"[/?#]")
_LABEL = r"[a-z0-9_-]{1,63}"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL}){{0,126}}")
_LONGEST_NAME = 253
_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*")
_OCTAL = re.compile(r"0[0-7]*")
_PORT = re.compile(r"0*([0-9]{1,5})")
_NO_SENSE = "it is no address that makes sense"


@dataclass(frozen=True, slots=True, kw_only=True)
class Url:
    """An http or https address in its parts."""

    scheme: str
    host: str
    """In ASCII and small letters; an IP address in its usual form, without brackets."""
    port: int
    target: str = "/"
    """The path and the query, as they were written."""
    fragment: str = ""
    """With its mark; it is not sent."""

    @property
    def site(self) -> tuple[str, int]:
        """The host and the port."""
        return self.host, self.port

    @property
    def has_ip(self) -> bool:
        """Whether the host is an IP address and no name."""
        return ":" in self.host or self.host.rpartition(".")[2].isdigit()

    def __str__(self) -> str:
        """The address as it is kept and shown."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.target}{self.fragment}"


def parse_url(address: str) -> Url:
    """The parts of an address; raises SourceError with the reason if it is refused.

    Hosts are read as the WHATWG URL standard says, but what that standard mends is refused.
    """
    text = address.strip(" ")
    if FORBIDDEN.search(text):
        _refuse(address, "it has a backslash or a control character in it, which is refused")
    stated = _SCHEME.match(text)
    if stated is None:
        _refuse(address)
    scheme = stated[1].lower()
    if scheme not in _PORTS:
        _refuse(address, f"“{scheme}:” is refused; only http and https are fetched")
    rest = text[stated.end() :]
    if not rest.startswith("//"):
        _refuse(address)
    end = _AUTHORITY_END.search(rest, 2)
    at = end.start() if end else len(rest)
    authority, (target, mark, fragment) = rest[2:at], rest[at:].partition("#")
    if "@" in authority:
        _refuse(address, "it has a user name in it, which is refused")
    host, port = _split(authority, address)
    return Url(
        scheme=scheme,
        host=_host(host, address),
        port=_port(port, address) if port else _PORTS[scheme],
        target=target if target.startswith("/") else f"/{target}",
        fragment=mark + fragment,
    )


def join(base: Url, reference: str) -> Url:
    """The address that a redirect from another one names; errors as above."""
    reference = reference.strip(" ").partition("#")[0]
    base = replace(base, fragment="")
    if FORBIDDEN.search(reference) or _SCHEME.match(reference):
        return parse_url(reference)
    if reference.startswith("//"):
        return parse_url(f"{base.scheme}:{reference}")
    # It names no host, so whatever comes of it stays on the site of the base.
    target = parse_url(urljoin(str(base), reference)).target
    return replace(base, target=target)


def is_unambiguous(address: str) -> bool:
    """Whether every program finds the same host in an address."""
    return FORBIDDEN.search(address) is None


def _split(authority: str, address: str) -> tuple[str, str]:
    """The host, with its brackets, and the digits of the port."""
    if authority.startswith("["):
        inside, bracket, port = authority.partition("]")
        if not bracket or (port and not port.startswith(":")):
            _refuse(address)
        return inside + bracket, port[1:]
    host, _, port = authority.partition(":")
    return host, port


def _port(digits: str, address: str) -> int:
    found = _PORT.fullmatch(digits)
    port = int(found[1]) if found else 0
    if not 0 < port < 65_536:
        _refuse(address)
    return port


def _host(host: str, address: str) -> str:
    if host.startswith("["):
        return _ipv6(host[1:-1], address)
    if not host.isascii():
        # Longer ones cannot be valid, and take the codec quadratic time.
        if len(host) > _LONGEST_NAME:
            _refuse(address)
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            _refuse(address)
    host = host.lower().removesuffix(".")
    if len(host) > _LONGEST_NAME or not _NAME.fullmatch(host):
        _refuse(address)
    labels = host.split(".")
    return _ipv4(labels, address) if _NUMERIC.fullmatch(labels[-1]) else host


def _ipv4(parts: list[str], address: str) -> str:
    """A host whose last part is a number: an IPv4 address in one of its short or odd forms."""
    numbers = [_number(part, address) for part in parts]
    *first, last = numbers
    if len(numbers) > 4 or max(first, default=0) > 255 or last >= 256 ** (5 - len(numbers)):
        _refuse(address)
    value = last + sum(number << 8 * (3 - place) for place, number in enumerate(first))
    return ".".join(str(value >> shift & 255) for shift in (24, 16, 8, 0))


def _number(part: str, address: str) -> int:
    """A decimal, octal or hexadecimal number."""
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
    from ipaddress import IPv6Address  # noqa: PLC0415 - only for such hosts

    try:
        found = IPv6Address(literal)
    except ValueError:
        _refuse(address)
    if found.scope_id is not None:
        _refuse(address)
    return str(found)


def _refuse(address: str, reason: str = _NO_SENSE) -> NoReturn:
    raise SourceError(address, reason)
