"""pinned: assignments that are settled, and some that must not be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from pydantic import model_validator

from scheduler.domain.assignment import Assignment
from scheduler.domain.instance import Instance
from scheduler.domain.refusal import refused
from scheduler.domain.roster import Pair, Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import Violation, VolunteerRule, parameter
from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel


class Pin(Assignment):
    """An assignment that must hold, or with ``forbidden: true`` must not."""

    forbidden: bool = False


class Pinned(VolunteerRule):
    """Keep assignments that are settled, and leave out those that are ruled out.

    Each entry of ``assignments`` names a volunteer and a shift, by its id or by post, day and shift type. The
    volunteer serves there even if another rule says no; with ``forbidden: true`` they do not. Every entry
    that does not hold counts one; so does one whose shift is not in the plan's demand.

    ```yaml
    rule: pinned
    assignments:
      - {volunteer: zhang-san, post: gate-1, day: 2020-03-02, shift_type: morning}
      - {volunteer: li-si, shift: gate-1/2020-03-02/noon, forbidden: true}
    ```
    """

    rule: Literal["pinned"] = "pinned"
    assignments: tuple[Pin, ...] = parameter(
        min_length=1, en="volunteers and shifts that are settled", zh="已确定的志愿者与班次"
    )

    title: ClassVar[Text] = Text("Settled assignments", "指定安排")
    text: ClassVar[Text] = Text(
        "{subject} does not serve as settled: {shift}", "{subject}未按指定值守：{shift}"
    )
    ruled_out: ClassVar[Text] = Text("{subject} must not serve: {shift}", "{subject}不得值守：{shift}")
    no_shift: ClassVar[Text] = Text(
        "{subject} is settled on {shift}, but the plan's demand has no such shift",
        "{subject}指定值守 {shift}，但计划需求中没有该班次",
    )
    manual_zh: ClassVar[str] = """
        保留已确定的安排，排除不允许的安排。
        assignments 每一项写明志愿者和班次（班次编号，或岗位、值守日和班型）。
        即使其他规则不允许，该志愿者也应在该班次值守；写明 forbidden: true 的则不得值守。
        每一项未遵守计一次；班次不在计划需求之内的也计一次。
        """
    category: ClassVar[str] = "stability"

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        must = {(pin.volunteer, pin.shift_id) for pin in self.assignments if not pin.forbidden}
        for pin in self.assignments:
            if pin.forbidden and (pin.volunteer, pin.shift_id) in must:
                raise refused(
                    Text(
                        f"{pin.volunteer} on {pin.shift_id} is both settled and forbidden",
                        f"{pin.volunteer} 在 {pin.shift_id} 既被指定又被禁止",
                    )
                )
        return self

    def pairs_needed(self, instance: Instance) -> Sequence[Pair]:
        found = []
        for pin in self.assignments:
            person, shift = pin.person(instance), pin.shift(instance)
            if person is None or shift is None or pin.forbidden:
                continue
            if self._concerns(instance, person) and self._covers(instance, shift):
                found.append((instance.number(person), instance.shift_number(shift)))
        return found

    def post(self, model: RuleModel, volunteer: Volunteer) -> None:
        subject = model.instance.number(volunteer)
        for pin, shift in self._pins(model.instance, volunteer):
            if shift is None:
                model.at_least(1, model.terms(model.columns_of(volunteer)[0][:0]), subject=subject)
            elif pin.forbidden:
                model.at_most(0, model.on(volunteer, shift), subject=subject)
            else:
                model.at_least(1, model.on(volunteer, shift), subject=subject)

    def check(self, roster: Roster, volunteer: Volunteer) -> Iterator[Violation]:
        served = roster.shifts_of(volunteer)
        for pin, shift in self._pins(roster.instance, volunteer):
            if shift is None:
                sentence = self.no_shift
            elif (shift in served) != pin.forbidden:
                continue
            else:
                sentence = self.ruled_out if pin.forbidden else self.text
            yield self.breach(
                1,
                [volunteer],
                [shift] if shift else [],
                sentence,
                subject=volunteer.label,
                shift=pin.shift_label(roster.instance),
            )

    def _pins(self, instance: Instance, volunteer: Volunteer) -> Iterator[tuple[Pin, Shift | None]]:
        """A volunteer's pins, each once, with their shifts; one forbidding a shift not there says nothing."""
        for pin in dict.fromkeys(pin for pin in self.assignments if pin.volunteer == volunteer.id):
            shift = pin.shift(instance)
            if not pin.forbidden if shift is None else self._covers(instance, shift):
                yield pin, shift
