"""What an import did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduler.errors import Fault
from scheduler.io.edit_data import Entry
from scheduler.text import Text


@dataclass(frozen=True, slots=True)
class Intake:
    """Ids that are new, that changed, that stayed as they were; what to tell, and what a person must settle."""

    added: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]
    notes: tuple[Text, ...] = ()
    unsettled: tuple[Fault, ...] = ()

    @classmethod
    def of(
        cls,
        touched: Iterable[str],
        before: Mapping[str, Entry],
        after: Mapping[str, Entry],
        notes: tuple[Text, ...],
    ) -> Intake:
        """The outcome for the ids that were touched, from the entries before and after."""
        once = list(dict.fromkeys(touched))
        known = [name for name in once if name in before]
        return cls(
            added=tuple(name for name in once if name not in before),
            updated=tuple(name for name in known if after[name] != before[name]),
            unchanged=tuple(name for name in known if after[name] == before[name]),
            notes=notes,
        )

    @property
    def ids(self) -> dict[str, tuple[str, ...]]:
        """The ids by what became of them."""
        return {"added": self.added, "updated": self.updated, "unchanged": self.unchanged}
