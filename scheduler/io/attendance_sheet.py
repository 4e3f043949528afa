"""Sign-in sheets that came back become attendance: who came, was late or absent, stood in, turned up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scheduler.domain.attendance import Attendance, Attended, Presence
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.errors import Fault, InputError
from scheduler.io.attendance_duties import Duties, Helper, Who
from scheduler.io.attendance_marks import CONTRADICTION, Mark, read_mark
from scheduler.io.attendance_rows import Line, read_lines
from scheduler.io.attendance_time import Kept, kept
from scheduler.io.intake.each import each
from scheduler.io.read import Plan
from scheduler.io.sheets.words import read_words
from scheduler.text import Text, joined, same


@dataclass(frozen=True, slots=True)
class Taken:
    """The attendance of a roster after sheets were read; ``shifts`` are those the sheets speak of."""

    attendance: Attendance
    shifts: frozenset[str]
    notes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line that was understood."""

    line: Line
    shift: Shift
    who: Who
    mark: Mark
    printed: bool


@dataclass(slots=True)
class _Found:
    """What lines came to, and what is wrong with them."""

    records: dict[tuple[str, str], tuple[Attended, Line]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)


def take_attendance(
    plan: Plan, roster: Roster, sheets: Sequence[Path], before: Attendance, grace: int = 0
) -> Taken:
    """Read sheets into the attendance there was; what it held of the shifts they speak of is replaced.

    A shift of which nobody signed is not taken, and says nothing. Once somebody did, those of its crew whose line
    is empty were absent. Who signs up to ``grace`` minutes after the start is not late; minutes count from
    signing in to signing out, within the shift.

    Raises:
        InputError: everything that is not clear, each with file, sheet, row and column.
    """
    words = read_words(plan.path.parent)
    read = each(sheets, lambda path: read_lines(path, words, plan.problem.id))
    found = _Found(notes=[note for _, notes in read for note in notes])
    duties = Duties(plan.problem, roster)
    entries: dict[str, list[_Entry]] = {}
    for line in (line for lines, _ in read for line in lines):
        if (entry := _entry(duties, line, found)) is not None:
            entries.setdefault(entry.shift.id, []).append(entry)
    for mine in entries.values():
        _Shift(duties, mine, grace, found).take()
    if found.faults:
        raise InputError(found.faults)
    records = tuple(record for record, _ in found.records.values())
    shifts = frozenset(record.shift for record in records)
    kept_before = [record for record in before.records if record.shift not in shifts]
    found.notes += _told(entries, set(found.records), roster)
    return Taken(Attendance(records=(*kept_before, *records)), shifts, tuple(found.notes))


def _entry(duties: Duties, line: Line, found: _Found) -> _Entry | None:
    """A line understood; None with a fault, or if it says nothing."""
    shift = duties.shift(line)
    if isinstance(shift, Fault):
        found.faults.append(shift)
        return None
    mark = read_mark(line.cells, line.text("name") or line.text("printed"))
    if not isinstance(mark, Mark):
        found.faults.append(line.fault(*mark))
        return None
    who = duties.person(line, shift, helper=mark.walk_in)
    if isinstance(who, Fault):
        found.faults.append(who)
        return None
    return _Entry(line, shift, who, mark, bool(line.text("volunteer")))


class _Shift:
    """The lines of one shift, put together."""

    def __init__(self, duties: Duties, entries: Sequence[_Entry], grace: int, found: _Found) -> None:
        self.duties, self.entries, self.grace, self.found = duties, entries, grace, found
        self.shift = entries[0].shift
        self.crew = {one.id for one in duties.roster.crew_of(self.shift)}
        self.signed = any(
            one.mark.came
            or (one.mark.sure and (one.mark.instead_of or one.mark.by))
            or duties.printed(one.line)
            for one in entries
        )

    def take(self) -> None:
        """Every line's record, then those of the people they stood in for."""
        for one in self.entries:
            self._line(one)

    def _line(self, one: _Entry) -> None:
        mark = one.mark
        replaced = self.duties.printed(one.line)
        instead_of = self._person(one, mark.instead_of)
        by = self._person(one, mark.by)
        if replaced:
            self._other_name(one, replaced)
        elif isinstance(instead_of, Fault) or isinstance(by, Fault):
            self.found.faults += [fault for fault in (instead_of, by) if isinstance(fault, Fault)]
        elif instead_of is not None:
            self._substitute(one, instead_of)
        elif by is not None:
            self._replaced(one, by)
        elif mark.came:
            self._came(one, None)
        else:
            self._silent(one)

    def _person(self, one: _Entry, name: str) -> Who | Fault | None:
        """Whom a remark names; None if it names nobody, or may mean something else altogether."""
        if not name:
            return None
        who = self.duties.named(one.line, "note", name, self.shift)
        if isinstance(who, Helper) and not one.mark.sure:
            return None
        return who

    def _other_name(self, one: _Entry, printed: Volunteer) -> None:
        """Another name was written over the one that stood there: that person stood in."""
        if one.mark.came is False:
            self.found.faults.append(one.line.fault("name", *_OTHER_ABSENT))
        else:
            self._substitute(one, printed)

    def _substitute(self, one: _Entry, instead_of: Who) -> None:
        if isinstance(instead_of, Helper) or instead_of.id not in self.crew:
            name = same(instead_of.name) if isinstance(instead_of, Helper) else instead_of.label
            text = Text("{name} is not planned for this shift", "本班次没有安排{name}").format(name=name)
            hint = Text("write who of the crew was absent", "请写明本班次缺勤者的姓名")
            self.found.faults.append(one.line.fault("note", text, hint))
        elif one.mark.came is False:
            self.found.faults.append(one.line.fault("note", *CONTRADICTION))
        else:
            self._came(one, instead_of.id)
            self._put(
                one.line, Attended(shift=self.shift.id, volunteer=instead_of.id, presence=Presence.ABSENT)
            )

    def _replaced(self, one: _Entry, by: Who) -> None:
        """The line's own person was absent; who came instead may have a line of their own."""
        if one.mark.came:
            self.found.faults.append(one.line.fault("note", *CONTRADICTION))
        elif isinstance(by, Helper) or isinstance(one.who, Helper) or one.who.id not in self.crew:
            text = Text(
                f'"{one.mark.by}" is nobody of the plan, or this line\'s person is not planned for this shift',
                f"“{one.mark.by}”不是计划中的志愿者，或本行的人未安排在本班次",
            )
            hint = Text("write a line of their own for who came", "请为实际到岗者另写一行，备注填“替 某某”")
            self.found.faults.append(one.line.fault("note", text, hint))
        else:
            self._put(one.line, Attended(shift=self.shift.id, volunteer=one.who.id, presence=Presence.ABSENT))
            if not any(isinstance(two.who, Volunteer) and two.who.id == by.id for two in self.entries):
                came = Attended(
                    shift=self.shift.id, volunteer=by.id, presence=Presence.ATTENDED, instead_of=one.who.id
                )
                self._put(one.line, came)

    def _came(self, one: _Entry, instead_of: str | None) -> None:
        times = kept(one.mark, self.shift, self.grace)
        if not isinstance(times, Kept):
            self.found.faults.append(one.line.fault(*times))
            return
        instead_of = instead_of or self._stands_in_for(one)
        values = {"presence": times.presence, "instead_of": instead_of, "minutes": times.minutes}
        if isinstance(one.who, Helper):
            record = Attended(
                shift=self.shift.id, walk_in=one.who.name, organisation=one.who.organisation, **values
            )
            self._walk_in(one.who)
        else:
            record = Attended(shift=self.shift.id, volunteer=one.who.id, **values)
        self._put(one.line, record)

    def _stands_in_for(self, one: _Entry) -> str | None:
        """Whom another line says that this line's person stood in for."""
        for other in self.entries:
            if other.mark.by and isinstance(other.who, Volunteer) and isinstance(one.who, Volunteer):
                by = self._person(other, other.mark.by)
                if isinstance(by, Volunteer) and by.id == one.who.id:
                    return other.who.id
        return None

    def _walk_in(self, who: Helper) -> None:
        near = self.duties.alike(who.name)
        text = Text(f'"{who.name}" is nobody of the plan: a walk-in', f"“{who.name}”不在计划中：记为临时参加")
        self.found.notes.append(Text(f"{text.en}; {near.en}", f"{text.zh}；{near.zh}") if near else text)

    def _silent(self, one: _Entry) -> None:
        """A line that says absent, or nothing."""
        own = isinstance(one.who, Volunteer) and one.who.id in self.crew
        if own and isinstance(one.who, Volunteer):
            if self.signed or one.mark.came is False:
                absent = Attended(shift=self.shift.id, volunteer=one.who.id, presence=Presence.ABSENT)
                self._put(one.line, absent, weak=one.mark.came is None)
        elif not one.printed and one.mark.came is None:
            self.found.faults.append(one.line.fault("arrived", *_UNPLANNED))

    def _put(self, line: Line, record: Attended, *, weak: bool = False) -> None:
        """Keep a record; one person at one shift said twice must be said the same way."""
        key = record.shift, record.volunteer or f"+{record.walk_in}"
        other = self.found.records.get(key)
        if other is None or other[0] == record:
            self.found.records[key] = record, line
        elif not weak:
            text = Text(
                f"{other[1].place} says something else of this person at this shift",
                f"与 {other[1].place} 对同一人同一班次的记录不一致",
            )
            self.found.faults.append(line.fault("name", text, Text("keep one of them", "请只保留一种")))


_UNPLANNED = (
    Text("not planned for this shift, and nothing says whether they came", "未安排在本班次，也没有签到"),
    Text("write a tick (√) or a time, or clear the row", "到岗请打 √ 或填时间，否则请清空该行"),
)
_OTHER_ABSENT = (
    Text("another name stands here, and the line says absent", "此行已改写姓名，却写明缺勤"),
    Text("write back the name that was printed", "请恢复原来的姓名"),
)


def _told(entries: dict[str, list[_Entry]], recorded: set[tuple[str, str]], roster: Roster) -> list[Text]:
    """What the sheets leave open: shifts nobody signed, and people of a crew without a line."""
    notes, shifts = [], {shift for shift, _ in recorded}
    if silent := [mine[0].shift for name, mine in entries.items() if name not in shifts]:
        some = joined([one.label for one in silent[:3]])
        more = "…" if len(silent) > 3 else ""
        notes.append(
            Text(
                f"{len(silent)} shifts nobody signed were left alone: {some.en}{more}",
                f"有 {len(silent)} 个班次无人签到，未作记录：{some.zh}{more}",
            )
        )
    missing = [
        one.label
        for name, mine in entries.items()
        if name in shifts
        for one in roster.crew_of(mine[0].shift)
        if (name, one.id) not in recorded
    ]
    if missing:
        some, more = joined(missing[:5]), "…" if len(missing) > 5 else ""
        notes.append(
            Text(
                f"{len(missing)} duties have no line in the sheets and no record: {some.en}{more}",
                f"有 {len(missing)} 人次在签到表中没有行，未作记录：{some.zh}{more}",
            )
        )
    return notes
