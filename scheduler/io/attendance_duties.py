"""Whose line of a sign-in sheet it is, and of which shift."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.domain.post import Post
from scheduler.domain.refusal import did_you_mean
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift, ShiftType
from scheduler.domain.volunteer import Volunteer
from scheduler.errors import Fault
from scheduler.io.attendance_rows import Line
from scheduler.io.intake.history_cells import HistoryWords, read_day
from scheduler.io.intake.named import Named
from scheduler.io.intake.roll import Answer, Roll, Sought, name_key, tidy_name
from scheduler.io.sheets.words import key_of
from scheduler.problem import Problem
from scheduler.text import Text, day_text, joined

_BRACKETS = re.compile(r"\s*[(（]([^()（）]*)[)）]\s*$")


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who is not of the plan: a name, and the organisation if the plan has it."""

    name: str
    organisation: str | None = None


Who = Volunteer | Helper


class Duties:
    """The shifts and people of a roster, found by what a line says."""

    def __init__(self, problem: Problem, roster: Roster) -> None:
        self.roster, self.instance = roster, roster.instance
        self._words = HistoryWords(problem)
        self._roll = Roll(problem.volunteers, problem.organisations)
        self._organisations = Named.organisations(problem)
        self._names = [name for one in problem.volunteers for name in {one.label.zh, one.label.en}]

    # -- which shift -------------------------------------------------------------------------------------

    def shift(self, line: Line) -> Shift | Fault:
        """The shift of a line: by id, else by day, post and shift type; what is left out, the crew must settle."""
        if named := line.text("shift"):
            if named in self.instance.shift_index:
                return self.instance.shifts[self.instance.shift_index[named]]
            text = Text(f'the roster has no shift "{named}"', f"排班中没有班次“{named}”")
            return line.fault("shift", text, Text("is the sheet of this roster?", "签到表是否属于本排班？"))
        fitting = self._fitting(line)
        if isinstance(fitting, Fault) or len(fitting) == 1:
            return fitting if isinstance(fitting, Fault) else fitting[0]
        own = [shift for shift in fitting if self._crew(shift, line.text("name"), line.text("volunteer"))]
        if len(own) == 1:
            return own[0]
        if not fitting:
            text = Text("the roster has no such shift", "排班中没有这个班次")
            return line.fault("hours", text, Text("check date, post and shift", "请核对日期、岗位和班次"))
        some = joined([one.label for one in fitting[:3]])
        text = Text(
            f"{len(fitting)} shifts could be meant: {some.en}", f"可能是 {len(fitting)} 个班次：{some.zh}"
        )
        return line.fault("hours", text, Text("write date, post and shift", "请写明日期、岗位和班次"))

    def _fitting(self, line: Line) -> list[Shift] | Fault:
        """The shifts that go with the day, post and shift type as far as they are said."""
        day = self._day(line)
        if isinstance(day, Fault):
            return day
        found = [shift for shift in self.instance.shifts if day in (None, shift.day)]
        if named := line.text("post_name") or line.text("place"):
            posts = _meant(self.instance.posts.values(), named)
            if not posts:
                names = [
                    name for one in self.instance.posts.values() for name in {one.label.zh, one.label.en}
                ]
                text = Text(f'no post "{named}"', f"没有岗位“{named}”")
                return line.fault("post_name", text, did_you_mean(named, names))
            found = [shift for shift in found if shift.post.id in posts]
        if named := line.text("hours"):
            types = self._types(named)
            if not types:
                names = [
                    name
                    for one in self.instance.shift_types.values()
                    for name in {one.label.zh, one.label.en}
                ]
                text = Text(f'no shift "{named}"', f"没有班次“{named}”")
                return line.fault("hours", text, did_you_mean(named, names))
            found = [shift for shift in found if shift.type.id in types]
        return found

    def _day(self, line: Line) -> dt.date | Fault | None:
        if not (said := line.text("day")):
            return None if len(self.instance.days) > 1 else self.instance.days[0]
        day = read_day(said, self.instance.horizon.first, None)
        if isinstance(day, Text):
            return line.fault("day", day)
        if day not in self.instance.days:
            text = Text("{day} is not a day of this plan", "{day}不在本计划的日期内").format(
                day=day_text(day)
            )
            return line.fault("day", text, Text("correct the date", "请更正日期"))
        return day

    def _types(self, named: str) -> set[str]:
        exact = _meant(self.instance.shift_types.values(), named)
        if exact:
            return exact
        read = self._words.shift_type(named)
        return {read.id} if read else set()

    def _crew(self, shift: Shift, name: str, volunteer: str = "") -> list[Volunteer]:
        """Those of a crew who are called so."""
        key = name_key(_BRACKETS.sub("", name))
        return [
            one
            for one in self.roster.crew_of(shift)
            if one.id == volunteer or key in (name_key(one.label.zh), name_key(one.label.en))
        ]

    # -- who ---------------------------------------------------------------------------------------------

    def person(self, line: Line, shift: Shift, *, helper: bool = False) -> Who | Fault:
        """The person of a line: of several of one name the one in the crew; nobody of the plan is a helper.

        Beside a name that was written over another one the organisation may still be the other's.
        """
        if not line.text("name"):
            return self._printed(line) or line.fault("name", *_NAMELESS)
        if (printed := self._printed(line)) and self.unchanged(line, printed):
            return printed
        name, organisation = self._split(line)
        if printed and self._roll.find(Sought(name)).answer is not Answer.SEVERAL:
            organisation = ""
        return self.named(line, "name", name, shift, organisation, helper=helper)

    def _printed(self, line: Line) -> Volunteer | None:
        """Whom the program wrote on this line."""
        number = self.instance.volunteer_index.get(line.text("volunteer"))
        return None if number is None else self.instance.volunteers[number]

    def printed(self, line: Line) -> Volunteer | None:
        """Whom the program wrote on this line, if somebody else's name stands there now."""
        there = self._printed(line)
        return there if there and line.text("name") and not self.unchanged(line, there) else None

    def unchanged(self, line: Line, volunteer: Volunteer) -> bool:
        """Whether the name of a line is still that of the volunteer the program wrote there."""
        name = line.text("name")
        likely = {
            line.text("printed") or volunteer.label.zh,
            volunteer.label.zh,
            volunteer.label.en,
            volunteer.id,
        }
        return bool({name_key(name), name_key(_BRACKETS.sub("", name))} & {*map(name_key, likely)})

    def _split(self, line: Line) -> tuple[str, str]:
        """A name and the organisation beside it or in brackets behind it: 张伟（二支部）."""
        name = unicodedata.normalize("NFKC", line.text("name"))
        match = _BRACKETS.search(name)
        if match is None:
            return tidy_name(name), line.text("organisation")
        return tidy_name(name[: match.start()]), line.text("organisation") or match[1]

    def named(
        self,
        line: Line,
        meaning: str,
        name: str,
        shift: Shift,
        organisation: str = "",
        *,
        helper: bool = False,
    ) -> Who | Fault:
        """Who is called so; a fault at the cell of a meaning if that is not certain."""
        within = self._organisations.named(organisation) if organisation else None
        if helper and organisation:
            return Helper(name, within)
        own = [one for one in self._crew(shift, name) if within is None or self.instance.belongs(one, within)]
        if len(own) == 1:
            return own[0]
        found = self._roll.find(Sought(name, within, _digits(line.text("phone")), line.text("id")))
        if found.answer is Answer.FOUND:
            return found.volunteers[0]
        if found.answer is Answer.UNKNOWN and (
            helper or self._roll.find(Sought(name)).answer is Answer.UNKNOWN
        ):
            return Helper(tidy_name(name), within)
        if found.answer is Answer.UNKNOWN:
            text = Text(f'no "{name}" in {organisation}', f"{organisation}中没有“{name}”")
            hint = Text(
                "correct the organisation, or write walk-in in the notes",
                "请更正单位；如为计划外人员，请在备注写“临时”",
            )
            return line.fault("organisation", text, hint)
        return line.fault(meaning, *self._unsure(name, found.answer, found.volunteers))

    def _unsure(self, name: str, answer: Answer, likely: Iterable[Volunteer]) -> tuple[Text, Text]:
        ids = ", ".join(one.id for one in likely)
        if answer is Answer.OTHER_PHONE:
            text = Text(
                f'"{name}" ({ids}) has another phone in the plan', f"计划中“{name}”（{ids}）的电话不同"
            )
            return text, Text("correct the phone, or leave it out", "请更正电话，或不填电话")
        text = Text(f'several are called "{name}": {ids}', f"有多人名为“{name}”：{ids}")
        return text, Text("add the organisation, the phone or the id", "请补充单位、电话或人员编号")

    def alike(self, name: str) -> Text | None:
        """Whom of the plan a helper's name is nearly that of."""
        return did_you_mean(name, self._names)


_NAMELESS = (
    Text("a mark without a name", "有签到但没有姓名"),
    Text("write the name, or clear the row", "请填写姓名，或清空该行"),
)


def _meant(facts: Iterable[Post | ShiftType], word: str) -> set[str]:
    """Ids of those that are called so, else of those whose name holds the word."""
    listed = [(one, {key_of(one.id), key_of(one.label.zh), key_of(one.label.en)}) for one in facts]
    wanted = key_of(word)
    exact = {one.id for one, names in listed if wanted in names}
    if exact or len(wanted) < 2:
        return exact
    return {one.id for one, names in listed if any(wanted in name for name in names)}


def _digits(phone: str) -> str:
    digits = "".join(character for character in phone if character.isdigit())
    return digits if len(digits) >= 4 else ""
