"""The address of a calendar collection, refused where a password would not be safe."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import SplitResult, quote, unquote, urlsplit

from scheduler.errors import PublishError
from scheduler.io.hosts import is_loopback
from scheduler.text import Text

_PORTS = {"http": 80, "https": 443}
_PATH = "/%:@!$&'()*+,;=-._~"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a collection is: ``origin`` (scheme, host, port) and ``path``, which ends with a slash."""

    origin: str
    path: str
    loopback: bool

    @property
    def url(self) -> str:
        """The whole address."""
        return self.origin + self.path

    def of(self, name: str) -> str:
        """The address of a member by its name, or by the path a server gave for it."""
        return self.origin + (name if name.startswith("/") else self.path + quote(name))

    def member(self, href: str) -> str | None:
        """The name of a member that a server calls ``href`` (a path or a whole address); None if outside."""
        path = unquote(urlsplit(href).path)
        own = unquote(self.path)
        name = path.removeprefix(own)
        return name if path.startswith(own) and name and "/" not in name else None


def collection_address(given: str, *, allow_http: bool = False) -> Address:
    """The collection at an http(s) address.

    Raises:
        PublishError: it is no such address, it holds a password, or it is not encrypted and not this computer.
    """
    try:
        parts = urlsplit(given.strip())
        port = parts.port
    except ValueError:
        raise _refused(_NO_ADDRESS, "", _EXPECTED) from None
    if parts.scheme not in _PORTS or not parts.hostname or parts.query or parts.fragment:
        raise _refused(_NO_ADDRESS, _without_user(parts), _EXPECTED)
    if "@" in parts.netloc:
        raise _refused(_PASSWORD_INSIDE, _without_user(parts), _ELSEWHERE)
    loopback = is_loopback(parts.hostname)
    if parts.scheme == "http" and not loopback and not allow_http:
        raise _refused(_PLAIN, given, _ENCRYPT)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    path = quote(parts.path.rstrip("/") + "/", safe=_PATH)
    suffix = "" if port in {None, _PORTS[parts.scheme]} else f":{port}"
    return Address(f"{parts.scheme}://{host}{suffix}", path, loopback)


def _refused(text: Text, place: str, hint: Text) -> PublishError:
    return PublishError(text, place, hint)


def _without_user(parts: SplitResult) -> str:
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()


_NO_ADDRESS = Text(
    "this is not the address of a calendar on a CalDAV server", "这不是 CalDAV 服务器上的日历地址"
)
_EXPECTED = Text(
    "expected something like https://calendar.example.org/user/duty/",
    "应为形如 https://calendar.example.org/user/duty/ 的地址",
)
_PASSWORD_INSIDE = Text("the address holds a user name or password", "地址中含有用户名或密码")
_ELSEWHERE = Text(
    "leave it out and set SCHEDULER_CALDAV_USER and SCHEDULER_CALDAV_PASSWORD, or use --password-command",
    "请从地址中删去，改用环境变量 SCHEDULER_CALDAV_USER 和 SCHEDULER_CALDAV_PASSWORD，或 --password-command",
)
_PLAIN = Text(
    "this address is not encrypted: password and duties could be read on the way",
    "该地址未加密：密码和值班内容在传输途中可能被他人读取",
)
_ENCRYPT = Text(
    "use https://, or --allow-http if the network is your own",
    "请使用 https://；若确为自有网络，可加 --allow-http",
)
