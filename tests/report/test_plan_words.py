"""Demand and wishes in words of both languages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from scheduler.domain.request import Request, TimeWindow
from scheduler.domain.shift import Demand
from scheduler.report.plan_words import PlanWords
from scheduler.text import Text

WORDS = PlanWords(
    {
        "shift_types": {"am": Text("morning", "上午班"), "pm": Text("evening", "晚班")},
        "posts": {"gate": Text("West gate", "西门")},
        "places": {"gate": Text("wrong", "错"), "east": Text("East", "东河沿")},
        "skills": {"medical": Text("first aid", "医务")},
    },
    dt.time(6),
)


@pytest.mark.parametrize(
    ("facts", "en", "zh"),
    [
        ({"shifts": ["am"], "least": 0}, "morning: 0 people", "上午班：0人"),
        ({"shifts": ["am", "pm"], "least": 1}, "morning, evening: 1 person", "上午班、晚班：1人"),
        (
            {"shifts": ["am"], "least": 1, "wanted": 1, "most": 2},
            "morning: at least 1 person, at most 2",
            "上午班：至少1人，至多2人",
        ),
        (
            {"shifts": ["gone"], "days": "weekend", "least": 2, "wanted": 3, "most": 4, "priority": 5},
            "gone, weekends: at least 2 people, 3 wanted, at most 4, priority 5",
            "gone（周末）：至少2人，期望3人，至多4人，优先级5",
        ),
        (
            {"shifts": ["am"], "least": 2, "skills": [{"skill": "medical", "least": 1}]},
            "morning: 2 people, 1 of them first aid",
            "上午班：2人，其中医务1人",
        ),
    ],
)
def test_demand(facts: dict[str, Any], en: str, zh: str) -> None:
    assert WORDS.demand([Demand.model_validate(facts)]) == Text(en, zh)


@pytest.mark.parametrize(
    ("facts", "en", "zh"),
    [
        ({"kind": "want"}, "would like any duty", "希望值守任何值班"),
        ({"kind": "want", "posts": ["gate", "east"]}, "would like West gate, East", "希望值守西门、东河沿"),
        (
            {"kind": "want", "shift_types": ["pm"], "when": "sat 18:00-01:00", "times": 2, "weight": 3},
            "would like evening, Sat 18:00-next day 01:00, 2 shifts, weight 3",
            "希望值守晚班，周六 18:00-次日01:00，2班，权重3",
        ),
        ({"kind": "avoid", "when": "mon"}, "would rather not Mon all day", "不希望值守周一全天"),
    ],
)
def test_requests(facts: dict[str, Any], en: str, zh: str) -> None:
    assert WORDS.requests([Request.model_validate(facts)]) == Text(en, zh)


def test_a_window_says_which_import_it_is_from() -> None:
    window = TimeWindow.model_validate("2020-03-05 18:00-22:00 from phone")
    assert WORDS.windows([window]) == Text(
        "2020-03-05 18:00-22:00 (from phone)", "2020年3月5日 18:00-22:00（来自 phone）"
    )
