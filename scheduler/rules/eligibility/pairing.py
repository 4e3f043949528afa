"""pairing: who serves where an organisation is paired with a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from scheduler.domain.instance import Instance
from scheduler.domain.organisation import PairingKind
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.rules.base import Rule, ShiftRule, Violation, parameter
from scheduler.text import Text, joined

if TYPE_CHECKING:
    from scheduler.model.rule_model import RuleModel

SENTENCES = {
    PairingKind.EXCLUSIVE: Text(
        "{subject}: {people} not of {organisations}, who alone serve here",
        "{subject}：{people}不属于{organisations}，该处只由其成员值守",
    ),
    PairingKind.EXCLUDED: Text(
        "{subject}: {people} of {organisations}, who do not serve here",
        "{subject}：{people}属于{organisations}，其成员不在该处值守",
    ),
    PairingKind.PREFERRED: Text(
        "{subject}: {people} not of {organisations}, who come first here",
        "{subject}：{people}不属于{organisations}，该处以其成员优先",
    ),
    PairingKind.SPONSORED: Text(
        "{subject}: nobody of {organisations}", "{subject}：没有{organisations}的成员"
    ),
}


class Pairing(ShiftRule):
    """Keep to what the plan's ``pairings`` of organisations with places and posts say.

    ``kinds`` names those that this rule keeps, each between its dates, in its place and those within it:
    ``exclusive``: only members of an organisation that is exclusive there serve; ``excluded``: nobody of it
    serves there; ``preferred``: every head who is not a member of a preferred organisation counts one;
    ``sponsored``: a crew without a member of a sponsoring organisation counts one. Members of branches are
    members; several organisations paired with a place share it. Without this rule in the plan, exclusive and
    excluded are hard, sponsored is on level cover and preferred on level organisation; a plan changes that
    for the kinds it lists.

    ```yaml
    rule: pairing
    kinds: [preferred]
    level: organisation
    weight: 3
    ```
    """

    rule: Literal["pairing"] = "pairing"
    kinds: tuple[PairingKind, ...] = parameter(
        (PairingKind.EXCLUSIVE, PairingKind.EXCLUDED),
        min_length=1,
        en="kinds of pairing to keep",
        zh="所遵守的结对类型",
    )

    title: ClassVar[Text] = Text("Paired organisations", "组织结对")
    text: ClassVar[Text] = SENTENCES[PairingKind.EXCLUSIVE]
    manual_zh: ClassVar[str] = """
        遵守计划中 pairings 所写的组织与地点（岗位）结对关系，在其起止日期内、对该地点及其下级地点有效。
        kinds 为本规则所管的结对类型。exclusive：只由结对组织的成员值守；excluded：该组织成员不在该处值守；
        preferred：每有一名非结对组织成员计一次；sponsored：班组中没有结对组织成员计一次。
        下属支部成员也是成员；同一地点有多个结对组织时共同分担。
        计划中未写本规则时，exclusive 与 excluded 为硬性，sponsored 属于“覆盖”级，preferred 属于“组织”级；
        计划写明某类型的，以计划为准。
        """
    category: ClassVar[str] = "eligibility"

    def replaces(self, standard: Rule) -> bool:
        return isinstance(standard, Pairing) and not set(self.kinds).isdisjoint(standard.kinds)

    def post(self, model: RuleModel, shift: Shift) -> None:
        for kind, organisations in self._paired(model.instance, shift):
            columns, numbers = model.crew_columns(shift)
            crew = [model.instance.volunteers[n] for n in numbers]
            heads = model.terms(columns[_counted(model.instance, kind, organisations, crew)])
            subject = model.instance.shift_number(shift)
            if kind is PairingKind.SPONSORED:
                model.at_least(1, heads, subject=subject)
            else:
                model.cost(heads, subject=subject)

    def check(self, roster: Roster, shift: Shift) -> Iterator[Violation]:
        instance, crew = roster.instance, roster.crew_of(shift)
        for kind, organisations in self._paired(instance, shift):
            people = [crew[n] for n in _counted(instance, kind, organisations, crew)]
            amount = int(not people) if kind is PairingKind.SPONSORED else len(people)
            if amount:
                yield self.breach(
                    amount,
                    people or crew,
                    [shift],
                    SENTENCES[kind],
                    subject=shift.label,
                    people=joined([one.label for one in people]),
                    organisations=joined([instance.organisations[one].label for one in organisations]),
                )

    def _paired(self, instance: Instance, shift: Shift) -> Iterator[tuple[PairingKind, tuple[str, ...]]]:
        """For each kind that concerns a shift, the organisations paired with its place on its day."""
        here = instance.pairings_at[shift.post.id]
        for kind in self.kinds if here else ():
            paired = (one.organisation for one in here if one.kind is kind and one.holds(shift.day))
            if organisations := tuple(dict.fromkeys(paired)):
                yield kind, organisations


def _counted(
    instance: Instance, kind: PairingKind, organisations: Sequence[str], crew: Sequence[Volunteer]
) -> list[int]:
    """Positions in the crew of the people a kind counts: members, or those who are not."""
    members = kind in {PairingKind.EXCLUDED, PairingKind.SPONSORED}
    return [
        n
        for n, volunteer in enumerate(crew)
        if any(instance.belongs(volunteer, one) for one in organisations) == members
    ]
