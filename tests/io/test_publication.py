"""Publishing again and again: what changes, what must not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from scheduler.errors import PublishError
from scheduler.io.calendars import write_calendars
from scheduler.io.published import INDEX, digest_of, read_index
from scheduler.publish.event import Audience
from scheduler.publish.ledger import open_ledger
from scheduler.text import Language
from tests.builders import problem, roster
from tests.io.desk import NOW, PEOPLE, Desk, changed, plan

ANNA, BO, CY = "volunteers/duty-anna.ics", "volunteers/duty-bo.ics", "volunteers/duty-cy.ics"
SHARED = {"posts/post-gate.ics", "all.ics", "open.ics"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_first_edition_goes_to_everybody_on_duty(desk: Desk) -> None:
    made = desk.publish(anna="0 morning, 1 night", bo="0 noon")
    assert (made.edition, made.feeds, len(made.written)) == (1, 8, 8)
    people = [one for one in made.recipients if one.audience is Audience.VOLUNTEER]
    assert [one.sentence.zh for one in people if one.sentence] == [
        "林安：新日历，共2班，首班 3月4日 周一 08:00–12:00 西口",
        "王波：新日历，共1班，首班 3月4日 周一 12:00–16:00 西口",
    ]
    assert desk.own("anna") == ["CONFIRMED 0 04 08:00", "CONFIRMED 0 05 22:00"]


def test_publishing_the_same_again_changes_no_byte_and_writes_nothing(desk: Desk) -> None:
    desk.publish(anna="0 morning", bo="0 noon")
    before = desk.tree()
    times = {path: path.stat().st_mtime_ns for path in desk.folder.rglob("*")}
    again = desk.publish(anna="0 morning", bo="0 noon")
    assert (again.edition, again.written, again.changes, again.recipients) == (1, (), (), ())
    assert desk.tree() == before
    assert {path: path.stat().st_mtime_ns for path in desk.folder.rglob("*")} == times


def test_a_plan_that_changes_nothing_visible_changes_no_byte(desk: Desk) -> None:
    desk.publish(anna="0 morning")
    before = desk.tree()
    desk.plan = plan(people=[PEOPLE[0] | {"email": "anna@example.org"}, *PEOPLE[1:]])
    assert desk.publish(anna="0 morning").written == ()
    assert desk.tree() == before


def test_a_duty_that_goes_to_another_is_cancelled_for_the_first_and_new_for_the_second(desk: Desk) -> None:
    desk.publish(anna="0 morning", bo="1 noon", cy="2 noon")
    before = desk.tree()
    made = desk.publish(bo="1 noon, 0 morning", cy="2 noon")
    assert desk.own("anna") == ["CANCELLED 1 04 08:00"]
    assert desk.own("bo") == ["CONFIRMED 0 04 08:00", "CONFIRMED 0 05 12:00"]
    assert changed(before, desk.tree()) == {
        ANNA,
        BO,
        "posts/post-gate.ics",
        "all.ics",
        "organisations/organisation-club.ics",
    }
    assert [(one.kind.sign, one.volunteer) for one in made.changes] == [("-", "anna"), ("+", "bo")]
    assert [one.sentence.zh for one in made.recipients if one.sentence] == [
        "林安：取消 3月4日 周一 08:00–12:00 西口",
        "王波：新增 3月4日 周一 08:00–12:00 西口",
    ]


def test_a_cancelled_event_rings_no_alarm_and_blocks_no_time(desk: Desk) -> None:
    desk.publish(anna="0 morning")
    desk.publish(bo="0 morning")
    (event,) = desk.events(ANNA)
    assert event["TRANSP"] == "TRANSPARENT"
    assert event.walk("VALARM") == []
    assert str(event["SUMMARY"]) == "值班:西口(morning)"


def test_going_back_raises_the_number_again(desk: Desk) -> None:
    for served, own in (
        ({"anna": "0 morning"}, "CONFIRMED 0"),
        ({"bo": "0 morning"}, "CANCELLED 1"),
        ({"anna": "0 morning"}, "CONFIRMED 2"),
        ({"bo": "0 morning"}, "CANCELLED 3"),
    ):
        desk.publish(**served)
        assert desk.own("anna") == [f"{own} 04 08:00"]


@pytest.mark.parametrize(("minutes", "left"), [(-1, 1), (0, 0), (1, 0)])
def test_a_cancelled_event_goes_when_its_time_has_passed(desk: Desk, minutes: int, left: int) -> None:
    desk.publish(anna="0 morning", bo="1 noon")
    desk.publish(bo="1 noon")
    end = dt.datetime(2024, 3, 4, 4, tzinfo=dt.UTC)
    desk.now = end + dt.timedelta(minutes=minutes - 60)
    made = desk.publish(bo="1 noon")
    assert len(desk.events(ANNA)) == left
    assert made.recipients == ()


def test_a_number_is_not_forgotten_when_the_event_has_gone(desk: Desk) -> None:
    desk.publish(anna="0 morning")
    desk.publish(bo="0 morning")
    desk.now += dt.timedelta(days=5)
    desk.publish(bo="0 morning")
    assert desk.own("anna") == []
    desk.publish(anna="0 morning")
    assert desk.own("anna") == ["CONFIRMED 2 04 08:00"]


@pytest.mark.parametrize(
    ("change", "number", "kind"),
    [
        (
            {"posts": [{"id": "gate", "name": {"en": "West Gate", "zh": "西口"}, "tasks": "测温"}]},
            0,
            "reworded",
        ),
        ({"posts": [{"id": "gate", "name": {"en": "West Gate", "zh": "西门"}}]}, 1, "moved"),
        ({"posts": [{"id": "gate", "name": {"en": "Gate", "zh": "西口"}}]}, 0, None),
        ({"publish": {"draft": True}}, 1, "tentative"),
        ({"publish": {"alarms": "2d"}}, 0, None),
        ({"shift_types": [{"id": "morning", "start": "08:30", "end": "12:00"}]}, 1, "moved"),
        ({"shift_types": [{"id": "morning", "start": "08:00", "end": "12:30"}]}, 1, "moved"),
    ],
)
def test_the_number_goes_up_only_for_start_end_place_and_status(
    tmp_path: Path, change: dict[str, Any], number: int, kind: str | None
) -> None:
    facts: dict[str, Any] = {
        "posts": [{"id": "gate", "name": {"en": "West Gate", "zh": "西口"}}],
        "shift_types": [{"id": "morning", "start": "08:00", "end": "12:00"}],
    }
    desk = Desk(tmp_path, **facts)
    desk.publish(anna="0 morning")
    (before,) = desk.events(ANNA)
    desk.plan = plan(**(facts | change))
    made = desk.publish(anna="0 morning")
    (after,) = desk.events(ANNA)
    assert after["SEQUENCE"] == number
    assert [str(one.kind) for one in made.changes] == ([kind] if kind else [])
    same = before.to_ical() == after.to_ical()
    assert same == (before["LAST-MODIFIED"].dt == after["LAST-MODIFIED"].dt)
    assert before["CREATED"].dt == after["CREATED"].dt == NOW + dt.timedelta(hours=1)


def test_a_draft_is_tentative_and_confirming_it_is_a_change(desk: Desk) -> None:
    desk.plan = plan(publish={"draft": True})
    desk.publish(anna="0 morning")
    assert desk.own("anna") == ["TENTATIVE 0 04 08:00"]
    desk.plan = plan()
    made = desk.publish(anna="0 morning")
    assert desk.own("anna") == ["CONFIRMED 1 04 08:00"]
    assert [one.sentence.en for one in made.changes] == ["confirmed Mon 4 Mar 08:00–12:00, West Gate"]


def test_who_leaves_the_plan_keeps_a_file_that_empties_when_the_time_has_passed(desk: Desk) -> None:
    desk.publish(anna="1 morning", bo="0 noon")
    desk.plan = plan(people=PEOPLE[1:])
    desk.publish(bo="0 noon")
    assert desk.own("anna") == ["CANCELLED 1 05 08:00"]
    desk.now += dt.timedelta(days=6)
    desk.publish(bo="0 noon")
    assert desk.own("anna") == []
    index = read_index(desk.folder)
    assert index is not None
    assert [(one.label.zh, one.digest) for one in index.files if one.path == ANNA] == [
        ("林安", digest_of((desk.folder / ANNA).read_bytes()))
    ]


def test_a_post_that_is_closed_calls_off_its_shifts(desk: Desk) -> None:
    desk.publish(anna="0 morning@side")
    desk.plan = plan(posts=["gate"])
    desk.publish()
    statuses = {str(event["STATUS"]) for event in desk.events("posts/post-side.ics")}
    assert statuses == {"CANCELLED"}


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_past_duties_stay_30_days_when_the_plan_moves_on(desk: Desk, days: int, left: int) -> None:
    desk.publish(anna="0 morning")
    desk.plan = plan(horizon={"first": "2024-03-11", "last": "2024-03-17"})
    desk.now = dt.datetime(2024, 3, 4, 4, tzinfo=dt.UTC) + dt.timedelta(days=days)
    desk.publish()
    assert desk.own("anna") == ["CONFIRMED 0 04 08:00"] * left


def test_a_horizon_that_ends_sooner_cancels_what_is_beyond(desk: Desk) -> None:
    desk.publish(anna="0 morning, 6 morning")
    desk.plan = plan(days=3)
    desk.publish(anna="0 morning")
    assert desk.own("anna") == ["CONFIRMED 0 04 08:00", "CANCELLED 1 10 08:00"]


def test_a_duty_that_has_begun_keeps_the_reminders_it_had(desk: Desk) -> None:
    desk.publish(anna="0 morning")
    first = desk.tree()[ANNA]
    desk.now = dt.datetime(2024, 3, 4, 1, tzinfo=dt.UTC)
    desk.plan = plan(publish={"alarms": "none"})
    desk.publish(anna="0 morning")
    assert desk.tree()[ANNA] == first
    desk.publish(anna="0 morning", bo="2 noon")
    assert desk.tree()[ANNA] == first


def test_an_open_shift_is_called_off_when_somebody_comes(desk: Desk) -> None:
    desk.publish()
    desk.publish(anna="0 morning")
    first = desk.events("open.ics")[0]
    assert (str(first["SUMMARY"]), str(first["STATUS"]), first["SEQUENCE"]) in [
        ("缺1人:西口(morning)", "CANCELLED", 1),
        ("缺1人:东口(morning)", "TENTATIVE", 0),
    ]
    desk.now = dt.datetime(2024, 3, 4, 4, tzinfo=dt.UTC)
    desk.publish(anna="0 morning")
    assert not [event for event in desk.events("open.ics") if event.end <= desk.now]


def test_untouched_files_never_change_over_a_history_of_changes(tmp_path: Path) -> None:
    for utc, language in ((False, Language.ZH), (True, Language.EN)):
        desk = Desk(tmp_path / language, publish={"times": "utc" if utc else "local"})
        start = {"anna": "0 morning, 3 night", "bo": "1 noon", "cy": "2 noon@side"}
        trees = []
        for served in (start, start | {"anna": "0 evening, 3 night"}, start, {**start, "bo": ""}, start):
            desk.publish(language, **served)
            trees.append(desk.tree())
        assert len({tree[CY] for tree in trees}) == 1
        assert len({tree["posts/post-side.ics"] for tree in trees}) == 1
        assert desk.own("anna") == (
            ["CONFIRMED 2 04 00:00", "CANCELLED 1 04 08:00", "CONFIRMED 0 07 14:00"]
            if utc
            else ["CONFIRMED 2 04 08:00", "CANCELLED 1 04 16:00", "CONFIRMED 0 07 22:00"]
        )


def test_a_move_and_back_before_anybody_was_told_is_no_change(desk: Desk) -> None:
    desk.publish(anna="0 morning")
    assert [one.kind for one in desk.publish(bo="0 morning", dry=True).changes] == ["cancelled", "added"]
    assert desk.publish(anna="0 morning").changes == ()


def test_a_trial_writes_nothing_at_all(desk: Desk) -> None:
    made = desk.publish(anna="0 morning", dry=True)
    assert (len(made.written), [one.kind for one in made.changes]) == (8, ["added"])
    assert not desk.ledger.exists()
    assert not desk.folder.exists()
    desk.publish(anna="0 morning")
    before, ledger = desk.tree(), desk.ledger.read_bytes()
    assert desk.publish(bo="0 morning", dry=True).edition == 2
    assert (desk.tree(), desk.ledger.read_bytes()) == (before, ledger)


def test_a_damaged_or_missing_file_is_made_good(desk: Desk) -> None:
    desk.publish(anna="0 morning")
    before = desk.tree()
    (desk.folder / ANNA).write_text("damaged")
    (desk.folder / BO).unlink()
    made = desk.publish(anna="0 morning")
    assert set(made.written) == {ANNA, BO}
    assert made.recipients == ()
    (desk.folder / INDEX).unlink()
    assert desk.publish(anna="0 morning").written == ()
    assert desk.tree() == before


def test_languages_stay_as_they_were_unless_told_otherwise(desk: Desk) -> None:
    desk.publish(Language.EN, anna="0 morning")
    assert desk.publish(Language.ZH, anna="0 morning").written == ()
    desk.plan = plan(publish={"languages": "both"})
    desk.publish(Language.EN, anna="0 morning")
    (event,) = desk.events(ANNA)
    assert str(event["SUMMARY"]) == "值班:西口(morning) / Duty: West Gate (morning)"
    assert str(event["DESCRIPTION"]).split("\n")[:2] == ["本班次仅您一人", "计划：Small world"]
    assert event["SEQUENCE"] == 0


def test_a_zone_with_summer_time_keeps_its_events_over_the_change(tmp_path: Path) -> None:
    desk = Desk(
        tmp_path,
        time_zone="Europe/Berlin",
        horizon={"first": "2024-03-30", "last": "2024-03-31"},
        shift_types=[{"id": "night", "start": "22:00", "end": "06:00"}],
    )
    served = [("anna", "gate/2024-03-30/night"), ("bo", "gate/2024-03-31/night")]
    from scheduler.domain.roster import Roster
    from scheduler.io.publication import publish

    def go(pairs: list[tuple[str, str]]) -> None:
        desk.now += dt.timedelta(hours=1)
        given = Roster.named(desk.plan.instance(), pairs)
        publish(desk.plan, given, desk.folder, desk.ledger, desk.now, Language.ZH)

    go(served)
    first = desk.tree()
    go(served[1:])
    assert desk.tree()[BO] == first[BO]
    (event,) = desk.events(ANNA)
    assert (event.start.isoformat(), event.end.isoformat(), str(event["STATUS"])) == (
        "2024-03-30T22:00:00+01:00",
        "2024-03-31T06:00:00+02:00",
        "CANCELLED",
    )


def test_the_ledger_remembers_who_was_sent_what(desk: Desk) -> None:
    desk.publish(anna="0 morning")
    one = digest_of(desk.tree()[ANNA])
    desk.publish(bo="0 morning")
    two = digest_of(desk.tree()[ANNA])
    with open_ledger(desk.ledger, "small", desk.now) as ledger:
        sent = ledger.handed_out(Audience.VOLUNTEER, "anna")
    assert sent == [(NOW + dt.timedelta(hours=1), one), (NOW + dt.timedelta(hours=2), two)]


def test_names_that_differ_only_in_case_get_files_that_do_not(tmp_path: Path) -> None:
    desk = Desk(tmp_path, people=[{"id": "Anna"}])
    desk.publish(Anna="0 morning")
    desk.plan = plan(people=[{"id": "anna"}])
    desk.publish(anna="0 morning")
    index = read_index(desk.folder)
    assert index is not None
    paths = {one.owner: one.path for one in index.files if one.audience is Audience.VOLUNTEER}
    assert paths["Anna"] == "volunteers/duty-Anna.ics"
    assert paths["anna"].lower() != paths["Anna"].lower()


def test_an_exported_folder_can_be_published_into_and_not_back(desk: Desk) -> None:
    given = roster(desk.plan.instance(), anna="0 morning")
    write_calendars(desk.folder, given, desk.plan, Language.ZH)
    desk.publish(anna="0 morning")
    with pytest.raises(PublishError, match="were published here"):
        write_calendars(desk.folder, given, desk.plan, Language.ZH)


def test_nothing_of_the_volunteers_contacts_is_in_a_file_or_the_ledger(tmp_path: Path) -> None:
    secret = {"phone": "13812341234", "email": "anna@example.org", "id_number": "110101199003071234"}
    desk = Desk(tmp_path, people=[PEOPLE[0] | secret, PEOPLE[1]])
    desk.publish(anna="0 morning", bo="0 noon")
    kept = b"".join(desk.tree().values()) + desk.ledger.read_bytes()
    assert not [word for word in secret.values() if word.encode() in kept]


def test_problems_of_the_world_above_are_sound() -> None:
    assert problem().findings() == plan().findings() == []
