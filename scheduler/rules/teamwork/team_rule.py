"""What together and apart share: the teams or people they are laid on, and where they may meet."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scheduler.domain.entity import VolunteerId
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import TeamKind, Volunteer
from scheduler.rules.base import Group, GroupRule, parameter
from scheduler.rules.teamwork.units import Same, Units, units
from scheduler.text import Text

Served = list[tuple[Volunteer, Shift]]


class TeamRule(GroupRule):
    """Laid on teams of one kind, on the teams of the filter, or on people it lists itself."""

    same: Same = parameter(
        "shift",
        en="one shift; one time (start and end), at whatever post; or one duty day",
        zh="同一班次（shift）、同一时段（time，起止相同，岗位不限）或同一值守日（day）",
    )
    kind: TeamKind = parameter(
        TeamKind.HOUSEHOLD,
        en="without teams or members: all teams of this kind",
        zh="未写 teams 或 members 时，针对此类小组",
    )
    members: tuple[VolunteerId, ...] | None = parameter(
        None, min_length=2, en="these people instead of teams", zh="只针对所列人员，代替小组"
    )

    def groups(self, instance: Instance) -> Sequence[Group]:
        within = self.scope(instance).volunteers
        if self.members is not None:
            listed = sorted({instance.volunteer_index[member] for member in self.members})
            everyone = {"": listed}
        else:
            everyone = self._teams(instance)
        kept = {team: [n for n in members if within[n]] for team, members in everyone.items()}
        return [
            Group(team, _label(instance, team), np.array(members, dtype=np.int64))
            for team, members in kept.items()
            if len(members) > 1
        ]

    def _teams(self, instance: Instance) -> dict[str, list[int]]:
        chosen = self.teams or [team.id for team in instance.teams.values() if team.kind is self.kind]
        members: dict[str, list[int]] = {team: [] for team in chosen}
        for n, volunteer in enumerate(instance.volunteers):
            for team in volunteer.teams:
                if team in members:
                    members[team].append(n)
        return members

    def units(self, instance: Instance) -> Units:
        """Where members meet, and who could."""
        return instance.once((self, "units"), lambda: units(instance, self.same, self.scope(instance).shifts))

    def served(self, roster: Roster, group: Group) -> dict[int, Served]:
        """Who of the body serves on what, by unit."""
        unit_of = self.units(roster.instance).of
        found: dict[int, Served] = {}
        for n in group.members.tolist():
            volunteer = roster.instance.volunteers[n]
            for shift in roster.shifts_of(volunteer):
                found.setdefault(int(unit_of[roster.instance.shift_number(shift)]), []).append(
                    (volunteer, shift)
                )
        return dict(sorted(found.items()))


def _label(instance: Instance, team: str) -> Text:
    return instance.teams[team].label if team else Text("the people listed", "所列人员")
