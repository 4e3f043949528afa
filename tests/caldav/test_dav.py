from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from scheduler.caldav.dav import CALDAV, DAV, Member, make_calendar, members, multiget
from scheduler.errors import PublishError

ANSWER = """<?xml version="1.0"?>
<x:multistatus xmlns:x="DAV:" xmlns:y="urn:ietf:params:xml:ns:caldav">
 <x:response><x:href> /c/a.ics </x:href>
  <x:propstat><x:prop><x:getcontenttype/></x:prop><x:status>HTTP/1.1 404 Not Found</x:status></x:propstat>
  <x:propstat><x:prop><x:getetag>"1"</x:getetag><x:resourcetype/>
   <y:calendar-data>BEGIN:值班 &lt;&amp;</y:calendar-data></x:prop><x:status>HTTP/1.1 200 OK</x:status></x:propstat>
 </x:response>
 <x:response><x:href>/c/</x:href>
  <x:propstat><x:prop><x:resourcetype><x:collection/><y:calendar/></x:resourcetype></x:prop>
   <x:status>HTTP/1.1 200 OK</x:status></x:propstat>
 </x:response>
 <x:response><x:href>/c/gone.ics</x:href><x:status>HTTP/1.1 404 Not Found</x:status></x:response>
</x:multistatus>"""


def test_a_multistatus_is_read_member_by_member() -> None:
    assert list(members(ANSWER.encode(), "here")) == [
        Member("/c/a.ics", '"1"', frozenset(), "BEGIN:值班 <&".encode()),
        Member("/c/", "", frozenset({f"{DAV}collection", f"{CALDAV}calendar"}), b""),
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Log in</body></html>",
        ANSWER.encode()[:-20],
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'.encode("utf-16"),
    ],
)
def test_what_is_no_multistatus_is_refused(body: bytes) -> None:
    with pytest.raises(PublishError, match="not that of a CalDAV server"):
        list(members(body, "here"))


def test_bodies_carry_any_name() -> None:
    name = "值班 <&> 😀"
    made = ET.fromstring(make_calendar(name))  # noqa: S314 - ours
    assert made.findtext(f".//{DAV}displayname") == name
    asked = ET.fromstring(multiget(["/c/a&b.ics"]))  # noqa: S314
    assert [one.text for one in asked.iter(f"{DAV}href")] == ["/c/a&b.ics"]
