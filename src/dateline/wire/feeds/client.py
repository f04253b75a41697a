"""Requests for feeds and pages: bounded, polite, and never to the local network."""

from __future__ import annotations

import asyncio
import datetime as dt
import socket
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import httpx

from dateline.version import VERSION
from dateline.wire.feeds import limits
from dateline.wire.feeds.feedlist import Feed
from dateline.wire.feeds.hosts import Hosts
from dateline.wire.feeds.robots import Robots
from dateline.wire.feeds.threads import in_thread
from dateline.wire.feeds.trouble import Trouble
from dateline.wire.fetch import is_public

USER_AGENT = f"dateline/{VERSION} (+feed reader)"
FEED_TYPES = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/xml;q=0.9, "
    "text/xml;q=0.9, */*;q=0.5"
)
PAGE_TYPES = "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Want:
    """What is asked for, and within which bounds.

    `private_host` is the one host that may be in the local network; `delay` and `seconds` are in
    seconds, `limit` in bytes. Bodies of the types in `unread` (beginnings) are not fetched.
    """

    url: str
    accept: str
    limit: int
    private_host: str | None = None
    delay: float = limits.DELAY
    etag: str | None = None
    modified: str | None = None
    seconds: float = limits.REQUEST_SECONDS
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `url` is where from in the end. `data` is empty for a 304."""

    url: str
    status: int
    headers: Mapping[str, str]
    data: bytes
    charset: str | None

    @property
    def kind(self) -> str:
        """The media type, in lower case."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()


def want_feed(feed: Feed, etag: str | None, modified: str | None) -> Want:
    """A request for a feed."""
    return Want(
        url=feed.url,
        accept=FEED_TYPES,
        limit=limits.MAX_FEED,
        private_host=feed.private_host,
        delay=feed.delay,
        etag=etag,
        modified=modified,
    )


class Client:
    """Fetches, with one turn at a time for each host and the rules of its robots.txt.

    Names are looked up here and the address that was checked is the one connected to, at every
    redirect, so that no name leads to the local network. Proxies are not used for the same reason,
    and no connection is used twice: what one host was checked for must not serve another.
    """

    def __init__(self, clock: Callable[[], dt.datetime] | None = None) -> None:
        self._clock = clock or (lambda: dt.datetime.now(dt.UTC))
        self._hosts = Hosts()
        self._robots = Robots()
        self._http = httpx.AsyncClient(
            trust_env=False,
            follow_redirects=False,
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._http.aclose()

    async def get(self, want: Want) -> Answer:
        """The 200 or 304 that a URL answers in the end. Raises Trouble for anything else."""

        async def robots(url: str) -> tuple[int, bytes]:
            plain = replace(want, url=url, accept="text/plain, */*;q=0.5", etag=None, modified=None)
            answer = await self._follow(replace(plain, limit=limits.MAX_ROBOTS, unread=()), None)
            return answer.status, answer.data

        async def allow(url: str) -> float:
            return await self._robots.check(url, robots)

        answer = await self._follow(want, allow)
        if answer.status in (200, 304):
            return answer
        raise _refusal(answer, self._clock())

    async def _follow(self, want: Want, allow: Callable[[str], Awaitable[float]] | None) -> Answer:
        """The answer at the end of the redirects, whatever its status; `allow` is asked of each."""
        left = want.seconds
        url = want.url
        for _ in range(limits.REDIRECTS + 1):
            target = _target(url)
            wish = await allow(url) if allow is not None else 0.0
            host = target.netloc.decode("ascii")
            async with self._hosts.turn(host, max(want.delay, wish)):
                started = time.monotonic()
                answer = await self._bounded(want, target, left)
            left -= time.monotonic() - started
            if answer.status in (429, 503):
                seconds = _retry_after(answer.headers, self._clock())
                if seconds is not None:
                    self._hosts.hold(host, min(seconds, limits.MAX_RETRY_AFTER))
            if answer.status not in (301, 302, 303, 307, 308) or "location" not in answer.headers:
                return answer
            url = urljoin(url, answer.headers["location"])
        raise Trouble("failing", f"redirects more than {limits.REDIRECTS} times")

    async def _bounded(self, want: Want, target: httpx.URL, left: float) -> Answer:
        """One request within `left` seconds, however slowly its bytes come."""
        late = f"did not answer in full within {want.seconds:g} s"
        if left <= 0:
            raise Trouble("failing", late)
        try:
            async with asyncio.timeout(left):
                return await self._request(want, target, left)
        except (TimeoutError, httpx.TimeoutException):
            raise Trouble("failing", late) from None
        except httpx.HTTPError as error:
            raise Trouble("failing", f"cannot be fetched: {reason(error)}") from error
        except (OSError, ValueError) as error:
            raise Trouble("failing", f"cannot be fetched: {reason(error)}") from error

    async def _request(self, want: Want, target: httpx.URL, left: float) -> Answer:
        addresses = await _addresses(target, want.private_host)
        for address in addresses[:-1]:
            try:
                return await self._send(want, target, address, left)
            except httpx.ConnectError:
                continue
        return await self._send(want, target, addresses[-1], left)

    async def _send(self, want: Want, target: httpx.URL, address: str, left: float) -> Answer:
        headers = {
            "Host": target.netloc.decode("ascii"),
            "User-Agent": USER_AGENT,
            "Accept": want.accept,
            "Accept-Encoding": "gzip, deflate",
        }
        if want.etag:
            headers["If-None-Match"] = want.etag
        if want.modified:
            headers["If-Modified-Since"] = want.modified
        request = self._http.build_request(
            "GET",
            target.copy_with(host=address, fragment=None, username=None, password=None),
            headers=headers,
            extensions={"sni_hostname": target.raw_host.decode("ascii")},
            timeout=httpx.Timeout(left),
        )
        response = await self._http.send(request, stream=True)
        try:
            found = {name.lower(): value for name, value in response.headers.items()}
            answer = Answer(str(target), response.status_code, found, b"", _charset(response))
            if response.status_code != 200 or answer.kind.startswith(want.unread):
                return answer
            return replace(answer, data=await _body(response, want.limit))
        finally:
            await response.aclose()


async def _body(response: httpx.Response, limit: int) -> bytes:
    too_large = Trouble("failing", f"is over {limit / 1_000_000:g} MB")
    declared = response.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared[:20]) > limit:
        raise too_large
    chunks: list[bytes] = []
    size = 0
    async for chunk in response.aiter_bytes(65_536):
        size += len(chunk)
        if size > limit:
            raise too_large
        chunks.append(chunk)
    return b"".join(chunks)


def _charset(response: httpx.Response) -> str | None:
    try:
        return response.charset_encoding
    except (LookupError, ValueError):
        return None


def _target(url: str) -> httpx.URL:
    try:
        target = httpx.URL(url)
        _ = target.netloc.decode("ascii"), target.raw_host.decode("ascii")
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise Trouble("failing", f"leads to {url[:100]!r}, which is no URL: {error}") from None
    if target.scheme not in ("http", "https") or not target.host:
        raise Trouble("failing", f"leads to {url[:100]!r}, which is no http or https URL")
    return target


async def _addresses(target: httpx.URL, private_host: str | None) -> list[str]:
    """The first addresses of a host. Raises Trouble if any that it has is not public."""
    host = target.raw_host.decode("ascii").strip("[]")
    port = target.port or (443 if target.scheme == "https" else 80)
    try:
        found = await in_thread(lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except (OSError, UnicodeError):
        raise Trouble("failing", f"cannot be fetched: no host is named {host!r}") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if private_host is None or host.lower() != private_host.lower():
        for address in addresses:
            if not is_public(address):
                raise Trouble(
                    "failing",
                    f"leads to {address}, which is in the local network: allow_private = true "
                    "allows it for a feed's own host",
                )
    return addresses[: limits.ADDRESSES]


def _refusal(answer: Answer, now: dt.datetime) -> Trouble:
    """What a status other than 200 and 304 means."""
    why = f"answered {answer.status}"
    wait = _retry_after(answer.headers, now)
    if answer.status == 429 or (answer.status == 503 and wait is not None):
        asked = "" if wait is None else f" and asked to wait for {wait:.0f} s"
        return Trouble("rate-limited", why + asked, wait)
    if answer.status in (404, 410):
        return Trouble("dead", f"{why}: there is nothing at this address")
    return Trouble("failing", why)


def _retry_after(headers: Mapping[str, str], now: dt.datetime) -> float | None:
    """Seconds to wait, from a number or a date."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return max(0.0, (moment - now).total_seconds())


def reason(error: Exception) -> str:
    """An error in one line."""
    return " ".join(str(error).split())[:200] or type(error).__name__
