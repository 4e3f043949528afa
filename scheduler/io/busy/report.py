"""What was taken from calendars and what was not, as tables; no titles, for none were kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from scheduler.domain.request import TimeWindow
from scheduler.errors import Fault
from scheduler.io.busy.series import Window
from scheduler.io.busy.taking import Taken
from scheduler.report.grid import Grid
from scheduler.text import Text, day_text, joined

FAULTS_SHOWN = 20
"""So many unreadable things are named one by one."""


def taken_grid(taken: Taken) -> Grid:
    """The windows: first and last moment, which calendar."""
    name = taken.volunteer.label
    title = Text(f"Busy times of {name.en}", f"{name.zh}的忙碌时间")
    columns = (Text("from", "起"), Text("to", "止"), Text("calendar", "日历"))
    return Grid(
        title, columns, tuple((_moment(one.start), _moment(one.end), one.source) for one in taken.windows)
    )


def ignored_grid(taken: Taken) -> Grid:
    """What does not make anybody busy, counted."""
    columns = (Text("file", "文件"), Text("entries", "条目数"), Text("why", "原因"))
    rows = [(busy.name, number, why.label) for busy in taken.files for why, number in busy.ignored]
    return Grid(Text("Not counted as busy", "不计为忙碌"), columns, tuple(rows))


def notes(taken: Taken) -> Iterator[Text]:
    """What a person should know beside the tables."""
    days = {day for one in taken.windows for day in _days(one)}
    entries = sum(busy.taken for busy in taken.files)
    yield Text(
        f"{entries} entries taken: busy at {len(taken.windows)} times on {len(days)} days",
        f"采用 {entries} 个条目：{len(days)} 天内共 {len(taken.windows)} 段忙碌时间",
    )
    for busy in taken.files:
        if whole := list(_runs(busy.days, taken.zone)):
            listed = joined(whole)
            yield Text(
                f"{busy.name}: whole days block {listed.en}; leave them out with --all-day free",
                f"{busy.name}：全天事项占用 {listed.zh}；如不计入，请加 --all-day free",
            )
    if doubtful := sum(busy.doubtful for busy in taken.files):
        yield Text(
            f"{doubtful} of them hold an invitation that somebody declined; if that was this person, say who they "
            "are with --address",
            f"其中 {doubtful} 个条目含有被谢绝的邀请；如系本人谢绝，请用 --address 注明本人邮箱",
        )
    if taken.replaced:
        yield Text(
            f"{taken.replaced} times of an earlier import from the same calendar are replaced",
            f"替换了此前从同一日历导入的 {taken.replaced} 段时间",
        )
    if taken.kept:
        yield Text(
            f"earlier imports from other calendars stay: {', '.join(taken.kept)}",
            f"此前从其他日历导入的内容保留：{'、'.join(taken.kept)}",
        )
    if taken.silent and taken.windows:
        yield Text(
            "this volunteer had not said when they can serve; from now on every other time counts as free",
            "此志愿者原未填写可服务时间；导入后，其余时间均视为可服务",
        )


def as_data(taken: Taken) -> dict[str, object]:
    """Everything as plain data: windows in the plan's local time, and for each file what was left out."""
    return {
        "volunteer": taken.volunteer.id,
        "windows": [
            {"start": _moment(one.start), "end": _moment(one.end), "source": one.source}
            for one in taken.windows
        ],
        "files": [
            {
                "file": busy.name,
                "taken": busy.taken,
                "ignored": {str(why): number for why, number in busy.ignored},
                "unreadable": [_fault(fault) for fault in busy.unreadable],
            }
            for busy in taken.files
        ],
        "replaced": taken.replaced,
        "kept": list(taken.kept),
    }


def _fault(fault: Fault) -> dict[str, str]:
    return {"place": fault.place, "en": fault.text.en, "zh": fault.text.zh}


def faults(taken: Taken, *, accepted: bool) -> list[Fault]:
    """What could not be read, the first of them one by one, and what that means; empty if there is nothing."""
    found = list(taken.unreadable)
    if not found:
        return []
    shown = found[:FAULTS_SHOWN]
    if more := len(found) - len(shown):
        shown.append(Fault("", Text(f"… and {more} more", f"……另有 {more} 处")))
    stands = Text(
        f"what could not be read: {len(found)}; when these are is not known",
        f"共 {len(found)} 处无法读取，其所指时间不明",
    )
    what = Text(
        "nothing was written: ask the volunteer, or take the rest with --accept-unreadable",
        "未写入任何内容：请向本人核实，或加 --accept-unreadable 只采用其余部分",
    )
    asks = Text("ask the volunteer about them", "请向本人核实")
    return [*shown, Fault("", stands, asks if accepted else what)]


def _moment(moment: dt.datetime | None) -> str:
    assert moment is not None, "an imported window without an end"
    return f"{moment:%Y-%m-%d %H:%M}"


def _days(window: TimeWindow) -> Iterator[dt.date]:
    assert window.start is not None
    assert window.end is not None
    last = (window.end - dt.timedelta.resolution).date()
    for n in range((last - window.start.date()).days + 1):
        yield window.start.date() + dt.timedelta(days=n)


def _runs(stretches: tuple[Window, ...], zone: ZoneInfo) -> Iterator[Text]:
    """Whole days, those in a row as a range."""
    days = sorted(
        {
            start.astimezone(zone).date() + dt.timedelta(days=n)
            for start, end in stretches
            for n in range(min((end - start).days, 1100))
        }
    )
    while days:
        length = next((n for n, day in enumerate(days) if day != days[0] + dt.timedelta(days=n)), len(days))
        first, last = day_text(days[0]), day_text(days[length - 1])
        yield first if length == 1 else Text(f"{first.en} to {last.en}", f"{first.zh}至{last.zh}")
        days = days[length:]
