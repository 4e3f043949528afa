"""What a rule is: declaration, truth, encoding and sentence in one class; the loops are here, once."""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from pydantic import Field

from scheduler.domain.calendar import DaySelector
from scheduler.domain.entity import (
    Entity,
    Level,
    OrganisationId,
    PlaceId,
    PostId,
    ShiftTypeId,
    TeamId,
    VolunteerId,
)
from scheduler.domain.grouping import Bools, Ints
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Pair, Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Tier, Volunteer
from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel


@dataclass(frozen=True, slots=True)
class Violation:
    """One way in which a roster breaks a rule: how much, whom and what it concerns, and the sentence.

    The sentence is filled in when it is asked for: a referee who only counts needs none.
    """

    rule: Rule
    amount: int
    sentence: Text
    values: Mapping[str, object] = field(hash=False)
    volunteers: tuple[str, ...] = ()
    shifts: tuple[str, ...] = ()

    @property
    def text(self) -> Text:
        """The sentence in words."""
        return self.sentence.format(**self.values)

    @property
    def cost(self) -> int:
        """What it adds to the score of the rule's level."""
        return self.amount * self.rule.weight


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """A body of volunteers a group rule is laid on; ``number`` is its position among the rule's bodies."""

    id: str
    label: Text
    members: Ints
    number: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """The volunteers and shifts that a rule's filters leave, as masks."""

    volunteers: Bools
    shifts: Bools

    @property
    def everything(self) -> bool:
        """Whether nothing is filtered out."""
        return bool(self.volunteers.all() and self.shifts.all())


def parameter(default: Any = ..., *, en: str, zh: str, **limits: Any) -> Any:
    """A rule's own parameter with its meaning in both languages."""
    return Field(default, description=en, json_schema_extra={"zh": zh}, **limits)


class Rule(Entity, ABC):
    """A rule with its rank (level, weight) and its filters; what is not filtered applies to all."""

    rule: str
    level: Level = Level.HARD
    weight: int = parameter(
        1, ge=1, le=10_000, en="price of one unit of breach on its level", zh="每违反一个单位的代价"
    )
    enabled: bool = parameter(True, en="false switches the rule off", zh="设为 false 即停用本规则")
    volunteers: tuple[VolunteerId, ...] | None = parameter(
        None, en="only these volunteers", zh="只针对这些志愿者"
    )
    organisations: tuple[OrganisationId, ...] | None = parameter(
        None,
        en="only members of these organisations and their branches",
        zh="只针对这些组织（含下属支部）的成员",
    )
    teams: tuple[TeamId, ...] | None = parameter(
        None, en="only members of these teams", zh="只针对这些小组的成员"
    )
    tiers: tuple[Tier, ...] | None = parameter(None, en="only these tiers", zh="只针对这些梯队")
    posts: tuple[PostId, ...] | None = parameter(
        None, en="only shifts at these posts", zh="只针对这些岗位的班次"
    )
    places: tuple[PlaceId, ...] | None = parameter(
        None, en="only shifts in these places and those within them", zh="只针对这些地点（含下级）内的班次"
    )
    shift_types: tuple[ShiftTypeId, ...] | None = parameter(
        None, en="only shifts of these types", zh="只针对这些班型"
    )
    days: DaySelector | None = parameter(
        None,
        en="only shifts on these duty days (dates, weekdays, classes)",
        zh="只针对这些值守日（日期、星期、日类）的班次",
    )

    title: ClassVar[Text]
    text: ClassVar[Text]
    manual_zh: ClassVar[str]
    laid_on: ClassVar[Text]
    category: ClassVar[str] = ""

    @classmethod
    def key(cls) -> str:
        """The rule's one name, as plans write it."""
        return str(cls.model_fields["rule"].default)

    @classmethod
    def manual(cls) -> Text:
        """The rule's manual without its example."""
        words = inspect.cleandoc(cls.__doc__ or "").partition("```yaml")[0].strip()
        return Text(en=words, zh=inspect.cleandoc(cls.manual_zh))

    @classmethod
    def example(cls) -> str:
        """The YAML example of the manual."""
        return inspect.cleandoc(cls.__doc__ or "").partition("```yaml")[2].partition("```")[0].strip()

    def scope(self, instance: Instance) -> Scope:
        """The volunteers and shifts this rule speaks of."""
        shifts = (self.posts, self.shift_types, self.places, self.days)
        people = (self.volunteers, self.organisations, self.teams, self.tiers)
        return Scope(
            instance.once(("volunteers", *people), lambda: self._volunteers(instance)),
            instance.once(("shifts", *shifts), lambda: self._shifts(instance)),
        )

    def _volunteers(self, instance: Instance) -> Bools:
        mask = instance.volunteers_where(lambda v: self._concerns(instance, v))
        mask.flags.writeable = False
        return mask

    def _shifts(self, instance: Instance) -> Bools:
        mask = instance.shifts_where(lambda s: self._covers(instance, s))
        mask.flags.writeable = False
        return mask

    def _concerns(self, instance: Instance, volunteer: Volunteer) -> bool:
        return (
            (self.volunteers is None or volunteer.id in self.volunteers)
            and (self.tiers is None or volunteer.tier in self.tiers)
            and (self.teams is None or any(team in self.teams for team in volunteer.teams))
            and (
                self.organisations is None
                or any(
                    one in self.organisations for one in instance.organisation_line(volunteer.organisation)
                )
            )
        )

    def _covers(self, instance: Instance, shift: Shift) -> bool:
        return (
            (self.posts is None or shift.post.id in self.posts)
            and (self.shift_types is None or shift.type.id in self.shift_types)
            and (self.places is None or any(p in self.places for p in instance.place_line(shift.post.place)))
            and (self.days is None or instance.picks(self.days, shift.day))
        )

    def one_at_most(self) -> str:
        """``day`` if the rule lets nobody serve twice a day, ``time`` if not twice at once, else empty."""
        return ""

    def pairs_needed(self, instance: Instance) -> Sequence[Pair]:
        """Pairs that must be in the model even if another rule says no: pins."""
        return ()

    def replaces(self, standard: Rule) -> bool:
        """Whether a plan that lists this rule does without that standard one."""
        return self.rule == standard.rule

    @abstractmethod
    def post_all(self, model: RuleModel) -> None:
        """Write the rule into the matrix."""

    @abstractmethod
    def check_all(self, roster: Roster) -> Iterator[Violation]:
        """Every violation; the roster holds what the rule's filters leave."""

    @abstractmethod
    def subjects(self, instance: Instance, pair: Pair) -> tuple[Hashable, ...]:
        """What must be checked again when this pair is assigned or taken away."""

    @abstractmethod
    def check_subject(self, roster: Roster, subject: Any) -> Iterator[Violation]:
        """The violations of one subject; over all subjects the same as ``check_all``."""

    @abstractmethod
    def subject_label(self, instance: Instance, subject: int) -> Text:
        """Whom or what a row of this rule concerns, by the subject number it was posted with."""

    def breach(
        self,
        amount: int = 1,
        volunteers: Sequence[Volunteer] = (),
        shifts: Sequence[Shift] = (),
        sentence: Text | None = None,
        **values: object,
    ) -> Violation:
        """A violation with the rule's sentence, or another one of its, filled in."""
        return Violation(
            rule=self,
            amount=int(amount),
            sentence=sentence or self.text,
            values=values,
            volunteers=tuple(v.id for v in volunteers),
            shifts=tuple(s.id for s in shifts),
        )


class PairRule(Rule):
    """Judges a volunteer on a shift; post and check both follow from ``judge``."""

    laid_on: ClassVar[Text] = Text("a volunteer on a shift", "一名志愿者的一个班次")

    @abstractmethod
    def judge(self, instance: Instance, volunteer: Volunteer, shift: Shift) -> int:
        """How much is broken when the volunteer serves on the shift."""

    def volunteer_key(self, instance: Instance, volunteer: Volunteer) -> Hashable:
        """All that ``judge`` looks at in a volunteer; equal keys are judged once."""
        return volunteer.id

    def shift_key(self, instance: Instance, shift: Shift) -> Hashable:
        """All that ``judge`` looks at in a shift; equal keys are judged once."""
        return shift.id

    def values(self, instance: Instance, volunteer: Volunteer, shift: Shift) -> dict[str, object]:
        """What the sentence is filled in with."""
        return {"subject": volunteer.label, "shift": shift.label}

    def subject_label(self, instance: Instance, subject: int) -> Text:
        return instance.volunteers[subject].label

    def post_all(self, model: RuleModel) -> None:
        model.price_pairs(self)

    def check_all(self, roster: Roster) -> Iterator[Violation]:
        for v, s in roster.pairs:
            yield from self.check_subject(roster, (v, s))

    def subjects(self, instance: Instance, pair: Pair) -> tuple[Hashable, ...]:
        return (pair,)

    def check_subject(self, roster: Roster, subject: Pair) -> Iterator[Violation]:
        if not roster.holds(subject):
            return
        instance = roster.instance
        volunteer, shift = instance.volunteers[subject[0]], instance.shifts[subject[1]]
        if amount := self.judge(instance, volunteer, shift):
            values = self.values(instance, volunteer, shift)
            yield self.breach(amount, [volunteer], [shift], None, **values)


class VolunteerRule(Rule):
    """Laid on one volunteer's own shifts."""

    laid_on: ClassVar[Text] = Text("one volunteer's shifts", "一名志愿者的全部班次")

    def post(self, model: RuleModel, volunteer: Volunteer) -> None:
        """Write the rule for one volunteer; or override ``post_all`` to write it for all at once."""
        raise AssertionError(f"{self.rule} writes neither one volunteer nor all")

    @abstractmethod
    def check(self, roster: Roster, volunteer: Volunteer) -> Iterator[Violation]:
        """The violations of one volunteer."""

    def subject_label(self, instance: Instance, subject: int) -> Text:
        return instance.volunteers[subject].label

    def post_all(self, model: RuleModel) -> None:
        for volunteer in model.volunteers:
            self.post(model, volunteer)

    def check_all(self, roster: Roster) -> Iterator[Violation]:
        for v in np.flatnonzero(self.scope(roster.instance).volunteers):
            yield from self.check(roster, roster.instance.volunteers[v])

    def subjects(self, instance: Instance, pair: Pair) -> tuple[Hashable, ...]:
        return (pair[0],)

    def check_subject(self, roster: Roster, subject: int) -> Iterator[Violation]:
        yield from self.check(roster, roster.instance.volunteers[subject])


class ShiftRule(Rule):
    """Laid on the crew of one shift."""

    laid_on: ClassVar[Text] = Text("the crew of one shift", "一个班次的全体人员")

    def post(self, model: RuleModel, shift: Shift) -> None:
        """Write the rule for one shift; or override ``post_all`` to write it for all at once."""
        raise AssertionError(f"{self.rule} writes neither one shift nor all")

    @abstractmethod
    def check(self, roster: Roster, shift: Shift) -> Iterator[Violation]:
        """The violations of one shift."""

    def subject_label(self, instance: Instance, subject: int) -> Text:
        return instance.shifts[subject].label

    def post_all(self, model: RuleModel) -> None:
        for shift in model.shifts:
            self.post(model, shift)

    def check_all(self, roster: Roster) -> Iterator[Violation]:
        for s in np.flatnonzero(self.scope(roster.instance).shifts):
            yield from self.check(roster, roster.instance.shifts[s])

    def subjects(self, instance: Instance, pair: Pair) -> tuple[Hashable, ...]:
        return (pair[1],)

    def check_subject(self, roster: Roster, subject: int) -> Iterator[Violation]:
        yield from self.check(roster, roster.instance.shifts[subject])


class GroupRule(Rule):
    """Laid on organisations, teams or other bodies of volunteers."""

    laid_on: ClassVar[Text] = Text("an organisation or team", "一个组织或小组")

    @abstractmethod
    def groups(self, instance: Instance) -> Sequence[Group]:
        """The bodies the rule is laid on, in a fixed order."""

    def bodies(self, instance: Instance) -> Sequence[Group]:
        """The same, numbered, worked out once for an instance."""

        def numbered() -> tuple[Group, ...]:
            return tuple(replace(group, number=n) for n, group in enumerate(self.groups(instance)))

        return instance.once((self, "bodies"), numbered)

    @abstractmethod
    def post(self, model: RuleModel, group: Group) -> None:
        """Write the rule for one body."""

    @abstractmethod
    def check(self, roster: Roster, group: Group) -> Iterator[Violation]:
        """The violations of one body."""

    def subject_label(self, instance: Instance, subject: int) -> Text:
        return self.bodies(instance)[subject].label

    def post_all(self, model: RuleModel) -> None:
        for group in self.bodies(model.instance):
            self.post(model, group)

    def check_all(self, roster: Roster) -> Iterator[Violation]:
        for group in self.bodies(roster.instance):
            yield from self.check(roster, group)

    def subjects(self, instance: Instance, pair: Pair) -> tuple[Hashable, ...]:
        return tuple(n for n, group in enumerate(self.bodies(instance)) if pair[0] in group.members)

    def check_subject(self, roster: Roster, subject: int) -> Iterator[Violation]:
        yield from self.check(roster, self.bodies(roster.instance)[subject])


class RosterRule(Rule):
    """Laid on the whole roster; checked again after every change, so there are few."""

    laid_on: ClassVar[Text] = Text("the whole roster", "整份排班表")

    @abstractmethod
    def post(self, model: RuleModel) -> None:
        """Write the rule."""

    @abstractmethod
    def check(self, roster: Roster) -> Iterator[Violation]:
        """All violations."""

    def subject_label(self, instance: Instance, subject: int) -> Text:
        return Text("the whole roster", "整份排班表")

    def post_all(self, model: RuleModel) -> None:
        self.post(model)

    def check_all(self, roster: Roster) -> Iterator[Violation]:
        yield from self.check(roster)

    def subjects(self, instance: Instance, pair: Pair) -> tuple[Hashable, ...]:
        return ("roster",)

    def check_subject(self, roster: Roster, subject: Any) -> Iterator[Violation]:
        yield from self.check(roster)
