"""The XML of WebDAV and CalDAV: bodies of requests, and the multistatus that answers them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Never

from scheduler.errors import PublishError
from scheduler.text import Text

DAV = "{DAV:}"
CALDAV = "{urn:ietf:params:xml:ns:caldav}"

COLLECTION_PROPERTIES = b"""<?xml version="1.0" encoding="utf-8"?>
<d:propfind xmlns:d="DAV:"><d:prop><d:resourcetype/></d:prop></d:propfind>"""
ETAGS = b"""<?xml version="1.0" encoding="utf-8"?>
<d:propfind xmlns:d="DAV:"><d:prop><d:resourcetype/><d:getetag/></d:prop></d:propfind>"""

ET.register_namespace("d", DAV[1:-1])
ET.register_namespace("c", CALDAV[1:-1])


@dataclass(frozen=True, slots=True)
class Member:
    """What a multistatus says of one address; empty where it says nothing."""

    href: str
    etag: str
    kinds: frozenset[str]
    data: bytes


def make_calendar(name: str) -> bytes:
    """The body of a MKCALENDAR: a calendar for events, with a name (RFC 4791, 5.3.1)."""
    root = ET.Element(f"{CALDAV}mkcalendar")
    properties = ET.SubElement(ET.SubElement(root, f"{DAV}set"), f"{DAV}prop")
    ET.SubElement(properties, f"{DAV}displayname").text = name
    components = ET.SubElement(properties, f"{CALDAV}supported-calendar-component-set")
    ET.SubElement(components, f"{CALDAV}comp", name="VEVENT")
    return _written(root)


def multiget(hrefs: Iterable[str]) -> bytes:
    """The body of a REPORT that asks for the content of some members (RFC 4791, 7.9)."""
    root = ET.Element(f"{CALDAV}calendar-multiget")
    properties = ET.SubElement(root, f"{DAV}prop")
    ET.SubElement(properties, f"{DAV}getetag")
    ET.SubElement(properties, f"{CALDAV}calendar-data")
    for href in hrefs:
        ET.SubElement(root, f"{DAV}href").text = href
    return _written(root)


def _written(root: ET.Element) -> bytes:
    written: bytes = ET.tostring(root, "utf-8", xml_declaration=True)
    return written


def members(body: bytes, url: str) -> Iterator[Member]:
    """What a multistatus tells, address by address; what it could not find is left out.

    Raises:
        PublishError: it is none.
    """
    try:
        root = ET.fromstring(body, ET.XMLParser(target=_Plain()))  # noqa: S314 - see _Plain
    except ET.ParseError:
        raise PublishError(_NO_DAV, url) from None
    if root.tag != f"{DAV}multistatus":
        raise PublishError(_NO_DAV, url)
    for response in root.iter(f"{DAV}response"):
        found = [one for one in response.iter(f"{DAV}propstat") if " 200" in one.findtext(f"{DAV}status", "")]
        if found:
            yield Member(
                href=response.findtext(f"{DAV}href", "").strip(),
                etag=_first(found, f"{DAV}getetag").strip(),
                kinds=frozenset(one.tag for part in found for one in part.iterfind(f"*/{DAV}resourcetype/*")),
                data=_first(found, f"{CALDAV}calendar-data").encode(),
            )


def _first(found: list[ET.Element], tag: str) -> str:
    return next((text for part in found if (text := part.findtext(f"*/{tag}"))), "")


class _Plain(ET.TreeBuilder):
    """Builds a tree from XML without a document type, and so without entities that grow or reach out."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> Never:
        """Refuse a document type."""
        raise ET.ParseError(f"a document type: {name}, {pubid}, {system}")


_NO_DAV = Text("the answer is not that of a CalDAV server", "应答不是来自 CalDAV 服务器")
