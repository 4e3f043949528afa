"""Requests to one server, also from several threads: who we are, redirects, retries, limits; no secrets in errors.

No message holds anything the server or the library said: either may repeat a password.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import httpx

from scheduler.caldav.address import Address
from scheduler.caldav.credentials import Credentials
from scheduler.errors import PublishError
from scheduler.text import Text
from scheduler.version import VERSION

ATTEMPTS = 4
"""How often a request is made before the server counts as gone."""

_TIMEOUT_SECONDS = 30.0
_LONGEST_WAIT = 60.0
_LARGEST = 256 * 1024 * 1024
_REDIRECTS = {301, 302, 307, 308}
_MOST_REDIRECTS = 5
_AGAIN = {429, 500, 502, 503, 504}


class ServerGoneError(PublishError):
    """The server does not answer, or answers only that it cannot."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said to a request."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def ok(self) -> bool:
        """Whether the request was carried out."""
        return 200 <= self.status < 300

    @property
    def etag(self) -> str:
        """The entity tag, empty if none was given."""
        return self.headers.get("etag", "")


class Transport:
    """Connections to the server of an address, open within ``with``, for use by several threads.

    ``wait`` is asked to let seconds pass.
    """

    def __init__(
        self, address: Address, credentials: Credentials | None, wait: Callable[[float], None]
    ) -> None:
        self.address = address
        self._wait = wait
        self._client = httpx.Client(
            auth=_Challenged(credentials) if credentials else None,
            headers={"User-Agent": f"duty-scheduler/{VERSION}"},
            timeout=_TIMEOUT_SECONDS,
            follow_redirects=False,
            trust_env=not address.loopback,
            verify=ssl.create_default_context() if address.origin.startswith("https:") else False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def ask(self, method: str, url: str, body: bytes = b"", **headers: str) -> Answer:
        """The answer to a request that may be repeated safely; header names are written with underscores.

        Raises:
            ServerGoneError: after several attempts there was no answer, or only 429 and 5xx.
            PublishError: the credentials are refused, or the request is sent on to another server.
        """
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for _ in range(_MOST_REDIRECTS):
            answer = self._patiently(method, url, body, named)
            if answer.status == 401:
                raise PublishError(_UNKNOWN_USER, self.address.url, _CHECK_USER)
            if answer.status not in _REDIRECTS:
                return answer
            url = self._sent_on(url, answer.headers.get("location", ""))
        raise PublishError(_IN_CIRCLES, self.address.url)

    def _patiently(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        why = _NO_ANSWER
        for attempt in range(ATTEMPTS):
            pause = 0.5 * 4**attempt
            try:
                answer = self._once(method, url, body, headers)
            except httpx.TransportError as wrong:
                why = _reason(wrong)
            else:
                if answer.status not in _AGAIN:
                    return answer
                why = _ONLY_STATUS.format(status=answer.status)
                pause = max(pause, _asked_to_wait(answer.headers.get("retry-after", "")))
            if attempt + 1 < ATTEMPTS:
                self._wait(min(pause, _LONGEST_WAIT))
        raise ServerGoneError(why, self.address.url) from None

    def _once(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        with self._client.stream(method, url, content=body, headers=headers) as response:
            content = bytearray()
            for part in response.iter_bytes():
                content += part
                if len(content) > _LARGEST:
                    raise PublishError(_TOO_LONG, self.address.url)
            return Answer(response.status_code, response.headers, bytes(content))

    def _sent_on(self, url: str, location: str) -> str:
        target = httpx.URL(urljoin(url, location))
        default = {"http": 80, "https": 443}
        port = target.port or default.get(target.scheme)
        origin = httpx.URL(self.address.origin)
        if (target.scheme, target.host, port) != (
            origin.scheme,
            origin.host,
            origin.port or default[origin.scheme],
        ):
            shown = f"{target.scheme}://{target.host}{f':{target.port}' if target.port else ''}{target.path}"
            hint = _IF_TRUSTED.format(url=shown)
            raise PublishError(_ELSEWHERE, self.address.url, hint)
        return str(target)


class _Challenged(httpx.Auth):
    """Says who we are only when asked, with Digest if the server offers it, else Basic."""

    def __init__(self, who: Credentials) -> None:
        self._who = who
        self._basic = httpx.BasicAuth(who.user, who.password)
        self._counting = threading.local()  # Digest counts its requests: a count for every thread
        self._digest: bool | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The request as it is, and again with what the answer asks for."""
        if self._digest is None:
            response = yield request
            if response.status_code != 401:
                return
            offers = response.headers.get_list("www-authenticate")
            self._digest = any(offer.lower().startswith("digest") for offer in offers)
        yield from self._chosen().auth_flow(request)

    def _chosen(self) -> httpx.Auth:
        if not self._digest:
            return self._basic
        if not hasattr(self._counting, "auth"):
            self._counting.auth = httpx.DigestAuth(self._who.user, self._who.password)
        auth: httpx.Auth = self._counting.auth
        return auth


def _asked_to_wait(header: str) -> float:
    return float(header) if header.isascii() and header.isdigit() else 0.0


def _reason(wrong: httpx.TransportError) -> Text:
    if isinstance(wrong, httpx.TimeoutException):
        return _TOO_SLOW
    if isinstance(wrong, httpx.ConnectError):
        cause: BaseException | None = wrong
        while cause is not None:
            if isinstance(cause, ssl.SSLCertVerificationError):
                return _CERTIFICATE
            cause = cause.__cause__ or cause.__context__
        return _NOBODY
    return _NO_ANSWER


_NO_ANSWER = Text("the server broke the connection off", "服务器中断了连接")
_NOBODY = Text("no server can be reached at this address", "无法连接到该地址的服务器")
_TOO_SLOW = Text(
    f"the server did not answer within {_TIMEOUT_SECONDS:.0f} s",
    f"服务器在 {_TIMEOUT_SECONDS:.0f} 秒内没有应答",
)
_CERTIFICATE = Text("the server's certificate is not one this computer trusts", "本机不信任该服务器的证书")
_ONLY_STATUS = Text("the server only answers {status}", "服务器只应答 {status}")
_UNKNOWN_USER = Text("the server refuses user and password", "服务器拒绝了用户名或密码")
_CHECK_USER = Text("check SCHEDULER_CALDAV_USER and the password", "请检查 SCHEDULER_CALDAV_USER 和密码")
_IN_CIRCLES = Text("the server sends the request on again and again", "服务器反复重定向")
_TOO_LONG = Text("the server's answer is too long", "服务器的应答过长")
_ELSEWHERE = Text(
    "the server sends the request on to another one, which would see the password",
    "服务器要求转到另一台服务器，密码会因此泄露",
)
_IF_TRUSTED = Text("if you trust it, use its address: {url}", "如果信任该服务器，请直接使用其地址：{url}")
