"""One page from the web: bounded in time, size and redirects, and never from the local network."""

from __future__ import annotations

import ipaddress
import os
import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from dateline.errors import DatelineError
from dateline.version import VERSION
from dateline.wire import settings

if TYPE_CHECKING:
    import httpx

ALLOW_PRIVATE = "DATELINE_ALLOW_PRIVATE"
"""The environment variable that, set to 1, allows addresses of the local network."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a URL answered: `url` is where it came from in the end."""

    url: str
    data: bytes
    content_type: str
    charset: str | None


def fetch(
    url: str,
    *,
    allow_private: bool | None = None,
    seconds: float = settings.FETCH_SECONDS,
    limit: int = settings.MAX_PAGE,
) -> Fetched:
    """GET a page within `seconds` and `limit` bytes.

    Names are resolved here and the address that was checked is the one connected to, at every
    redirect, so that no name can lead to the local network; proxies are not used for the same
    reason. Raises DatelineError saying what the server or network did.
    """
    import httpx

    if allow_private is None:
        allow_private = os.environ.get(ALLOW_PRIVATE, "") == "1"
    deadline = time.monotonic() + seconds
    try:
        with httpx.Client(trust_env=False, follow_redirects=False) as client:
            for _ in range(settings.FETCH_REDIRECTS + 1):
                request = _request(client, url, allow_private, deadline)
                response = client.send(request, stream=True)
                try:
                    if not response.has_redirect_location:
                        return _body(response, url, deadline, limit)
                    url = urljoin(url, response.headers["location"])
                finally:
                    response.close()
    except httpx.TimeoutException as error:
        raise DatelineError(_late(seconds)) from error
    except httpx.InvalidURL as error:
        raise DatelineError(f"is not a URL that can be fetched: {error}") from error
    except httpx.HTTPError as error:
        raise DatelineError(f"cannot be fetched: {_reason(error)}") from error
    except (OSError, ValueError) as error:
        raise DatelineError(f"cannot be fetched: {_reason(error)}") from error
    raise DatelineError(f"redirects more than {settings.FETCH_REDIRECTS} times")


def _request(client: httpx.Client, url: str, allow_private: bool, deadline: float) -> httpx.Request:
    """A request to the checked address of a URL's host, under the host's own name."""
    import httpx

    target = httpx.URL(url)
    if target.scheme not in ("http", "https") or not target.host:
        raise DatelineError(f"leads to {url[:100]!r}, which is no http or https URL")
    port = target.port or (443 if target.scheme == "https" else 80)
    address = _address(target.host, port, allow_private)
    left = max(deadline - time.monotonic(), 0.001)
    return client.build_request(
        "GET",
        target.copy_with(host=address, fragment=None, username=None, password=None),
        headers={
            "Host": target.netloc.decode("ascii"),
            "User-Agent": f"dateline/{VERSION}",
            "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.5",
        },
        extensions={"sni_hostname": target.raw_host.decode("ascii")},
        timeout=httpx.Timeout(left),
    )


def _address(host: str, port: int, allow_private: bool) -> str:
    """An address of a host. Raises DatelineError if any of its addresses is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise DatelineError(f"cannot be fetched: no host is named {host!r}") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not allow_private:
        for address in addresses:
            if not is_public(address):
                raise DatelineError(
                    f"leads to {address}, which is in the local network: "
                    f"set {ALLOW_PRIVATE}=1 to allow this"
                )
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet: not loopback, private, link-local…"""
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if inner is not None and not is_public(str(inner)):
            return False
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _body(response: httpx.Response, url: str, deadline: float, limit: int) -> Fetched:
    if response.status_code != 200:
        raise DatelineError(f"answered {response.status_code} {response.reason_phrase}".rstrip())
    chunks: list[bytes] = []
    size = 0
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > limit:
            raise DatelineError(f"is over {limit / 1_000_000:g} MB: fetch and cut it yourself")
        if time.monotonic() > deadline:
            raise DatelineError(_late(None))
        chunks.append(chunk)
    kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
    return Fetched(url, b"".join(chunks), kind, response.charset_encoding)


def _late(seconds: float | None) -> str:
    limit = f" within {seconds:g} s" if seconds is not None else " in time"
    return f"did not answer in full{limit}: try again later"


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
