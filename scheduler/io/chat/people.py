"""How people are named in a chat group: same names are told apart by their organisation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from scheduler.domain.instance import Instance
from scheduler.domain.publishing import Detail
from scheduler.domain.volunteer import Volunteer
from scheduler.publish.privacy import View
from scheduler.text import Text, joined, same


class Names:
    """The names of a plan's people as a reader sees them."""

    def __init__(self, instance: Instance, seen: View) -> None:
        self._seen = seen
        self._organisations = instance.organisations
        self._often = Counter(volunteer.label.zh for volunteer in instance.volunteers)

    @property
    def shown(self) -> bool:
        """Whether people are named at all; else only their number is told."""
        return self._seen.partners and self._seen.names is not Detail.HIDDEN

    def name(self, volunteer: Volunteer) -> Text:
        """Somebody's name, with their organisation if another has the same name."""
        name = self._seen.name(volunteer.label)
        if self._seen.names is not Detail.FULL or self._often[volunteer.label.zh] < 2:
            return name
        if volunteer.organisation is None:
            return name
        organisation = self._organisations[volunteer.organisation]
        of = same(organisation.short) if organisation.short else organisation.label
        return Text(f"{name.en} ({of.en})", f"{name.zh}（{of.zh}）")

    def crew(self, people: Iterable[Volunteer]) -> Text:
        """Several names in a row, or how many there are."""
        listed = list(people)
        if not self.shown:
            return Text(f"{len(listed)} people", f"{len(listed)}人")
        return joined([self.name(one) for one in listed])
