"""frozen: what is too near to be changed."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from scheduler.domain.assignment import Assignment
from scheduler.domain.instance import Instance
from scheduler.domain.moment import Moment
from scheduler.domain.roster import Pair, Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import Violation, VolunteerRule, parameter
from scheduler.rules.stability.published import light
from scheduler.text import Text, same

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel


class Frozen(VolunteerRule):
    """Leave everything as it is that starts before a moment.

    On shifts that start before ``until``, exactly those serve whom ``assignments`` lists; what it lists from
    that moment on is passed over, so that a whole published roster can be given. Everyone who is missing
    counts one, and so does everyone who is new, and every listed shift that the plan's demand no longer has.
    Who is listed to stand by (at a post with ``stands_by_for``) may be called in to what they stand by for.

    ```yaml
    rule: frozen
    until: 2020-03-03 12:00
    assignments:
      - {volunteer: zhang-san, shift: gate-1/2020-03-02/morning}
    ```
    """

    rule: Literal["frozen"] = "frozen"
    until: Moment = parameter(
        en="local date and time; a shift that starts then is free",
        zh="当地日期和时刻；从此刻起开始的班次可变",
    )
    assignments: tuple[Assignment, ...] = parameter((), en="who serves on which shift", zh="谁在哪个班次值守")

    title: ClassVar[Text] = Text("Frozen until a moment", "冻结近期安排")
    text: ClassVar[Text] = Text(
        "{subject} no longer serves, frozen until {until}: {shift}",
        "{subject}不再值守（{until}前已冻结）：{shift}",
    )
    new: ClassVar[Text] = Text(
        "{subject} is new, frozen until {until}: {shift}", "{subject}为新增（{until}前已冻结）：{shift}"
    )
    no_shift: ClassVar[Text] = Text(
        "{subject} is frozen on {shift}, but the plan's demand has no such shift",
        "{subject}已冻结于 {shift}，但计划需求中没有该班次",
    )
    manual_zh: ClassVar[str] = """
        某一时刻之前开始的班次一律不变。开始于 until 之前的班次，值守的人须与 assignments 所列完全一致；
        所列开始于 until 及之后的安排不作要求，因此可以直接给出整份已发布的排班表。
        列为备勤（在写有 stands_by_for 的岗位）的人可被调用到所备的岗位。
        每缺一人计一次，每多一人计一次；所列班次已不在计划需求之内的，也计一次。
        """
    category: ClassVar[str] = "stability"

    def pairs_needed(self, instance: Instance) -> Sequence[Pair]:
        return [
            (n, instance.shift_number(shift))
            for n, volunteer in enumerate(instance.volunteers)
            if self._concerns(instance, volunteer)
            for shift in self._listed(instance, volunteer)[0]
        ]

    def post(self, model: RuleModel, volunteer: Volunteer) -> None:
        columns, numbers = model.columns_of(volunteer)
        shifts = [model.instance.shifts[n] for n in numbers]
        listed, gone = self._listed(model.instance, volunteer)
        easy = light(model.instance, listed)
        held = [n for n, shift in enumerate(shifts) if shift in listed and shift not in easy]
        new = [n for n, shift in enumerate(shifts) if self._is_new(shift, listed, easy)]
        subject = model.instance.number(volunteer)
        kept = sum(shift not in easy for shift in listed)
        model.at_least(kept + len(gone), model.terms(columns[held]), subject=subject)
        model.cost(model.terms(columns[new]), subject=subject)

    def check(self, roster: Roster, volunteer: Volunteer) -> Iterator[Violation]:
        served = roster.shifts_of(volunteer)
        listed, gone = self._listed(roster.instance, volunteer)
        easy = light(roster.instance, listed)
        for shift in listed:
            if shift not in served and shift not in easy:
                yield self._broken(volunteer, [shift], self.text, shift.label)
        for shift in served:
            if self._is_new(shift, listed, easy):
                yield self._broken(volunteer, [shift], self.new, shift.label)
        for one in gone:
            yield self._broken(volunteer, [], self.no_shift, same(one.shift_id))

    def _broken(
        self, volunteer: Volunteer, shifts: Sequence[Shift], sentence: Text, shift: Text
    ) -> Violation:
        facts = {"subject": volunteer.label, "shift": shift, "until": self.until}
        return self.breach(1, [volunteer], shifts, sentence, **facts)

    def _is_new(self, shift: Shift, listed: Container[Shift], easy: Container[Shift]) -> bool:
        return self._early(shift) and shift not in listed and shift not in easy

    def _early(self, shift: Shift) -> bool:
        return shift.start < self.until.replace(tzinfo=shift.start.tzinfo)

    def _listed(
        self, instance: Instance, volunteer: Volunteer
    ) -> tuple[dict[Shift, None], dict[Assignment, None]]:
        """A volunteer's listed shifts before the moment, and those listed that the plan no longer has."""
        listed: dict[Shift, None] = {}
        gone: dict[Assignment, None] = {}
        for one in self._by_volunteer(instance).get(volunteer.id, ()):
            shift = one.shift(instance)
            if shift is not None and self._early(shift) and self._covers(instance, shift):
                listed[shift] = None
            elif shift is None and one.start(instance) < self.until:
                gone[one] = None
        return listed, gone

    def _by_volunteer(self, instance: Instance) -> dict[str, list[Assignment]]:
        """The list by volunteer, kept with the instance; so is the rule, for its id to stay its own."""

        def grouped() -> tuple[Frozen, dict[str, list[Assignment]]]:
            groups: dict[str, list[Assignment]] = {}
            for one in self.assignments:
                groups.setdefault(one.volunteer, []).append(one)
            return self, groups

        return instance.once((self.rule, id(self)), grouped)[1]
