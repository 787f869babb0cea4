"""Read a web address, without being led into the network of the machine it runs on.

A name is resolved once, the addresses are checked, and the connection goes to an address that was checked: a
name server that answers otherwise the second time gains nothing. Every redirect is treated as the first
address. No cookies, no credentials, no proxies.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from factcheck.errors import UnreadableDocument
from factcheck.sources.limits import Limits

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse
    from urllib3.util import Url

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_PATIENCE = 10.0  # seconds for the connection, and between two parts of an answer
_CHUNK = 65_536  # bytes
_HEADERS = {"User-Agent": "factcheck", "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
# A gateway turns these into the IPv4 address in their last 32 bits. Source: RFC 6052.
_NAT64 = IPv6Network("64:ff9b::/96")


def fetch(url: str, limits: Limits, *, private: bool = False) -> tuple[str, str, bytes]:
    """Read an http or https address; give the address it came from in the end, the declared type, the data.

    The time that may take in all is for the caller to limit.

    Raises:
        UnreadableDocument: it cannot be reached, is not public (unless ``private``), is larger than allowed
            once unpacked, redirects too often, or answers with anything but success.
    """
    for _ in range(limits.redirects + 1):
        with closing(_get(_parsed(url), private=private)) as response:
            target = response.headers.get("Location") if response.status in _REDIRECTS else None
            if target is None:
                if response.status != 200:
                    raise UnreadableDocument(f"the server answered {response.status}")
                media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
                return url, media_type, _body(response, limits.bytes)
        url = urljoin(url, target)
    raise UnreadableDocument(f"more than {limits.redirects} redirects")


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the open internet, whatever it is wrapped in."""
    return all(
        ip.is_global and not (ip.is_multicast or ip.is_reserved or getattr(ip, "is_site_local", False))
        for ip in _meant(ip_address(address.partition("%")[0]))
    )


def _meant(ip: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """Yield the addresses that a packet to this one can end at: IPv6 wraps IPv4 in several ways."""
    if isinstance(ip, IPv6Address) and (ip in _NAT64 or ip.ipv4_mapped):
        yield IPv4Address(int(ip) & 0xFFFFFFFF)
        return
    yield ip
    if isinstance(ip, IPv6Address):
        yield from filter(None, (ip.sixtofour, *(ip.teredo or ())))


def _parsed(url: str) -> Url:
    from urllib3.exceptions import LocationParseError
    from urllib3.util import parse_url

    try:
        parts = parse_url(url)
    except LocationParseError as error:
        raise UnreadableDocument("not a web address") from error
    if parts.scheme not in ("http", "https") or not parts.host:
        raise UnreadableDocument("not an address that begins with http:// or https://")
    if parts.auth:
        raise UnreadableDocument("an address with a user name in it: nothing is read with credentials")
    return parts


def _addresses(host: str, port: int, *, private: bool) -> list[str]:
    """Resolve a host, once; only addresses that may be connected to come back."""
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreadableDocument(f"the host {host} is not known") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    allowed = [address for address in addresses if private or is_public(address)]
    if not allowed:
        raise UnreadableDocument(
            f"{host} is in a private or reserved network, which is read with --allow-private only"
        )
    return allowed


def _get(url: Url, *, private: bool) -> BaseHTTPResponse:
    from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

    host = url.host or ""
    port = url.port or (443 if url.scheme == "https" else 80)
    for address in _addresses(host, port, private=private):
        try:
            return _request(url, host, address, port)
        except (NewConnectionError, ConnectTimeoutError):
            continue
        except (HTTPError, OSError) as error:
            raise UnreadableDocument(_failure(error)) from error
    raise UnreadableDocument(f"no connection to {host}")


def _request(url: Url, host: str, address: str, port: int) -> BaseHTTPResponse:
    """Ask an address for what its name has; certificates are checked against the name."""
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout

    timeout = Timeout(connect=_PATIENCE, read=_PATIENCE)
    if url.scheme == "https":
        name = host.strip("[]")
        pool: HTTPConnectionPool = HTTPSConnectionPool(
            address, port, timeout=timeout, server_hostname=name, assert_hostname=name
        )
    else:
        pool = HTTPConnectionPool(address, port, timeout=timeout)
    return pool.urlopen(
        "GET", url.request_uri, headers={**_HEADERS, "Host": url.netloc or host},
        redirect=False, retries=False, assert_same_host=False, preload_content=False,
    )  # fmt: skip


def _body(response: BaseHTTPResponse, limit: int) -> bytes:
    """Read a body, unpacked as the server says it is packed; never more of it than the limit at once."""
    from urllib3.exceptions import HTTPError

    data = bytearray()
    try:
        for part in response.stream(_CHUNK, decode_content=True):
            data += part
            if len(data) > limit:
                raise UnreadableDocument(f"larger than the limit of {limit:,} bytes")
    except (HTTPError, OSError) as error:
        raise UnreadableDocument(_failure(error)) from error
    return bytes(data)


def _failure(error: Exception) -> str:
    """Say why a request failed; the libraries' own words name objects in memory."""
    from urllib3 import exceptions

    if isinstance(error, exceptions.SSLError):
        return f"no secure connection: {error}"
    if isinstance(error, exceptions.TimeoutError):
        return f"no answer for {_PATIENCE:g} seconds"
    if isinstance(error, exceptions.IncompleteRead | exceptions.ProtocolError):
        return "the connection broke off before the end"
    return f"it cannot be fetched ({type(error).__name__})"
