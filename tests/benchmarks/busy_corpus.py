"""How people's calendars are read: one line a file, beside what recurring-ical-events alone says of it.

    python tests/benchmarks/busy_corpus.py FOLDER [ZONE]

Every .ics, .ifb and .vcs file is read for 120 days from its first entry on. ``library`` is ``same`` when the
library gives the same stretches, else their numbers (ours/theirs) or its error; it knows no policy, so entries
that are free or cancelled are taken out of its answer, and it is stopped after some seconds.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import re
import sys
import time
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.io.busy.policy import Policy
from scheduler.io.busy.reading import read_busy
from scheduler.io.busy.series import Window
from scheduler.io.busy.windows import merged

DAYS = dt.timedelta(days=120)
PATIENCE = 8
ENTRY = re.compile(
    rb"BEGIN:V(?:EVENT|FREEBUSY|TODO).*?END:V(?:EVENT|FREEBUSY|TODO)", re.DOTALL | re.IGNORECASE
)
START = re.compile(
    rb'^(?:DTSTART|FREEBUSY|RECURRENCE-ID)(?:[^":\r\n]|"[^"\r\n]*")*:(\d{8})', re.MULTILINE | re.IGNORECASE
)


def main() -> None:
    folder, zone = Path(sys.argv[1]), ZoneInfo(sys.argv[2] if len(sys.argv) > 2 else "Asia/Shanghai")
    print("| file | taken | times | ignored | unreadable | ms | library |")
    print("|---|---|---|---|---|---|---|")
    for path in sorted(path for path in folder.iterdir() if path.suffix in {".ics", ".ifb", ".vcs"}):
        window = window_of(path.read_bytes(), zone)
        began = time.perf_counter()
        busy = read_busy(path, window, zone, Policy())
        took = (time.perf_counter() - began) * 1000
        ignored = ", ".join(f"{number} {why}" for why, number in busy.ignored)
        times = merged(busy.stretches, window)
        beside = library(path, window, zone)
        verdict = beside if isinstance(beside, str) else compared(times, merged(beside, window))
        cells = (path.stem, busy.taken, len(times), ignored, len(busy.unreadable), f"{took:.0f}", verdict)
        print(f"| {' | '.join(map(str, cells))} |")


def compared(ours: list[Window], theirs: list[Window]) -> str:
    if ours == theirs:
        return "same"
    return f"{len(ours)}/{len(theirs)}, {len(set(ours) & set(theirs))} alike"


def window_of(data: bytes, zone: ZoneInfo) -> Window:
    found = [match for entry in ENTRY.findall(data) for match in START.findall(entry)]
    days = sorted(day for day in map(_day, found) if day and day.year >= 1970)
    first = dt.datetime.combine(days[0] if days else dt.date(2026, 1, 1), dt.time(), tzinfo=zone)
    return first.astimezone(dt.UTC), (first + DAYS).astimezone(dt.UTC)


def _day(word: bytes) -> dt.date | None:
    try:
        return dt.datetime.strptime(word.decode(), "%Y%m%d").date()  # noqa: DTZ007
    except ValueError:
        return None


def library(path: Path, window: Window, zone: ZoneInfo) -> list[Window] | str:
    """What the library says, or how it ended."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=_ask, args=(theirs, path, window, zone))
    process.start()
    answer: list[Window] | str = f"> {PATIENCE} s"
    if ours.poll(PATIENCE):
        answer = ours.recv()
    process.kill()
    process.join()
    return answer


def _ask(pipe: object, path: Path, window: Window, zone: ZoneInfo) -> None:
    import icalendar
    import recurring_ical_events

    def moment(value: dt.date) -> dt.datetime:
        if not isinstance(value, dt.datetime):
            value = dt.datetime.combine(value, dt.time())
        return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(dt.UTC)

    found = []
    try:
        for calendar in icalendar.Calendar.from_ical(path.read_bytes(), multiple=True):
            for event in recurring_ical_events.of(calendar, skip_bad_series=True).between(*window):
                free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
                if not free and str(event.get("STATUS", "")).upper() != "CANCELLED":
                    found.append((moment(event["DTSTART"].dt), moment(event["DTEND"].dt)))
        pipe.send([one for one in found if one[0] < one[1]])  # type: ignore[attr-defined]
    except BaseException as wrong:
        pipe.send(f"{type(wrong).__name__}")  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
