"""scheduler invite, end to end: publish, write mails, change the roster, write again, send."""

from __future__ import annotations

import email
import email.message
import email.policy
import json
from pathlib import Path

import pytest

from tests.cli.conftest import PLAN, Runner, run
from tests.mail.conftest import Running

__all__ = ["run"]

ORGANISER = "publish: {organiser: {name: {en: Office, zh: 值守办公室}, email: duty@example.org}}\n"
BEFORE = "1709251200"  # 2024-03-01, three days before the first duty
FIRST = {"gate/2024-03-04/morning": ["anna", "bo"], "gate/2024-03-05/morning": ["anna"]}
SECOND = {"gate/2024-03-04/morning": ["bo"], "gate/2024-03-05/morning": ["anna", "bo"]}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan with an organiser and two people who have an address; today is before the first duty."""
    plan = ORGANISER + PLAN.replace("name: 林安,", "name: 林安, email: anna@example.org,")
    plan = plan.replace("name: 王波,", "name: 王波, email: bo@example.org,")
    plan = plan[: plan.index("rules:")].replace("least: 2", "least: 1, wanted: 2")
    (tmp_path / "plan.yaml").write_text(plan, encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", BEFORE)
    return tmp_path


def rostered(run: Runner, folder: Path, who: dict[str, list[str]]) -> Path:
    """A roster file of that plan with these crews."""
    file = folder / "out" / "roster.json"
    if not file.exists():
        assert run("solve", folder / "plan.yaml", "--out", folder / "out").status == 0
    content = json.loads(file.read_text("utf-8"))
    pairs = [{"shift": shift, "volunteer": one} for shift, crew in who.items() for one in crew]
    file.write_text(json.dumps(content | {"assignments": pairs}), "utf-8")
    return file


def published(run: Runner, folder: Path, who: dict[str, list[str]]) -> Path:
    roster = rostered(run, folder, who)
    assert run("publish", roster, "--out", folder / "published").status == 0
    return roster


def mails(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "mails").glob("*"))}


def invited(run: Runner, folder: Path, roster: Path, *more: object) -> tuple[int, str, str]:
    ran = run("invite", roster, "--out", folder / "mails", *more)
    return ran.status, ran.out, ran.err


def test_a_mail_for_every_duty_then_none_then_only_what_changed(run: Runner, folder: Path) -> None:
    roster = published(run, folder, FIRST)
    status, out, _ = invited(run, folder, roster)
    assert status == 0
    assert "3 mails written" in out
    first = mails(folder)
    assert len(first) == 3
    assert invited(run, folder, roster)[1].startswith("No mail is due.")
    assert mails(folder) == first
    roster = published(run, folder, SECOND)
    _, out, _ = invited(run, folder, roster, "--dry-run")
    assert "2 mails would be written: 1 new, 0 changed, 1 cancelled" in out
    assert mails(folder) == first
    status, out, _ = invited(run, folder, roster)
    assert "2 mails written" in out
    new = {name: data for name, data in mails(folder).items() if name not in first}
    assert [name.rsplit("-", 1)[0] for name in new] == [
        "20240304-0800-anna-cancel-1",
        "20240305-0800-bo-request-0",
    ]
    roster = published(run, folder, FIRST)
    _, out, _ = invited(run, folder, roster)
    assert "2 mails written" in out
    assert "20240304-0800-anna-request-2" in "".join(mails(folder))


def test_an_address_that_changed_is_told_in_files_of_its_own(run: Runner, folder: Path) -> None:
    roster = published(run, folder, FIRST)
    invited(run, folder, roster)
    first = mails(folder)
    plan = folder / "plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("anna@example.org", "an@example.net"), "utf-8")
    status, out, _ = invited(run, folder, roster)
    assert (status, "4 mails written" in out) == (0, True)
    new = [message(data) for name, data in mails(folder).items() if name not in first]
    assert {name: data for name, data in mails(folder).items() if name in first} == first
    by_address = {"anna@example.org": "CANCEL", "an@example.net": "REQUEST"}
    assert sorted(one["To"].addresses[0].addr_spec for one in new) == sorted(2 * list(by_address))
    for one in new:
        method = by_address[one["To"].addresses[0].addr_spec]
        letter, calendar, _ = (part for part in one.walk() if not part.is_multipart())
        assert f"METHOD:{method}" in calendar.get_content()
        assert ("STATUS:CANCELLED" in calendar.get_content()) is (method == "CANCEL")
        assert ("The duty itself stands" in letter.get_content()) is (method == "CANCEL")
        assert (one["Subject"].startswith("No longer sent")) is (method == "CANCEL")
    assert invited(run, folder, roster)[1].startswith("No mail is due.")


def message(data: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(data, policy=email.policy.default)


def test_nobody_is_invited_to_what_was_published_by_half(run: Runner, folder: Path) -> None:
    plan = folder / "plan.yaml"
    text = plan.read_text("utf-8")
    plan.write_text(text.replace("name: 王波", "name: 王波 138-1234-1234"), "utf-8")
    roster = rostered(run, folder, FIRST)
    assert run("publish", roster, "--out", folder / "published").status == 6
    status, _, err = invited(run, folder, roster)
    assert status == 6
    assert "is not written yet" in err
    assert mails(folder) == {}


def test_mails_go_on_when_the_plan_has_moved_on(run: Runner, folder: Path) -> None:
    """A plan may begin later while duties of the days before are still ahead."""
    roster = published(run, folder, FIRST)
    plan = folder / "plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("first: 2024-03-04", "first: 2024-03-05"), "utf-8")
    roster.unlink()
    roster = published(run, folder, {"gate/2024-03-05/morning": ["anna"]})
    status, out, err = invited(run, folder, roster)
    assert (status, err) == (0, "")
    assert "3 mails written" in out


def test_mails_say_what_the_feed_says(run: Runner, folder: Path) -> None:
    roster = published(run, folder, FIRST)
    invited(run, folder, roster)
    feed = (folder / "published" / "volunteers" / "duty-bo.ics").read_bytes()
    event = feed[feed.index(b"BEGIN:VEVENT") : feed.index(b"BEGIN:VALARM")]
    (mail,) = (data for name, data in mails(folder).items() if "-bo-" in name)
    parts = [*email.message_from_bytes(mail, policy=email.policy.default).walk()]
    calendar = parts[-1].get_payload(decode=True)
    assert isinstance(calendar, bytes)
    assert event in calendar


def test_chinese_from_the_first_line_to_the_last(run: Runner, folder: Path) -> None:
    rostered(run, folder, FIRST)
    roster = folder / "out" / "roster.json"
    assert run("--lang", "zh", "publish", roster, "--out", folder / "published").status == 0
    ran = run("--lang", "zh", "invite", roster, "--out", folder / "mails")
    assert "已写入 3 封邮件" in ran.out
    subjects = {
        email.message_from_bytes(data, policy=email.policy.default)["Subject"]
        for data in mails(folder).values()
    }
    assert "值班邀请：2024年3月5日（周二）08:00–12:00 大门" in subjects


def test_who_has_no_address_is_named_and_nothing_fails(run: Runner, folder: Path) -> None:
    roster = published(run, folder, {"gate/2024-03-04/morning": ["cai"]})
    status, out, _ = invited(run, folder, roster)
    assert (status, mails(folder)) == (0, {})
    assert "蔡青" in out
    _, out, _ = invited(run, folder, roster, "--json")
    assert json.loads(out) == {"mails": [], "unreachable": ["cai"], "faults": []}


def test_an_unpublished_roster_is_refused_and_leaves_nothing(run: Runner, folder: Path) -> None:
    roster = rostered(run, folder, FIRST)
    status, _, err = invited(run, folder, roster)
    assert (status, "not published yet" in err) == (6, True)
    assert not (folder / "publication.sqlite").exists()
    published(run, folder, FIRST)
    status, _, err = invited(run, folder, rostered(run, folder, SECOND))
    assert (status, "another roster" in err) == (6, True)
    assert mails(folder) == {}


def test_a_plan_without_an_organiser_is_told_what_to_add(run: Runner, folder: Path) -> None:
    plan = folder / "plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace(ORGANISER, ""), "utf-8")
    status, _, err = invited(run, folder, published(run, folder, FIRST))
    assert (status, "organiser: {name:" in err) == (6, True)


def test_a_file_in_the_way_is_not_overwritten_and_nothing_else_is_written(run: Runner, folder: Path) -> None:
    roster = published(run, folder, FIRST)
    _, out, _ = invited(run, folder, roster, "--dry-run", "--json")
    taken = Path(json.loads(out)["mails"][1]["path"])
    taken.parent.mkdir()
    taken.write_text("mine")
    status, _, err = invited(run, folder, roster)
    assert (status, taken.name in err, list(mails(folder))) == (6, True, [taken.name])
    assert invited(run, folder, roster, "--force")[0] == 0
    assert len(mails(folder)) == 3


def test_mails_are_sent_once_and_what_was_only_written_is_sent_too(
    run: Runner, folder: Path, office: Running
) -> None:
    roster = published(run, folder, FIRST)
    invited(run, folder, roster)
    status, out, _ = invited(run, folder, roster, "--smtp", office.place)
    assert (status, "Sent: 3 of 3" in out) == (0, True)
    assert sorted(office.office.mails) == sorted(mails(folder).values())
    assert invited(run, folder, roster, "--smtp", office.place)[1].startswith("No mail is due.")
    assert len(office.office.mails) == 3


def test_after_a_server_died_only_the_rest_is_sent(run: Runner, folder: Path, office: Running) -> None:
    roster = published(run, folder, FIRST)
    office.office.dies_at, office.office.lives = "MAIL", 2
    office.office.stop = lambda: None
    status, out, err = invited(run, folder, roster, "--smtp", office.place)
    assert (status, "Sent: 2 of 3" in out, "2 mails were sent, 1 are left" in err) == (6, True, True)
    office.office.lives = 99
    status, out, _ = invited(run, folder, roster, "--smtp", office.place, "--json")
    assert (status, [one["sent"] for one in json.loads(out)["mails"]]) == (0, [True])
    assert len(office.office.mails) == len(set(office.office.mails)) == 3


def test_a_refused_addressee_is_an_error_that_names_them(run: Runner, folder: Path, office: Running) -> None:
    roster = published(run, folder, FIRST)
    office.office.refused = {"bo@example.org"}
    status, out, err = invited(run, folder, roster, "--smtp", office.place)
    assert (status, "Sent: 2 of 3" in out, "bo@example.org: the mail server refuses" in err) == (
        6,
        True,
        True,
    )
    office.office.refused = set()
    assert "Sent: 1 of 1" in invited(run, folder, roster, "--smtp", office.place)[1]
