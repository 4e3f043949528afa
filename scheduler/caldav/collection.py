"""A calendar collection: what is in it, and changes that never overwrite what somebody else did meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.caldav.content import Content
from scheduler.caldav.dav import (
    CALDAV,
    COLLECTION_PROPERTIES,
    DAV,
    ETAGS,
    Member,
    make_calendar,
    members,
    multiget,
)
from scheduler.caldav.transport import Answer, Transport
from scheduler.errors import PublishError
from scheduler.text import Text

_AT_ONCE = 200
_XML = "application/xml; charset=utf-8"
_ICS = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Resource:
    """A calendar object as stored: its name in the collection, its version, its content."""

    name: str
    etag: str
    content: Content


class Collection:
    """The calendar collection at a transport's address."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._address = transport.address

    @property
    def url(self) -> str:
        """Its address."""
        return self._address.url

    def exists(self) -> bool:
        """Whether there is a calendar.

        Raises:
            PublishError: there is something else, or the server does not tell.
        """
        url = self._address.url
        answer = self._transport.ask("PROPFIND", url, COLLECTION_PROPERTIES, depth="0", content_type=_XML)
        if answer.status in {404, 410}:
            return False
        self._expect(answer, 207)
        found = list(members(answer.body, url))
        if found and not any(f"{CALDAV}calendar" in member.kinds for member in found):
            raise PublishError(_NO_CALENDAR, url, _ANOTHER_ADDRESS)
        return bool(found)  # some servers say inside a multistatus that nothing is there

    def make(self, name: str) -> None:
        """Make the calendar (MKCALENDAR).

        Raises:
            PublishError: the server does not let us.
        """
        answer = self._transport.ask("MKCALENDAR", self._address.url, make_calendar(name), content_type=_XML)
        if not answer.ok and not self.exists():
            text = _NOT_MADE.format(status=answer.status)
            raise PublishError(text, self._address.url, _MAKE_IT)

    def etags(self) -> dict[str, str]:
        """The names of everything in the calendar, each with its version."""
        answer = self._transport.ask("PROPFIND", self._address.url, ETAGS, depth="1", content_type=_XML)
        self._expect(answer, 207)
        return {
            name: member.etag
            for member in members(answer.body, self._address.url)
            if f"{DAV}collection" not in member.kinds and (name := self._address.member(member.href))
        }

    def contents(self, names: Sequence[str]) -> tuple[Resource, ...]:
        """Those of the objects that are there, with their contents."""
        parts = (names[first : first + _AT_ONCE] for first in range(0, len(names), _AT_ONCE))
        return tuple(resource for part in parts for resource in self._contents(part))

    def _contents(self, names: Sequence[str]) -> Iterator[Resource]:
        paths = [self._address.of(name).removeprefix(self._address.origin) for name in names]
        answer = self._transport.ask(
            "REPORT", self._address.url, multiget(paths), depth="1", content_type=_XML
        )
        if answer.status == 207:
            yield from filter(None, map(self._resource, members(answer.body, self._address.url)))
        else:
            yield from filter(None, map(self.read, names))

    def _resource(self, member: Member) -> Resource | None:
        name = self._address.member(member.href)
        return Resource(name, member.etag, Content(member.data)) if name else None

    def read(self, name: str) -> Resource | None:
        """One calendar object as it is now; None if it is not there."""
        answer = self._transport.ask("GET", self._address.of(name))
        if answer.status in {404, 410}:
            return None
        self._expect(answer, 200)
        return Resource(name, answer.etag, Content(answer.body))

    def create(self, name: str, content: Content) -> Answer:
        """Put a new object, if there is none of that name."""
        return self._transport.ask(
            "PUT", self._address.of(name), content.data, if_none_match="*", content_type=_ICS
        )

    def change(self, resource: Resource, content: Content) -> Answer:
        """Put another content, if the object is still the one that was read."""
        return self._transport.ask(
            "PUT",
            self._address.of(resource.name),
            content.data,
            if_match=resource.etag or "*",
            content_type=_ICS,
        )

    def delete(self, resource: Resource) -> Answer:
        """Delete an object, if it is still the one that was read."""
        return self._transport.ask("DELETE", self._address.of(resource.name), if_match=resource.etag or "*")

    def _expect(self, answer: Answer, status: int) -> None:
        if answer.status != status:
            text = _FORBIDDEN if answer.status == 403 else _UNEXPECTED.format(status=answer.status)
            raise PublishError(text, self._address.url)


_NO_CALENDAR = Text("there is no calendar at this address, but something else", "该地址存在，但不是日历")
_ANOTHER_ADDRESS = Text(
    "give the address of a calendar, or one where nothing is yet, and it is made",
    "请填写日历的地址；也可填写尚不存在的地址，程序会新建日历",
)
_NOT_MADE = Text(
    "there is no calendar at this address, and the server does not let us make one (status {status})",
    "该地址没有日历，服务器也不允许新建（状态 {status}）",
)
_MAKE_IT = Text("make it with your calendar program first", "请先用日历软件新建该日历")
_FORBIDDEN = Text("this user may not read the calendar", "该用户无权读取此日历")
_UNEXPECTED = Text("the server gave an unexpected answer ({status})", "服务器的应答不符合预期（{status}）")
