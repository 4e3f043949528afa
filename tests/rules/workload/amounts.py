"""How much of a rule a roster breaks, and people with a past."""

from __future__ import annotations

import random
from typing import Any

from scheduler.domain.roster import Roster
from scheduler.rules import Rule
from scheduler.score import score, violations
from tests.agreement import disagreement
from tests.builders import day


def amount(rule: Rule, served: Roster) -> int:
    """All that is broken, filters applied; the rows of the rule must say the same."""
    found = [violation.amount for violation in violations(served, [rule])]
    assert all(found)
    assert not (fault := disagreement(rule, served)), fault
    return sum(found)


def allowed_part(rng: random.Random, rules: list[Rule], served: Roster) -> Roster:
    """As much of a roster as rules allow."""
    kept = Roster(served.instance)
    for pair in rng.sample(served.pairs, len(served.pairs)):
        more = kept.changed([pair])
        if score(more, rules).legal:
            kept = more
    return kept


def words(rule: Rule, served: Roster) -> list[tuple[str, str]]:
    """The sentences in English and Chinese."""
    return [(violation.text.en, violation.text.zh) for violation in violations(served, [rule])]


def before(person: str, served: str, **more: Any) -> dict[str, Any]:
    """Somebody who served before the small world: ``before("anna", "-1 night, -3 morning")``."""
    recent = []
    for one in served.split(", "):
        number, _, shift_type = one.partition(" ")
        recent.append({"day": day(int(number)), "shift_type": shift_type})
    return {"id": person, "history": {"recent": recent}, **more}
