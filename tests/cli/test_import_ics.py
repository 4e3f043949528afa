"""scheduler import ics, as a person meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Runner
from tests.io.busy.worlds import calendar, event

TITLES = (
    "SUMMARY:tooth-doctor",
    "DESCRIPTION:pain",
    "LOCATION:Clinic-9",
    "ATTENDEE;CN=Dr-Who:mailto:who@example.org",
)
VISIT = event("UID:v", "DTSTART:20240304T010000Z", "DTEND:20240304T020000Z", *TITLES)
HOLIDAY = event("UID:h", "DTSTART;VALUE=DATE:20240305", *TITLES)
FREE = event("UID:f", "DTSTART:20240305T010000Z", "DTEND:20240305T020000Z", "TRANSP:TRANSPARENT", *TITLES)
BROKEN = event("UID:b", "DTSTART:20240304T010000Z", "DTEND:20240231T020000Z", *TITLES)
SECRETS = ("tooth-doctor", "pain", "Clinic-9", "Dr-Who", "who@example.org")


@pytest.fixture
def ics(tmp_path: Path) -> Path:
    return tmp_path / "anna.ics"


def test_a_calendar_is_taken_into_the_plan(plan_file: Path, ics: Path, run: Runner) -> None:
    ics.write_text(calendar(VISIT, HOLIDAY, FREE), encoding="utf-8")
    ran = run("import", "ics", plan_file, ics, "--volunteer", "anna")
    assert (ran.status, ran.err) == (0, "")
    assert "2024-03-04 09:00" in ran.out
    assert "2 entries taken: busy at 2 times on 2 days" in ran.out
    assert "whole days block Tue 5 Mar 2024" in ran.out
    assert "marked as free" in ran.out
    assert "2024-03-04 09:00..2024-03-04 10:00 from anna" in plan_file.read_text(encoding="utf-8")
    assert run("check", plan_file).status == 0


def test_options_decide_what_counts(plan_file: Path, ics: Path, run: Runner) -> None:
    ics.write_text(calendar(VISIT, HOLIDAY, FREE), encoding="utf-8")
    options = ("--transparent-timed", "busy", "--all-day", "free", "--source", "work", "--json", "--dry-run")
    before = plan_file.read_bytes()
    said = json.loads(run("import", "ics", plan_file, ics, "--volunteer", "anna", *options).out)
    assert said["windows"] == [
        {"start": "2024-03-04 09:00", "end": "2024-03-04 10:00", "source": "work"},
        {"start": "2024-03-05 09:00", "end": "2024-03-05 10:00", "source": "work"},
    ]
    assert said["files"][0]["ignored"] == {"all-day": 1}
    assert said["written"] == []
    assert plan_file.read_bytes() == before


def test_what_cannot_be_read_stops_it_until_accepted(plan_file: Path, ics: Path, run: Runner) -> None:
    ics.write_text(calendar(VISIT, BROKEN), encoding="utf-8")
    before = plan_file.read_bytes()
    ran = run("import", "ics", plan_file, ics, "--volunteer", "anna")
    assert (ran.status, plan_file.read_bytes()) == (3, before)
    assert "anna.ics:12: DTEND in row 15 is no valid time" in ran.err
    assert "nothing was written" in ran.err
    ran = run("import", "ics", plan_file, ics, "--volunteer", "anna", "--accept-unreadable")
    assert (ran.status, plan_file.read_bytes() == before) == (0, False)
    assert "anna.ics:12: DTEND in row 15 is no valid time" in ran.err
    assert "ask the volunteer about them" in ran.err


def test_a_long_list_of_faults_is_cut(plan_file: Path, ics: Path, run: Runner) -> None:
    ics.write_text(calendar(*[BROKEN] * 30), encoding="utf-8")
    ran = run("import", "ics", plan_file, ics, "--volunteer", "anna")
    assert ran.err.count("is no valid time") == 20
    assert "… and 10 more" in ran.err


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("extra", [(), ("--accept-unreadable",), ("--json",), ("--dry-run",)])
def test_titles_are_never_shown_or_written(
    plan_file: Path, ics: Path, run: Runner, language: str, extra: tuple[str, ...]
) -> None:
    declined = VISIT.replace("CN=Dr-Who", "CN=Dr-Who;PARTSTAT=DECLINED")
    ics.write_text(calendar("X-WR-CALNAME:pain", declined, HOLIDAY, FREE, BROKEN), encoding="utf-8")
    ran = run("--lang", language, "import", "ics", plan_file, ics, "--volunteer", "anna", *extra)
    written = [path.read_text(encoding="utf-8") for path in plan_file.parent.iterdir() if path != ics]
    assert ran.out
    assert not [secret for secret in SECRETS for text in (ran.out, ran.err, *written) if secret in text]


def test_it_speaks_chinese(plan_file: Path, ics: Path, run: Runner) -> None:
    ics.write_text(calendar(VISIT, BROKEN), encoding="utf-8")
    ran = run("--lang", "zh", "import", "ics", plan_file, ics, "--volunteer", "anna")
    assert "林安的忙碌时间" in ran.out
    assert "采用 1 个条目：1 天内共 1 段忙碌时间" in ran.out
    assert "第 15 行的 DTEND 不是有效时间" in ran.err
    assert "未写入任何内容：请向本人核实，或加 --accept-unreadable 只采用其余部分" in ran.err


def test_the_person_and_the_file_must_be_there(plan_file: Path, ics: Path, run: Runner) -> None:
    assert run("import", "ics", plan_file, ics, "--volunteer", "anna").status == 3
    ics.write_text(calendar(VISIT), encoding="utf-8")
    assert run("import", "ics", plan_file, ics, "--volunteer", "nobody").status == 3
    assert run("import", "ics", plan_file, ics).status == 2


def test_duties_of_the_plan_are_known_by_its_ledger_and_those_of_other_plans_are_taken(
    plan_file: Path, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1709251200")  # 1 March 2024
    folder = plan_file.parent
    roster = folder / "roster.csv"
    roster.write_text("shift,volunteer\ngate/2024-03-04/morning,anna\n", encoding="utf-8")
    assert run("publish", roster, "--plan", plan_file, "--out", folder / "pub").status == 0
    duties = folder / "pub" / "volunteers" / "duty-anna.ics"
    text = plan_file.read_text("utf-8").replace("id: gate", "id: door").replace("post: gate", "post: door")
    plan_file.write_text(text, encoding="utf-8")
    asked = ("import", "ics", plan_file, duties, "--volunteer", "anna", "--json", "--dry-run")
    assert json.loads(run(*asked).out)["files"][0]["ignored"] == {"own-duty": 1}
    elsewhere = (folder / "publication.sqlite").rename(folder / "duties.sqlite")
    assert json.loads(run(*asked).out)["windows"][0]["start"] == "2024-03-04 08:00"
    known = json.loads(run(*asked, "--ledger", elsewhere).out)
    assert (known["windows"], known["files"][0]["ignored"]) == ([], {"own-duty": 1})
    plan_file.write_text(text.replace("id: small", "id: large"), encoding="utf-8")
    other = json.loads(run(*asked, "--ledger", elsewhere).out)
    assert (len(other["windows"]), other["files"][0]["ignored"]) == (1, {})


def test_a_ledger_that_is_not_there_is_named(plan_file: Path, ics: Path, run: Runner) -> None:
    ics.write_text(calendar(VISIT), encoding="utf-8")
    ran = run("import", "ics", plan_file, ics, "--volunteer", "anna", "--ledger", ics.with_name("no.sqlite"))
    assert ran.status == 3
    assert "--ledger: there is no file" in ran.err
