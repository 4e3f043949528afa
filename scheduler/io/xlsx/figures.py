"""The sheets of figures: persons, person-times and hours by organisation and by person, planned and attended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scheduler.domain.calendar import DayClass
from scheduler.domain.shift import Shift
from scheduler.io.xlsx.desk import Desk
from scheduler.io.xlsx.list_page import COUNT, HOURS, WORDS, Column, Table, list_page
from scheduler.io.xlsx.page import Page, Value
from scheduler.text import Text

NAME, PERSONAL = Text("Figures", "统计"), Text("Figures by person", "个人统计")

_OFF = {DayClass.WEEKEND, DayClass.HOLIDAY}
_PLANNED = (
    Column(Text("Person-times", "人次"), 12, COUNT),
    Column(Text("Hours", "时数"), 12, HOURS),
    Column(Text("Nights", "夜班"), 12, COUNT),
    Column(Text("On days off", "周末假日"), 12, COUNT),
)
_CAME = (
    Column(Text("Times attended", "实到人次"), 14, COUNT),
    Column(Text("Hours attended", "实到时数"), 14, HOURS),
)
_ORGANISATION = Column(Text("Organisation", "单位"), 40, WORDS)


@dataclass(slots=True)
class Tally:
    """Duties counted: whose, how many, how long, at night, on days off; and of these who came."""

    people: set[str] = field(default_factory=set)
    times: int = 0
    minutes: int = 0
    nights: int = 0
    off: int = 0
    came: set[str] = field(default_factory=set)
    came_times: int = 0
    came_minutes: int = 0

    def planned(self, desk: Desk, person: str, shift: Shift) -> None:
        """Count a duty of the roster."""
        self.people.add(person)
        self.times += 1
        self.minutes += shift.minutes
        self.nights += shift.type.night
        self.off += desk.day_class(shift.day) in _OFF

    def attended(self, person: str, minutes: int) -> None:
        """Count a duty that was kept."""
        self.came.add(person)
        self.came_times += 1
        self.came_minutes += minutes

    def row(self, desk: Desk) -> tuple[Value, ...]:
        """Person-times, hours, nights, days off; attended too if attendance is given."""
        values = (self.times, self.minutes / 60, self.nights, self.off)
        return values if desk.attendance is None else (*values, self.came_times, self.came_minutes / 60)


def figures(desk: Desk) -> tuple[Page, ...]:
    """By organisation and, for readers who see names, by person; the rows of each add up to its last one."""
    by_organisation, by_person, total = tallies(desk)
    pages = [list_page(desk, NAME, [_organisations(desk, by_organisation, total)])]
    if desk.readable:
        pages.append(list_page(desk, PERSONAL, [_persons(desk, by_person, total)], filtered=True))
    return tuple(pages)


def tallies(desk: Desk) -> tuple[Mapping[str | None, Tally], Mapping[str, Tally], Tally]:
    """The figures by organisation (None: of none), by volunteer, and of all; walk-ins under their organisation."""
    of = {one.id: one.organisation for one in desk.roster.instance.volunteers}
    by_organisation: dict[str | None, Tally] = defaultdict(Tally)
    by_person: dict[str, Tally] = defaultdict(Tally)
    total = Tally()
    instance = desk.roster.instance
    for v, s in desk.roster.pairs:
        one = instance.volunteers[v]
        for tally in (by_organisation[one.organisation], by_person[one.id], total):
            tally.planned(desk, one.id, instance.shifts[s])
    for record in desk.attendance.records if desk.attendance else ():
        if not record.served:
            continue
        shift = instance.shifts[instance.shift_index[record.shift]]
        minutes = shift.minutes if record.minutes is None else record.minutes
        person = record.volunteer or f"/{record.walk_in}"
        whose = of[record.volunteer] if record.volunteer else record.organisation
        counted = [
            by_organisation[whose],
            total,
            *([by_person[record.volunteer]] if record.volunteer else []),
        ]
        for tally in counted:
            tally.attended(person, minutes)
    return by_organisation, by_person, total


def _organisations(desk: Desk, found: Mapping[str | None, Tally], total: Tally) -> Table:
    instance = desk.roster.instance
    members: dict[str | None, int] = defaultdict(int)
    for volunteer in instance.volunteers:
        members[volunteer.organisation] += 1
    names: dict[str | None, str] = {
        one: " ".join(
            desk.say(instance.organisations[each].label) for each in reversed(instance.organisation_line(one))
        )
        for one in instance.organisations
    }
    names[None] = desk.words("(none)", "（无单位）")
    columns = (
        _ORGANISATION,
        Column(Text("Members", "成员数"), 12, COUNT),
        Column(Text("Persons", "人数"), 12, COUNT),
        *_PLANNED,
        *_when(desk, (Column(Text("Persons attended", "实到人数"), 14, COUNT), *_CAME)),
    )
    rows = [
        (names[one], members[one], *_with_persons(desk, found.get(one, Tally())))
        for one in names
        if one in found or members[one]
    ]
    title = desk.words("Figures by organisation", "各单位人数、人次、时数")
    note = desk.words(
        "Persons: people with a duty · person-times: each duty counts once · hours: length of these duties",
        "人数：有值守安排的人；人次：每人每班计一次；时数：所值班次的时长合计（小时）",
    )
    summed = (desk.words("Total", "合计"), sum(members.values()), *_with_persons(desk, total))
    return Table(title, columns, rows, note=f"{desk.period} · {note}", total=summed)


def _persons(desk: Desk, found: Mapping[str, Tally], total: Tally) -> Table:
    columns = (_ORGANISATION, Column(Text("Name", "姓名"), 26, WORDS), *_PLANNED, *_when(desk, _CAME))
    instance = desk.roster.instance
    order = {one: n for n, one in enumerate(instance.organisations)}
    people = sorted(
        (instance.volunteers[instance.volunteer_index[one]] for one in found),
        key=lambda one: (order.get(one.organisation or "", len(order)), one.id),
    )
    rows = [(desk.organisation(one), desk.name(one), *found[one.id].row(desk)) for one in people]
    named = Tally()
    for one in found.values():
        named.times += one.times
        named.minutes += one.minutes
        named.nights += one.nights
        named.off += one.off
        named.came_times += one.came_times
        named.came_minutes += one.came_minutes
    assert (named.times, named.minutes) == (total.times, total.minutes), "people and organisations add up"
    title = desk.words("Figures by person", "个人人次、时数")
    return Table(title, columns, rows, total=(desk.words("Total", "合计"), None, *named.row(desk)))


def _with_persons(desk: Desk, tally: Tally) -> tuple[Value, ...]:
    """Persons, then the rest; attended persons before attended times."""
    values = tally.row(desk)
    if desk.attendance is None:
        return (len(tally.people), *values)
    return (len(tally.people), *values[:4], len(tally.came), *values[4:])


def _when(desk: Desk, columns: Iterable[Column]) -> tuple[Column, ...]:
    return () if desk.attendance is None else tuple(columns)
