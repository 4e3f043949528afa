"""What is said of capacity: the verdict, the tables, a message that fits into a chat."""

from __future__ import annotations

import dataclasses
import json

import pytest

from scheduler.report.capacity import (
    Capacity,
    DayCapacity,
    Dimension,
    Group,
    Kind,
    Need,
    Proof,
    Recruits,
    bottlenecks,
)
from scheduler.report.capacity_message import LONGEST, capacity_data, message, proof_text
from scheduler.report.capacity_words import day_grid, group_grid, kind_text, need_grid, verdict
from scheduler.text import Text
from tests.builders import day, world

WORLD = world(
    skills=[{"id": "medical", "name": {"en": "medical", "zh": "医务"}}],
    organisations=[{"id": "club", "name": {"en": "Club", "zh": "俱乐部"}}],
)
EVENING = Kind(skills=("medical",), organisation="club", shift_type="evening")
FOUND = Capacity(
    name=Text("Small", "小计划"),
    instance=WORLD,
    share=0.9,
    first=day(2),
    days=(DayCapacity(day(0), 10, 0.0), DayCapacity(day(1), 10, 1.0), DayCapacity(day(2), 10, 4.0)),
    least=5.0,
    groups=(
        Group(Dimension.SHIFT_TYPE, "morning", Text("morning", "早班"), 12, 1.0, 0.0),
        Group(Dimension.SHIFT_TYPE, "evening", Text("evening", "晚班"), 12, 4.0, 3.5),
        Group(Dimension.POST, "gate", Text("gate", "大门"), 12, 5.0, None),
    ),
    recruits=Recruits((Need(Kind(), 1), Need(EVENING, 3)), 2, Proof.ROSTER, fewest=True, needed=True),
)


def test_the_verdict_says_from_when_and_how_much() -> None:
    assert "2024年3月6日" in verdict(FOUND).zh
    assert "of 30 heads 5 stay open" in verdict(FOUND).en
    assert "90%" in verdict(dataclasses.replace(FOUND, first=None)).zh


def test_only_days_with_open_heads_are_listed_and_those_below_are_marked() -> None:
    rows = day_grid(FOUND).rows
    assert [row[4] for row in rows] == ["90%", "60% ↓", "83%"]
    assert [row[2] for row in rows] == [9, 6, 25]


def test_only_what_cannot_be_moved_is_a_bottleneck() -> None:
    assert [one.key for one in bottlenecks(FOUND)] == ["evening"]
    assert [row[4] for row in group_grid(FOUND).rows] == [0, 3.5, None]


@pytest.mark.parametrize(
    ("kind", "zh"),
    [
        (Kind(), "志愿者（时段不限）"),
        (Kind(shift_type="evening"), "志愿者（evening 16:00–22:00）"),
        (EVENING, "俱乐部具备“医务”的人员（evening 16:00–22:00）"),
    ],
)
def test_kinds_are_said_in_words(kind: Kind, zh: str) -> None:
    assert kind_text(WORLD, kind).zh == zh


def test_the_message_asks_for_most_first_and_can_be_sent_as_it_is() -> None:
    text = message(FOUND)
    assert text is not None
    zh, en = text.zh.split("\n"), text.en.split("\n")
    assert zh[0] == "【招募志愿者】小计划"
    assert "自2024年3月6日（周三）起" in zh[1]
    assert zh[2] == "缺口主要在：晚班缺 3.5 人次（应到 12）。"
    assert zh[3] == "最缺人的日子：3月6日。"
    assert zh[5].startswith("1. 俱乐部")
    assert zh[5].endswith("3 名")
    assert en[5].startswith("1. 3 helpers with medical, members of Club")
    assert "4 人" in zh[7]


def test_nobody_is_asked_where_nobody_is_known() -> None:
    assert message(dataclasses.replace(FOUND, recruits=None)) is None


@pytest.mark.parametrize(("alone", "said"), [(1.0, False), (1.1, True)])
def test_a_skill_below_the_share_is_said_though_every_day_is_covered(alone: float, said: bool) -> None:
    skill = Group(Dimension.SKILL, "medical", Text("medical", "医务"), 10, 4.0, alone)
    found = dataclasses.replace(FOUND, first=None, groups=(skill,), days=FOUND.days[:1])
    assert ("技能到岗率至多：医务 89%" in verdict(found).zh) is said
    text = message(found)
    assert text is not None
    assert ("医务缺 1.1 人次" in text.zh) is said
    assert "自2024年" not in text.zh
    assert "最缺人的日子" not in text.zh


def test_a_long_message_loses_its_smallest_lines_but_stays_whole() -> None:
    kinds = [Kind(skills=("medical",) * n) for n in range(1, 60)]
    many = Recruits(tuple(Need(kind, 9) for kind in kinds), 2, Proof.NONE, fewest=False, needed=False)
    text = message(dataclasses.replace(FOUND, recruits=many))
    assert text is not None
    assert max(len(text.en), len(text.zh)) <= LONGEST
    assert text.zh.endswith("谢谢！")
    assert "531 人" in text.zh


@pytest.mark.parametrize(
    ("proof", "word"),
    [(Proof.ROSTER, "找到了"), (Proof.RELAXATION, "理论上限"), (Proof.NONE, "未能验证")],
)
def test_how_far_a_recommendation_is_certain_is_said(proof: Proof, word: str) -> None:
    assert FOUND.recruits is not None
    said = proof_text(dataclasses.replace(FOUND.recruits, proof=proof, fewest=False, needed=False), 0.9)
    assert word in said.zh
    assert "不能更少" not in said.zh
    assert "任一类少一人都不够" not in said.zh
    assert "任一类少一人都不够" in proof_text(FOUND.recruits, 0.9).zh


def test_everything_is_there_for_machines() -> None:
    data = json.loads(json.dumps(capacity_data(FOUND)))
    assert (data["first_day_below"], data["open"], data["demanded"]) == ("2024-03-06", 5.0, 30)
    assert data["helpers"]["needs"][0]["people"] == 3
    assert data["groups"][1]["open_if_served_first"] == 3.5
    assert need_grid(FOUND).rows[0][1:] == (3, 2)
