"""Service records: who served when, where and how long, from attendance alone; hours credited by a stated rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.domain.shift import Shift
from scheduler.errors import Fault, InputError
from scheduler.report.counting import hours
from scheduler.report.duties import Book, Duty, Person
from scheduler.report.grid import Cell, Grid
from scheduler.text import Text, same


@dataclass(frozen=True, slots=True)
class Credit:
    """How minutes served become minutes credited: whole units of each duty, and so much a duty day at most."""

    unit: int = 1
    most_a_day: int | None = None

    @property
    def text(self) -> Text:
        """The rule in words."""
        unit = Text("every minute counts", "按实际分钟计入")
        if self.unit > 1:
            unit = Text(
                f"whole units of {self.unit} minutes count, the rest of a duty does not",
                f"每次服务以{self.unit}分钟为单位计入，不足一个单位的部分不计",
            )
        cap = Text("no limit a day", "每日不设上限")
        if self.most_a_day is not None:
            most = f"{hours(self.most_a_day):g}"
            cap = Text(f"at most {most} hours a duty day", f"每个值守日最多计{most}小时")
        text = Text("Hours credited: {unit}; {cap}.", "计入时长：{unit}；{cap}。")
        return text.format(unit=unit, cap=cap)


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """One duty somebody served, with the minutes credited for it."""

    duty: Duty
    credited: int

    @property
    def shift(self) -> Shift:
        """The shift served."""
        return self.duty.shift


@dataclass(frozen=True, slots=True, eq=False)
class Service:
    """All that one person served, by start."""

    person: Person
    organisation: Text | None
    records: tuple[Record, ...]

    @property
    def served(self) -> int:
        """Minutes served."""
        return sum(record.duty.minutes for record in self.records)

    @property
    def credited(self) -> int:
        """Minutes credited."""
        return sum(record.credited for record in self.records)

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The duty days served, each once."""
        return tuple(sorted({record.shift.day for record in self.records}))


def services(book: Book, credit: Credit) -> tuple[Service, ...]:
    """Everybody who served: volunteers by id, then walk-ins by name.

    Raises:
        InputError: no attendance was given; what was only planned is no service.
    """
    if book.attended is None:
        text = Text(
            "service is recorded from attendance, which was not given", "服务记录须依据考勤，而未给出考勤文件"
        )
        hint = Text("add --attendance FILE", "请加上 --attendance 文件")
        raise InputError([Fault(book.periods[0].name, text, hint)])
    people: dict[str, list[Duty]] = {}
    for duty in book.attended:
        people.setdefault(duty.person.key, []).append(duty)
    found = [_service(book, duties, credit) for duties in people.values()]
    return tuple(sorted(found, key=lambda one: (one.person.tier is None, one.person.key)))


def _service(book: Book, duties: Sequence[Duty], credit: Credit) -> Service:
    person = duties[-1].person
    organisation = None if person.organisation is None else book.organisations[person.organisation].label
    return Service(person, organisation, tuple(_records(duties, credit)))


def _records(duties: Iterable[Duty], credit: Credit) -> list[Record]:
    """Duties with what is credited; where a day is full, the duties that start first are credited first."""
    used: dict[dt.date, int] = {}
    records = []
    for duty in duties:
        minutes = duty.minutes // credit.unit * credit.unit
        if credit.most_a_day is not None:
            minutes = min(minutes, credit.most_a_day - used.get(duty.shift.day, 0))
        used[duty.shift.day] = used.get(duty.shift.day, 0) + minutes
        records.append(Record(duty, minutes))
    return records


def person_grid(found: Sequence[Service], credit: Credit) -> Grid:
    """A row for each person: from when to when, how often, how long."""
    columns = (
        Text("No.", "序号"),
        Text("Name", "姓名"),
        Text("Organisation", "所属组织"),
        Text("First day", "首次服务"),
        Text("Last day", "末次服务"),
        Text("Times", "服务次数"),
        Text("Days", "服务天数"),
        Text("Minutes served", "服务分钟数"),
        Text("Minutes credited", "计入分钟数"),
        Text("Hours credited", "计入时长（小时）"),
    )
    rows = tuple((number, *_person(one)) for number, one in enumerate(found, 1))
    total: tuple[Cell, ...] = (
        *(None, Text("Total", "合计"), None, None, None),
        sum(len(one.records) for one in found),
        None,
        *(sum(one.served for one in found), sum(one.credited for one in found)),
        hours(sum(one.credited for one in found)),
    )
    title = Text("Service by person. {rule}", "志愿服务汇总。{rule}").format(rule=credit.text)
    return Grid(title, columns, (*rows, total))


def _person(one: Service) -> tuple[Cell, ...]:
    first, last = one.days[0].isoformat(), one.days[-1].isoformat()
    figures = (len(one.records), len(one.days), one.served, one.credited, hours(one.credited))
    return (one.person.label, one.organisation, first, last, *figures)


def record_grid(found: Sequence[Service], activity: Text) -> Grid:
    """A row for each duty served, as a register of service wants it: who, what, where, when, how long."""
    columns = (
        Text("No.", "序号"),
        Text("Name", "姓名"),
        Text("Organisation", "所属组织"),
        Text("Activity", "服务项目"),
        Text("Post", "服务地点"),
        Text("Content", "服务内容"),
        Text("Date", "服务日期"),
        Text("Shift", "班次时间"),
        Text("Minutes served", "服务分钟数"),
        Text("Minutes credited", "计入分钟数"),
    )
    listed = [(one, record) for one in found for record in one.records]
    rows = tuple((number, *_record(one, record, activity)) for number, (one, record) in enumerate(listed, 1))
    return Grid(Text("Service records", "志愿服务记录"), columns, rows)


def _record(one: Service, record: Record, activity: Text) -> tuple[Cell, ...]:
    shift = record.shift
    return (
        one.person.label,
        one.organisation,
        activity,
        shift.post.label,
        shift.post.tasks or same(""),
        shift.day.isoformat(),
        f"{shift.start:%H:%M}–{shift.end:%H:%M}",
        record.duty.minutes,
        record.credited,
    )
