"""Rosters on disk: what is written is read again, bytes repeat, what the plan does not have is named."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.domain.entity import LEVELS, Level
from scheduler.domain.roster import Roster
from scheduler.errors import InputError
from scheduler.io.read import Plan, read_plan
from scheduler.io.roster_file import BY_HAND, RosterRecord, is_roster, read_roster, write_roster
from scheduler.score import Score
from scheduler.text import Language

PLAN = (
    "id: small\nname: Small\nhorizon: {first: 2020-03-02, last: 2020-03-03}\nplaces: [{id: town}]\n"
    "shift_types: [{id: day, start: 08:00, end: 20:00}, {id: night, start: 20:00, end: 08:00}]\n"
    "posts:\n- {id: gate, place: town, demand: [{shifts: [day], least: 1}]}\n"
    "- {id: arch, place: town, demand: [{shifts: [night], least: 1}]}\n"
    "volunteers: [{id: anna, availability: always}, {id: bo, availability: always}]\n"
)
DAY, NIGHT = "gate/2020-03-02/day", "arch/2020-03-03/night"


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    path = tmp_path / "plans" / "plan.yaml"
    path.parent.mkdir()
    path.write_text(PLAN, "utf-8")
    return read_plan(path)


def record(plan: Plan) -> RosterRecord:
    roster = Roster.named(plan.problem.instance(), [("bo", DAY), ("anna", DAY), ("anna", NIGHT)])
    bounds = dict.fromkeys(LEVELS, 0.0) | {Level.COVER: 1.5, Level.WISH: None, Level.FAIRNESS: float("-inf")}
    return RosterRecord(roster, plan, Score((0, 2, 0, 0, 0, 7, 1)), bounds, "stopped", seed=3, rounds=40)


def faults(path: Path, plan: Plan | None = None) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        read_roster(path, plan)
    assert all(fault.text.en != fault.text.zh for fault in caught.value.faults)
    return [(Path(fault.place).name, fault.say(Language.EN)) for fault in caught.value.faults]


def test_what_was_written_is_read_and_finds_its_plan(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "out" / "roster.json"
    write_roster(path, record(plan))
    read = read_roster(path)
    assert read.roster.pairs == record(plan).roster.pairs
    assert read.score == Score((0, 2, 0, 0, 0, 7, 1))
    assert read.bounds[Level.COVER] == 1.5
    assert read.bounds[Level.WISH] is read.bounds[Level.FAIRNESS] is None
    assert (read.status, read.seed, read.rounds, read.notes) == ("stopped", 3, 40, ())
    assert read.plan.problem == plan.problem


def test_the_file_is_the_same_every_time_and_names_the_plan_from_its_folder(
    plan: Plan, tmp_path: Path
) -> None:
    first, second = tmp_path / "one.json", tmp_path / "two.json"
    write_roster(first, record(plan))
    write_roster(second, record(plan))
    assert first.read_bytes() == second.read_bytes()
    assert b"\r" not in first.read_bytes()
    content = json.loads(first.read_bytes())
    assert content["plan"] == {"file": "plans/plan.yaml", "id": "small", "digest": plan.digest}
    assert content["assignments"] == [
        {"shift": NIGHT, "volunteer": "anna"},
        {"shift": DAY, "volunteer": "anna"},
        {"shift": DAY, "volunteer": "bo"},
    ]
    assert content["levels"]["cover"] == {"score": 2, "bound": 1.5}
    assert content["levels"]["hard"] == {"score": 0, "bound": 0}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.json", "plans", "two.json"]


def test_an_empty_roster_by_hand_is_a_file_too(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "roster.json"
    write_roster(path, RosterRecord(Roster(plan.problem.instance()), plan))
    read = read_roster(path, plan)
    assert (len(read.roster), read.score, read.status) == (0, None, BY_HAND)


def test_a_changed_plan_is_noted(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "roster.json"
    write_roster(path, record(plan))
    plan.path.write_text(PLAN + "# later\n", "utf-8")
    (note,) = read_roster(path).notes
    assert "has changed since" in note.en
    assert "已有改动" in note.zh


def test_another_plan_is_refused(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "roster.json"
    write_roster(path, record(plan))
    other = replace(plan, problem=plan.problem.model_copy(update={"id": "other"}))
    ((place, said),) = faults(path, other)
    assert place == "roster.json:6 plan.id"
    assert 'for the plan "small", not for "other"' in said


def test_a_plan_that_is_gone_is_named(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "roster.json"
    write_roster(path, record(plan))
    plan.path.unlink()
    ((place, said),) = faults(path)
    assert place == "roster.json:5 plan.file"
    assert "plans/plan.yaml" in said
    assert len(read_roster(path, plan).roster) == 3


def test_what_the_plan_does_not_have_is_named_with_its_row(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(
        "Note;Volunteer;Shift\n"
        f";anna;{DAY}\n"
        f";ana;{DAY}\n"
        ";anna;gaet/2020-03-02/day\n"
        ";anna;gate/2020-03-02/dya\n"
        ";anna;gate/2020-03-04/day\n"
        ";anna;gate/2.3.2020/day\n"
        ";anna;gate/2020-03-02/night\n"
        ";anna;gate\n"
        f"again;anna;{DAY}\n"
        ";;\n"
        f";;{NIGHT}\n"
        ";bo;\n",
        "utf-8",
    )
    found = faults(path, plan)
    assert [place for place, _ in found] == [f"roster.csv:{row}" for row in (3, 4, 5, 6, 7, 8, 9, 10, 12, 13)]
    for (_, said), words in zip(
        found,
        [
            'no volunteer "ana"; did you mean "anna"?',
            'did you mean "gate"?',
            'did you mean "day"?',
            "the days are 2020-03-02 to 2020-03-03",
            "the days are 2020-03-02 to 2020-03-03",
            "the post has no such shift on that day",
            "write post/day/shift type",
            "first in",
            "the volunteer is missing",
            "the shift is missing",
        ],
    ):
        assert words in said


def test_a_table_by_hand_is_read(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(f"shift,volunteer,note\n{DAY},anna,\n{DAY},bo,安娜\n", "gb18030")
    read = read_roster(path, plan)
    assert (len(read.roster), read.score, read.status) == (2, None, BY_HAND)
    assert "GB18030" in read.notes[0].en
    ((_, said),) = faults(path)
    assert "does not name its plan" in said
    path.write_text("shift,volunter\n", "utf-8")
    assert [said.split("; ")[-1] for _, said in faults(path, plan)] == ["columns: shift, volunteer"]


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        ({"format": "duty-scheduler roster 2"}, "2 format", "a newer version"),
        ({"format": "something"}, "2 format", "this is not a roster"),
        ({"status": 3}, "5 status", "expected a text"),
        ({"seat": 3}, "10 seat", "not known here"),
        ({"levels": {"hard": {"score": 0}}}, "8 levels", "the levels are not complete"),
        ({"assignments": [{"shift": DAY}]}, "9 assignments.1.volunteer", "missing"),
        ({"assignments": [{"shift": DAY, "volunteer": "cy"}]}, "9 assignments.1", 'no volunteer "cy"'),
    ],
)
def test_what_is_wrong_with_a_file_is_said(
    plan: Plan, tmp_path: Path, change: dict[str, object], place: str, words: str
) -> None:
    path = tmp_path / "roster.json"
    write_roster(path, record(plan))
    content = json.loads(path.read_bytes()) | change
    lines = [f'"{key}": {json.dumps(value)}' for key, value in content.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    ((where, said),) = faults(path, plan)
    assert where == f"roster.json:{place}"
    assert words in said


def test_a_roster_is_told_from_a_plan(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "roster.json"
    write_roster(path, record(plan))
    assert is_roster(path)
    assert is_roster(tmp_path / "by_hand.csv")
    assert not is_roster(plan.path)
    assert not is_roster(tmp_path / "nothing.json")
    (tmp_path / "plan.json").write_text("{]", "utf-8")
    assert not is_roster(tmp_path / "plan.json")


def test_a_plan_given_for_a_roster_is_told(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text("id: x", "utf-8")
    with pytest.raises(InputError, match="this is a plan, not a roster"):
        read_roster(file)
