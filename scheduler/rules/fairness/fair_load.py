"""fair-load: shifts shared between people pro rata to what they can give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from scheduler.domain.entity import Level
from scheduler.domain.roster import Roster
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import Violation, VolunteerRule, parameter
from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel


class FairLoad(VolunteerRule):
    """Draft; the full rule follows with the fairness rules.

    ```yaml
    rule: fair-load
    ```
    """

    rule: Literal["fair-load"] = "fair-load"
    level: Level = Level.FAIRNESS
    above: PositiveInt = parameter(1, en="shifts that cost nothing", zh="不计代价的班次数")

    title: ClassVar[Text] = Text("Share the load", "公平分担")
    text: ClassVar[Text] = Text("{subject}: {load} shifts, over {above}", "{subject}:{load}班,超过{above}班")
    manual_zh: ClassVar[str] = "草稿。"
    category: ClassVar[str] = "fairness"

    def post(self, model: RuleModel, volunteer: Volunteer) -> None:
        columns, _ = model.columns_of(volunteer)
        model.at_most(self.above, model.terms(columns), subject=model.instance.number(volunteer))

    def check(self, roster: Roster, volunteer: Volunteer) -> Iterator[Violation]:
        shifts = roster.shifts_of(volunteer)
        if len(shifts) > self.above:
            yield self.breach(
                len(shifts) - self.above,
                [volunteer],
                shifts,
                subject=volunteer.label,
                load=len(shifts),
                above=self.above,
            )
