"""change-budget: at most so many people and duties may change against a published roster."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from pydantic import NonNegativeInt, model_validator

from scheduler.domain.assignment import Assignment
from scheduler.domain.instance import Instance
from scheduler.domain.refusal import refused
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.rules.base import RosterRule, Violation, parameter
from scheduler.rules.stability.published import NOTHING, Published, change_terms, changed, published
from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.model.linear_model import Terms
    from scheduler.model.rule_model import RuleModel


class ChangeBudget(RosterRule):
    """Change duties of at most ``people`` persons, and at most ``changes`` duties, against a published roster.

    ``assignments`` is the published roster. A duty that somebody loses or gains is one change. Duties that the
    plan's demand no longer has do not count, nor do people for whom only those change. Every person and every
    change over the budget counts one.

    ```yaml
    rule: change-budget
    people: 4
    changes: 6
    assignments:
      - {volunteer: zhang-san, shift: gate-1/2020-03-02/morning}
    ```
    """

    rule: Literal["change-budget"] = "change-budget"
    assignments: tuple[Assignment, ...] = parameter((), en="the published roster", zh="已发布的排班")
    people: NonNegativeInt | None = parameter(None, en="most people disturbed", zh="最多影响的人数")
    changes: NonNegativeInt | None = parameter(None, en="most duties changed", zh="最多变动的班次数")

    title: ClassVar[Text] = Text("Budget of changes", "变动上限")
    text: ClassVar[Text] = Text(
        "{count} duties change against the published roster, at most {most}",
        "与已发布的排班相比变动{count}个班次，上限{most}个",
    )
    persons: ClassVar[Text] = Text(
        "{count} people are disturbed against the published roster, at most {most}",
        "与已发布的排班相比影响{count}人，上限{most}人",
    )
    manual_zh: ClassVar[str] = """
        与已发布的排班相比，最多影响 people 人，最多变动 changes 个班次。
        assignments 为已发布的排班。某人失去或新增一个班次计一次变动；计划需求中已不存在的班次不计，
        仅因此受影响的人也不计。超出上限的每一人、每一次变动各计一次。
        """
    category: ClassVar[str] = "stability"

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.people is None and self.changes is None:
            raise refused(
                Text("change-budget needs people or changes", "change-budget 须写 people 或 changes")
            )
        return self

    def post(self, model: RuleModel) -> None:
        people: list[Terms] = []
        changes: list[Terms] = []
        nobody = model.terms(model.pairs[0][:0])
        for volunteer in model.volunteers:
            was = Published(self._published(model.instance, volunteer.id).held, ())
            terms = change_terms(model, volunteer, was, self._mine(model.instance))
            people.append(terms.someone)
            changes += [term for _, term in terms.duties]
            changes.append(nobody.plus(len(terms.sure)))
        if self.people is not None:
            model.at_most(self.people, sum(people, nobody))
        if self.changes is not None:
            model.at_most(self.changes, sum(changes, nobody))

    def check(self, roster: Roster) -> Iterator[Violation]:
        instance = roster.instance
        people = changes = 0
        for volunteer in instance.volunteers:
            was = Published(self._published(instance, volunteer.id).held, ())
            if self._concerns(instance, volunteer):
                found = len(changed(was, roster, volunteer, self._mine(instance)))
                changes += found
                people += found > 0
        if self.people is not None and people > self.people:
            yield self.breach(people - self.people, sentence=self.persons, count=people, most=self.people)
        if self.changes is not None and changes > self.changes:
            yield self.breach(changes - self.changes, count=changes, most=self.changes)

    def _published(self, instance: Instance, volunteer: str) -> Published:
        kept = instance.once((self.rule, id(self)), lambda: (self, published(self.assignments, instance)))
        return kept[1].get(volunteer, NOTHING)

    def _mine(self, instance: Instance) -> frozenset[Shift] | None:
        if all(one is None for one in (self.posts, self.shift_types, self.places, self.days)):
            return None
        return frozenset(shift for shift in instance.shifts if self._covers(instance, shift))
