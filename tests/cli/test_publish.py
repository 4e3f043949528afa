"""scheduler publish, as a person at a desk uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Runner

FIRST = {"gate/2024-03-04/morning": "anna", "gate/2024-03-05/morning": "bo"}
SECOND = {"gate/2024-03-04/morning": "cai", "gate/2024-03-05/morning": "bo"}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1709251200")  # 1 March 2024


def table(path: Path, duties: dict[str, str]) -> Path:
    path.write_text("shift,volunteer\n" + "".join(f"{s},{v}\n" for s, v in duties.items()), encoding="utf-8")
    return path


@pytest.fixture
def rosters(tmp_path: Path) -> tuple[Path, Path]:
    return table(tmp_path / "first.csv", FIRST), table(tmp_path / "second.csv", SECOND)


def test_it_says_whom_to_send_to_and_what_changed(
    run: Runner, plan_file: Path, rosters: tuple[Path, Path], tmp_path: Path
) -> None:
    options = ("--plan", plan_file, "--out", tmp_path / "pub")
    first = run("publish", rosters[0], *options)
    assert first.status == 0
    assert "林安: new calendar, 1 duty, the first on Mon 4 Mar 08:00–12:00, Gate" in first.out
    assert (tmp_path / "publication.sqlite").is_file()
    again = run("--lang", "zh", "publish", rosters[0], *options)
    assert again.out.strip() == "没有变动：6 个日历文件均保持原样。"
    second = run("--lang", "zh", "publish", rosters[1], *options)
    assert "林安：取消 3月4日 周一 08:00–12:00 大门  volunteers/duty-anna.ics" in second.out
    assert "蔡青：新日历，共1班，首班 3月4日 周一 08:00–12:00 大门" in second.out
    assert "王波" not in second.out


def test_a_trial_is_a_table_and_writes_nothing(
    run: Runner, plan_file: Path, rosters: tuple[Path, Path], tmp_path: Path
) -> None:
    shown = run(
        "--lang", "zh", "publish", rosters[0], "--plan", plan_file, "--out", tmp_path / "pub", "--dry-run"
    )
    assert "新增 3月4日 周一 08:00–12:00 大门" in shown.out
    assert "未作任何改动" in shown.out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first.csv", "plan.yaml", "second.csv"]


def test_two_rosters_are_compared_without_publishing(
    run: Runner, plan_file: Path, rosters: tuple[Path, Path], tmp_path: Path
) -> None:
    shown = run("publish", "--diff", *rosters, "--plan", plan_file)
    assert shown.out.splitlines() == [
        "林安: cancelled Mon 4 Mar 08:00–12:00, Gate",
        "蔡青: new Mon 4 Mar 08:00–12:00, Gate",
    ]
    same = run("publish", "--diff", rosters[0], rosters[0], "--plan", plan_file)
    assert same.out.strip() == "Nothing changes for anybody."
    data = json.loads(run("publish", "--diff", *rosters, "--plan", plan_file, "--json").out)
    assert [one["kind"] for one in data["changes"]] == ["cancelled", "added"]
    assert not (tmp_path / "publication.sqlite").exists()


def test_options_say_otherwise_than_the_plan(
    run: Runner, plan_file: Path, rosters: tuple[Path, Path], tmp_path: Path
) -> None:
    options = ("--alarm", "2h", "--utc", "--language", "both", "--draft")
    made = run("publish", rosters[0], "--plan", plan_file, "--out", tmp_path / "pub", "--json", *options)
    assert made.status == 0
    data = json.loads(made.out)
    assert (data["edition"], data["files"], len(data["written"])) == (1, 6, 6)
    assert {one["path"] for one in data["send"] if one["audience"] == "volunteer"} == {
        "volunteers/duty-anna.ics",
        "volunteers/duty-bo.ics",
    }
    text = (tmp_path / "pub" / "volunteers" / "duty-anna.ics").read_text("utf-8").replace("\n ", "")
    for line in (
        "TRIGGER:-PT2H",
        "STATUS:TENTATIVE",
        "DTSTART:20240304T000000Z",
        "SUMMARY:值班:大门(早班) / Duty",
    ):
        assert line in text
    assert text.count("BEGIN:VALARM") == 1


@pytest.mark.parametrize(
    "arguments",
    [("--alarm", "soon"), ("--alarm", "1d,2x"), ("--language", "fr"), ("--diff",), ("second.csv",)],
)
def test_what_cannot_be_meant_is_refused_with_a_hint(
    run: Runner, plan_file: Path, rosters: tuple[Path, Path], arguments: tuple[str, ...], tmp_path: Path
) -> None:
    refused = run("publish", rosters[0], *arguments, "--plan", plan_file, "--out", tmp_path / "pub")
    assert refused.status == 2
    assert "publish --help" in refused.err
    assert not (tmp_path / "pub").exists()


def test_an_address_of_the_plan_begins_secret_links_and_no_others(
    run: Runner, plan_file: Path, rosters: tuple[Path, Path], tmp_path: Path
) -> None:
    """The names of files can be guessed: no address is made of them."""
    plan_file.write_text(
        plan_file.read_text("utf-8") + "publish: {url: 'https://example.org/duty/'}\n", encoding="utf-8"
    )
    made = run("publish", rosters[0], "--plan", plan_file, "--out", tmp_path / "pub")
    assert "Gate  volunteers/duty-anna.ics" in made.out
    assert "example.org" not in made.out + made.err
    links = run("tokens", "new", tmp_path / "pub", "anna")
    assert "https://example.org/duty/f/" in links.out


def test_a_ledger_that_is_none_is_refused_in_both_languages(
    run: Runner, plan_file: Path, rosters: tuple[Path, Path], tmp_path: Path
) -> None:
    options = ("--plan", plan_file, "--out", tmp_path / "pub", "--ledger", plan_file)
    english = run("publish", rosters[0], *options)
    assert english.status == 6
    assert "this file is not a ledger of publications; name another file with --ledger" in english.err
    assert (
        "该文件不是发布台账；请用 --ledger 指定另一个文件"
        in run("--lang", "zh", "publish", rosters[0], *options).err
    )


def test_its_help_names_every_option_and_gives_an_example(run: Runner) -> None:
    shown = run("publish", "--help").out
    assert "scheduler publish out/roster.json" in shown
    for option in ("--ledger", "--alarm", "--utc", "--language", "--draft", "--dry-run", "--diff", "--json"):
        assert option in shown
