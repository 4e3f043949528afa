"""When hard rules cannot hold together, the error names the rules and people that clash."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.engine.solve import solve
from scheduler.engine.stop import Deadline
from scheduler.errors import ExitStatus, NoRosterError
from scheduler.text import Language
from tests.builders import day, problem


def refusal(people: list[Any], rules: list[dict[str, Any]], **more: Any) -> NoRosterError:
    plan = problem(people, rules=rules, **more)
    with pytest.raises(NoRosterError) as caught:
        solve(plan.instance(), plan.all_rules(), Deadline(30))
    return caught.value


def pin(volunteer: str, number: int, shift_type: str) -> dict[str, Any]:
    return {"volunteer": volunteer, "post": "gate", "day": day(number), "shift_type": shift_type}


def test_a_pin_against_availability_names_both_and_the_person() -> None:
    away = {"id": "anna", "name": "Anna Lin", "availability": {"unavailable": [{"dates": [day(1)]}]}}
    error = refusal([away, "bo"], [{"rule": "pinned", "assignments": [pin("anna", 1, "morning")]}])
    said = error.say(Language.EN)
    assert error.status is ExitStatus.NO_ROSTER
    assert "pinned" in said
    assert "availability" in said
    assert "Anna Lin" in said
    assert "bo" not in said.replace("both", "")


def test_two_pins_against_rest_name_only_what_clashes() -> None:
    rules: list[dict[str, Any]] = [
        {"rule": "min-rest", "hours": 10},
        {
            "rule": "pinned",
            "assignments": [pin("anna", 0, "night"), pin("anna", 1, "morning"), pin("bo", 3, "noon")],
        },
    ]
    said = refusal(["anna", "bo"], rules).say(Language.ZH)
    assert "min-rest" in said
    assert "pinned" in said
    assert "availability" not in said
    assert "no-overlap" not in said


def test_a_least_load_nobody_can_serve_is_named() -> None:
    error = refusal(
        ["anna", {"id": "bo", "availability": {}}], [{"rule": "max-load", "per": "horizon", "least": 2}]
    )
    assert "max-load" in error.say(Language.EN)
    assert "bo" in error.say(Language.EN)


def test_quotas_that_add_up_to_too_much_are_named_quickly() -> None:
    people = [{"id": f"p{n}", "organisation": f"org-{n % 3}"} for n in range(9)]
    organisations = [{"id": f"org-{n}", "name": f"Organisation {n}"} for n in range(3)]
    quotas = [{"rule": "quota", "organisations": [f"org-{n}"], "least": 4, "level": "hard"} for n in range(3)]
    types = [{"id": "day", "start": "08:00", "end": "20:00"}]
    error = refusal(people, quotas, days=7, shift_types=types, organisations=organisations)
    said = error.say(Language.EN)
    assert sum(f"Organisation {n}" in said for n in range(3)) == 2, "twice four is more than seven already"
    assert "cover" in said
    assert "and 1 more" in said
    assert "availability" not in said
