"""A published folder, made by hand in the form that publish writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from scheduler.io.published import Index, IndexedFile, digest_of, write_index
from scheduler.publish.event import Audience
from scheduler.text import Text

CHANGED = dt.datetime(2024, 3, 1, 9, 30, tzinfo=dt.UTC)
NOW = dt.datetime(2024, 3, 4, 6, 0, tzinfo=dt.UTC)
PEOPLE = {
    "wang": Text("Wang Xiuying", "王秀英"),
    "chen": Text("Chen Jianguo", "陈建国"),
    "odd": Text('"><script>alert(1)</script>', "<b>李&'\"</b>"),
}


def event(number: int, title: str, start: str = "20240304T080000", end: str = "20240304T120000") -> str:
    return (
        f"BEGIN:VEVENT\r\nUID:{number}@duty-scheduler\r\nDTSTAMP:20240301T093000Z\r\n"
        f"DTSTART;TZID=Asia/Shanghai:{start}\r\nDTEND;TZID=Asia/Shanghai:{end}\r\nSUMMARY:{title}\r\n"
        "LOCATION:福光路西口\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\n"
    )


def calendar(*events: str) -> bytes:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        "TZOFFSETFROM:+0800\r\nTZOFFSETTO:+0800\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    head = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//duty-scheduler//1//ZH\r\nX-WR-TIMEZONE:Asia/Shanghai\r\n"
    )
    return f"{head}{zone}{''.join(events)}END:VCALENDAR\r\n".encode()


def indexed(audience: Audience, owner: str, path: str, label: Text, data: bytes) -> IndexedFile:
    return IndexedFile(
        path=path, audience=audience, owner=owner, label=label, digest=digest_of(data), modified=CHANGED
    )


def write_folder(
    folder: Path, people: Iterable[str] = tuple(PEOPLE), titles: str = "值班", changed: dt.datetime = CHANGED
) -> Path:
    """Feeds of people, of one post and of all, with their index."""
    contents = {
        (Audience.VOLUNTEER, one, f"volunteers/duty-{one}.ics"): (
            PEOPLE.get(one, Text(one, one)),
            calendar(event(number, f"{titles}:{one}")),
        )
        for number, one in enumerate(people)
    }
    contents[Audience.POST, "gate", "posts/post-gate.ics"] = Text("Gate", "大门"), calendar(event(90, "大门"))
    contents[Audience.ALL, "", "all.ics"] = Text("All duties", "总表"), calendar(event(91, "全部"))
    for (_, _, path), (_, data) in contents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    files = [
        indexed(audience, owner, path, label, data).model_copy(update={"modified": changed})
        for (audience, owner, path), (label, data) in contents.items()
    ]
    write_index(folder, Index(plan="small", files=tuple(files)))
    return folder
