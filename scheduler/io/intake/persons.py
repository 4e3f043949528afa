"""Who a row of a sheet speaks of, among a plan's volunteers, or why that is not certain."""

from __future__ import annotations

import re

from scheduler.domain.refusal import did_you_mean
from scheduler.domain.volunteer import Volunteer
from scheduler.io.intake.named import Named
from scheduler.io.intake.roll import Answer, Found, Roll, Sought, name_key
from scheduler.io.sheets.table import Record
from scheduler.problem import Problem
from scheduler.text import Text, joined, same

_BRACKETS = re.compile(r"(.+?)\s*[(（]([^()（）]+)[)）]")

Unsure = tuple[Text, Text | None]
"""Why somebody could not be found, and what to do."""


class Persons:
    """The volunteers of a plan, found by what a row says of them."""

    def __init__(self, problem: Problem) -> None:
        self.roll = Roll(problem.volunteers, problem.organisations)
        self._names = [name for one in problem.volunteers for name in {one.label.zh, one.label.en}]
        self._organisations = Named.organisations(problem)
        self._labels = {one.id: one.label for one in problem.organisations}

    def of_row(self, record: Record, owner: str = "") -> Volunteer | Unsure:
        """The volunteer of a row: by id, else by name, organisation (its own or the sheet's) and phone."""
        name, beside = self._with_organisation(record.text("name"))
        named = record.text("organisation") or beside or (record.group.text if record.group else "")
        organisation = self._organisations.named(named) if named else None
        if named and organisation is None and record.text("organisation"):
            return self._no_organisation(named)
        organisation = organisation or self._organisations.named(owner)
        sought = Sought(name, organisation, _digits(record.text("phone")), record.text("id"))
        found = self.find(sought)
        if isinstance(found, Volunteer) and sought.id == found.id and not _called(found, sought.name):
            text = Text(
                f"the id {found.id} is {found.label.en}, not {sought.name}",
                f"编号 {found.id} 是{found.label.zh}，不是{sought.name}",
            )
            return text, Text("correct the id or the name", "请更正编号或姓名")
        return found

    def _with_organisation(self, name: str) -> tuple[str, str]:
        """A name and the organisation in brackets behind it: 张伟（二支部）."""
        match = _BRACKETS.fullmatch(name)
        if match and self._organisations.named(match[2]):
            return match[1], match[2]
        return name, ""

    def find(self, sought: Sought) -> Volunteer | Unsure:
        """The volunteer sought, or why it is not certain who that is."""
        found = self.roll.find(sought)
        if found.answer is Answer.FOUND:
            return found.volunteers[0]
        return self._unsure(sought, found)

    def _unsure(self, sought: Sought, found: Found) -> Unsure:
        if found.answer is Answer.UNKNOWN:
            elsewhere = sought.organisation is not None and (
                self.roll.find(Sought(sought.name)).answer is not Answer.UNKNOWN
            )
            where = self._labels.get(sought.organisation or "") if elsewhere else None
            text = Text(f'no volunteer "{sought.name}"', f"没有名为“{sought.name}”的志愿者")
            if where is not None:
                text = Text(f"{text.en} in {where.en}", f"{where.zh}中{text.zh}")
            return text, did_you_mean(sought.name, self._names) if where is None else _IMPORT_FIRST
        listed = joined([self._described(one) for one in found.volunteers])
        if found.answer is Answer.OTHER_PHONE:
            return (
                Text(f"the phone is not that of {listed.en}", f"电话与{listed.zh}不符"),
                Text("correct the phone, or leave it out", "请更正电话，或不填电话"),
            )
        return (
            Text(
                f'several are called "{sought.name}": {listed.en}', f"有多人名为“{sought.name}”：{listed.zh}"
            ),
            Text(
                "add the id, the organisation or the last four digits of the phone",
                "请补充编号、所属组织或手机后四位",
            ),
        )

    def _described(self, one: Volunteer) -> Text:
        where = self._labels.get(one.organisation or "")
        return Text(f"{one.id} ({where.en})", f"{one.id}（{where.zh}）") if where else same(one.id)

    def _no_organisation(self, named: str) -> Unsure:
        names = [name for label in self._labels.values() for name in {label.zh, label.en}]
        return Text(f'no organisation "{named}"', f"没有组织“{named}”"), did_you_mean(named, names)


_IMPORT_FIRST = Text("import the people first, or correct the organisation", "请先导入人员，或更正所属组织")


def _called(one: Volunteer, name: str) -> bool:
    return not name or name_key(name) in {name_key(one.label.zh), name_key(one.label.en)}


def _digits(phone: str) -> str:
    digits = "".join(character for character in phone if character.isdigit())
    return digits if len(digits) >= 4 else ""
