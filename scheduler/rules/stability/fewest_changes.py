"""fewest-changes: keep to a published roster as far as what comes first allows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from scheduler.domain.assignment import Assignment
from scheduler.domain.entity import Level
from scheduler.domain.instance import Instance
from scheduler.domain.moment import Moment
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import Violation, VolunteerRule, parameter
from scheduler.rules.stability.published import NOTHING, Published, change_terms, changed, light, published
from scheduler.text import Text, joined, same

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel


class FewestChanges(VolunteerRule):
    """Disturb few people, then change few duties, against a published roster.

    ``assignments`` is the published roster. Everybody for whom anything changes costs ``people``; every duty
    that somebody loses or gains costs one, and ``soon`` if it starts before the moment ``notice``. Fewest people
    come first as long as the duties that change cost less than ``people`` together. Duties that the plan's
    demand no longer has count as lost. Who stands by (at a post with ``stands_by_for``) is not disturbed by being
    called in to what they stand by for, or let off: only the duties count.

    ```yaml
    rule: fewest-changes
    notice: 2020-03-05 08:00
    assignments:
      - {volunteer: zhang-san, shift: gate-1/2020-03-02/morning}
    ```
    """

    rule: Literal["fewest-changes"] = "fewest-changes"
    level: Level = Level.STABILITY
    assignments: tuple[Assignment, ...] = parameter((), en="the published roster", zh="已发布的排班")
    people: PositiveInt = parameter(1000, en="price of a person disturbed", zh="每影响一人的代价")
    notice: Moment | None = parameter(
        None,
        en="local date and time; earlier changes are at short notice",
        zh="当地日期和时刻；此前的变动属于临时变动",
    )
    soon: PositiveInt = parameter(3, en="price of a change at short notice", zh="每项临时变动的代价")

    title: ClassVar[Text] = Text("Few changes", "尽量少变动")
    text: ClassVar[Text] = Text(
        "{subject}: {count} changes against the published roster: {what}",
        "{subject}：与已发布的排班相比有{count}处变动：{what}",
    )
    manual_zh: ClassVar[str] = """
        与已发布的排班相比，先求影响的人最少，再求变动的班次最少。
        assignments 为已发布的排班。凡有变动的人，每人计 people；每失去或新增一个班次计一，
        在 notice 之前开始的计 soon。变动班次的代价合计小于 people 时，影响人数总是优先。
        计划需求中已不存在的班次按失去计算。
        备勤人员（在写有 stands_by_for 的岗位）被调用到所备的岗位，或免去备勤，不算受影响，只计班次。
        """
    category: ClassVar[str] = "stability"

    def post(self, model: RuleModel, volunteer: Volunteer) -> None:
        was = self._published(model.instance, volunteer)
        easy = light(model.instance, was.held)
        terms = change_terms(model, volunteer, was, self._mine(model.instance), easy)
        subject = model.instance.number(volunteer)
        nothing = model.terms(model.columns_of(volunteer)[0][:0])
        for shift, term in terms.duties:
            model.cost(term, self._price(shift), subject=subject)
        for shift in terms.sure:
            model.cost(nothing.plus(1), self._price(shift), subject=subject)
        for one in terms.gone:
            model.cost(nothing.plus(1), self._gone(model.instance, one), subject=subject)
        model.cost(terms.someone, self.people, subject=subject)

    def check(self, roster: Roster, volunteer: Volunteer) -> Iterator[Violation]:
        instance = roster.instance
        was = self._published(instance, volunteer)
        found = changed(was, roster, volunteer, self._mine(instance))
        if not found:
            return
        easy = light(instance, was.held)
        disturbed = found.gone or any(shift not in easy for shift in (*found.lost, *found.new))
        amount = sum(map(self._price, (*found.lost, *found.new))) + (self.people if disturbed else 0)
        amount += sum(self._gone(instance, one) for one in found.gone)
        parts = [
            *(Text(f"− {shift.label.en}", f"− {shift.label.zh}") for shift in found.lost),
            *(same(f"− {one.shift_id}") for one in found.gone),
            *(Text(f"+ {shift.label.en}", f"+ {shift.label.zh}") for shift in found.new),
        ]
        facts = {"subject": volunteer.label, "count": len(found), "what": joined(parts, en="; ", zh="；")}
        yield self.breach(amount, [volunteer], [*found.lost, *found.new], None, **facts)

    def _price(self, shift: Shift) -> int:
        if self.notice is None:
            return 1
        return self.soon if shift.start < self.notice.replace(tzinfo=shift.start.tzinfo) else 1

    def _gone(self, instance: Instance, one: Assignment) -> int:
        return self.soon if self.notice is not None and one.start(instance) < self.notice else 1

    def _published(self, instance: Instance, volunteer: Volunteer) -> Published:
        """The volunteer's part of the list, kept with the instance; so is the rule, for its id to stay its own."""
        kept = instance.once((self.rule, id(self)), lambda: (self, published(self.assignments, instance)))
        return kept[1].get(volunteer.id, NOTHING)

    def _mine(self, instance: Instance) -> frozenset[Shift] | None:
        if all(one is None for one in (self.posts, self.shift_types, self.places, self.days)):
            return None
        return frozenset(shift for shift in instance.shifts if self._covers(instance, shift))
