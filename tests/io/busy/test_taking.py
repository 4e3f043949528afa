"""A calendar put into a plan: what is replaced, what stays, in YAML and in a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.errors import InputError
from scheduler.io.busy.policy import Ignored, Policy
from scheduler.io.busy.report import as_data, faults, notes
from scheduler.io.busy.taking import Taken, source_name, take_busy
from scheduler.io.edit import PlanEdit
from scheduler.publish.event import Audience, event_uid
from tests.io.busy.worlds import calendar, event

PEOPLE = """
  - {id: wang, name: {en: Wang Fang, zh: 王芳}, availability: mon-fri 08:00-12:00}    # mornings
  - {id: li, name: 李静, availability: {only: [sat], unavailable: [2026-09-12]}}
  - {id: zhao}
"""
TABLE = "id,name,availability,unavailable\nwang,王芳,mon-fri 08:00-12:00,\nli,李静,sat,2026-09-12\nzhao,,,\n"
PLAN = """\
id: small
name: Small world
horizon: {first: 2026-09-07, last: 2026-09-13}
places: [{id: town}]
shift_types: [{id: day, start: "08:00", end: "12:00"}]
posts: [{id: gate, place: town, demand: [{shifts: [day], least: 1}]}]
volunteers:"""
CLASS = event(
    "DTSTART:20260907T010000Z", "DTEND:20260907T020000Z", "RRULE:FREQ=DAILY;COUNT=2", "SUMMARY:secret"
)
NIGHT = event("DTSTART:20260909T140000Z", "DTEND:20260909T180000Z")


@pytest.fixture(params=["yaml", "table"])
def plan(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    named = PEOPLE if request.param == "yaml" else " {file: people.csv}\n"
    path.write_text(PLAN + named, encoding="utf-8")
    (tmp_path / "people.csv").write_text(TABLE, encoding="utf-8")
    return path


def take(plan: Path, who: str, content: str, name: str = "a.ics", source: str | None = None) -> Taken:
    path = plan.with_name(name)
    path.write_text(content, encoding="utf-8")
    edit = PlanEdit(plan)
    taken = take_busy(edit, who, [path], Policy(), source)
    edit.commit()
    return taken


def unavailable(plan: Path, who: str) -> list[str]:
    person = next(one for one in PlanEdit(plan).plan.problem.volunteers if one.id == who)
    return [
        f"{one.start:%d %H:%M}-{one.end:%d %H:%M} {one.source}"
        if one.start and one.end
        else f"{one.dates} {one.source}"
        for one in person.availability.unavailable
    ]


CLASSES = ["07 09:00-07 10:00 a", "08 09:00-08 10:00 a"]


def test_busy_times_are_written_beside_what_is_there(plan: Path) -> None:
    taken = take(plan, "wang", calendar(CLASS, NIGHT))
    assert unavailable(plan, "wang") == [*CLASSES, "09 22:00-10 02:00 a"]
    assert (taken.replaced, taken.kept, taken.silent) == (0, (), False)
    people = {one.id: one for one in PlanEdit(plan).plan.problem.volunteers}
    assert [len(people[who].availability.only) for who in ("wang", "li", "zhao")] == [1, 1, 0]
    assert len(people["li"].availability.unavailable) == 1


def test_comments_and_what_a_person_wrote_stay(plan: Path) -> None:
    before = plan.read_text(encoding="utf-8")
    take(plan, "li", calendar(CLASS))
    assert [one.rpartition(" ")[2] for one in unavailable(plan, "li")] == ["None", "a", "a"]
    if "mornings" in before:
        assert "# mornings" in plan.read_text(encoding="utf-8")


def test_the_next_import_of_a_calendar_replaces_the_last_one(plan: Path) -> None:
    take(plan, "li", calendar(CLASS))
    once = [path.read_bytes() for path in sorted(plan.parent.iterdir())]
    again = take(plan, "li", calendar(CLASS))
    assert again.replaced == 2
    assert [path.read_bytes() for path in sorted(plan.parent.iterdir())] == once
    moved = take(plan, "li", calendar(NIGHT), "a (1).ics")
    assert moved.replaced == 2
    assert [one.rpartition(" ")[2] for one in unavailable(plan, "li")] == ["None", "a"]
    assert take(plan, "li", calendar()).replaced == 1
    assert len(unavailable(plan, "li")) == 1


def test_other_calendars_stay_unless_they_go_by_the_same_name(plan: Path) -> None:
    take(plan, "wang", calendar(CLASS))
    assert take(plan, "wang", calendar(NIGHT), "b.ics").kept == ("a",)
    assert unavailable(plan, "wang") == [*CLASSES, "09 22:00-10 02:00 b"]
    assert take(plan, "wang", calendar(), "c.ics", source="A").replaced == 2
    assert unavailable(plan, "wang") == ["09 22:00-10 02:00 b"]


def test_several_files_under_one_name_are_one_calendar(plan: Path) -> None:
    for name, part in (("x.ics", CLASS), ("y.ics", NIGHT)):
        plan.with_name(name).write_text(calendar(part), encoding="utf-8")
    edit = PlanEdit(plan)
    taken = take_busy(edit, "wang", [plan.with_name("x.ics"), plan.with_name("y.ics")], Policy(), "all")
    assert [one.source for one in taken.windows] == ["all"] * 3


def test_who_has_not_answered_is_told_of(plan: Path) -> None:
    taken = take(plan, "zhao", calendar(CLASS))
    assert taken.silent
    assert any("every other time counts as free" in note.en for note in notes(taken))
    assert not take(plan, "zhao", calendar(CLASS)).silent


def test_invitations_that_the_person_declined_are_known_by_the_address_in_the_plan(plan: Path) -> None:
    edit = PlanEdit(plan)
    edit.put("volunteers", "wang", {"email": "Wang@example.org"})
    edit.commit()
    declined = event(
        "DTSTART:20260907T010000Z", "DURATION:PT1H", "ATTENDEE;PARTSTAT=DECLINED:mailto:wang@example.org"
    )
    taken = take(plan, "wang", calendar(declined))
    assert (taken.windows, taken.files[0].doubtful) == ((), 0)
    assert take(plan, "li", calendar(declined)).files[0].doubtful == 1


def test_nothing_of_a_title_goes_anywhere(plan: Path) -> None:
    taken = take(plan, "wang", calendar(CLASS.replace("DTEND:2026", "DTEND:bad"), CLASS))
    said = [repr(taken), repr(as_data(taken)), repr(list(notes(taken))), repr(faults(taken, accepted=False))]
    written = [path.read_text(encoding="utf-8") for path in plan.parent.iterdir() if path.suffix != ".ics"]
    assert not [one for one in (*said, *written) if "secret" in one]


@pytest.mark.parametrize(
    ("who", "content", "wrong"),
    [
        ("wnag", calendar(), 'the plan has no volunteer "wnag"; did you mean "wang"?'),
        ("王芳", calendar(), 'the plan has no volunteer "王芳"; this is the name of wang'),
        ("wang", "nothing", "this is not a calendar file"),
    ],
)
def test_what_cannot_be_taken_at_all(plan: Path, who: str, content: str, wrong: str) -> None:
    before = plan.read_bytes()
    with pytest.raises(InputError) as refused:
        take(plan, who, content)
    assert wrong in str(refused.value)
    assert plan.read_bytes() == before


def test_a_missing_file_is_no_empty_calendar(plan: Path) -> None:
    take(plan, "wang", calendar(CLASS))
    edit = PlanEdit(plan)
    with pytest.raises(InputError, match="there is no such file"):
        take_busy(edit, "wang", [plan.with_name("a (2).ics")], Policy())
    assert edit.changes() == ()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Wang Fang", "wang-fang"),
        ("calendar (12)", "calendar"),
        ("王芳 的日历（1）", "王芳-的日历"),
        ("a;b,c/d", "a-b-c-d"),
        ("x" * 90, "x" * 60),
    ],
)
def test_names_of_sources(words: str, name: str) -> None:
    assert source_name(words) == name


def test_a_source_needs_a_name() -> None:
    with pytest.raises(InputError):
        source_name("（1）")


def duty(plan_id: str, audience: Audience, owner: str, shift: str, volunteer: str = "") -> str:
    uid = event_uid(plan_id, audience, owner, shift, volunteer)
    return event(f"UID:{uid}", "DTSTART:20260907T000000Z", "DTEND:20260907T040000Z")


@pytest.mark.parametrize(
    ("audience", "owner", "volunteer"),
    [
        (Audience.VOLUNTEER, "wang", "wang"),
        (Audience.ALL, "", "wang"),
        (Audience.POST, "gate", ""),
        (Audience.OPEN, "", ""),
    ],
)
def test_duties_of_this_plan_make_nobody_busy_and_those_of_another_plan_do(
    plan: Path, audience: Audience, owner: str, volunteer: str
) -> None:
    shift = PlanEdit(plan).plan.problem.instance().shifts[0].id
    own = take(plan, "wang", calendar(duty("small", audience, owner, shift, volunteer)))
    assert (own.windows, dict(own.files[0].ignored)) == ((), {Ignored.OWN: 1})
    other = take(plan, "wang", calendar(duty("large", audience, owner, shift, volunteer)))
    assert [one.start and one.start.hour for one in other.windows] == [8]
