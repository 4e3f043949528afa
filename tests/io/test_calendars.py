import json
from pathlib import Path

import pytest

from scheduler.domain.roster import Roster
from scheduler.errors import ExitStatus, PublishError
from scheduler.io.calendars import slugs, write_calendars
from scheduler.io.published import INDEX, digest_of, read_index, write_index
from scheduler.problem import Problem
from scheduler.publish.event import Audience
from scheduler.text import Language
from tests.builders import problem, roster

PEOPLE = ({"id": "anna", "organisation": "club"}, {"id": "张伟"})


def plan(people: tuple[dict[str, str], ...] = PEOPLE) -> Problem:
    return problem(people, days=2, organisations=[{"id": "club"}])


def made(plan: Problem) -> Roster:
    return roster(plan.instance(), anna="0 morning, 1 night")


def write(folder: Path, given: Problem | None = None, **options: bool) -> tuple[list[str], list[str]]:
    given = given or plan()
    written = write_calendars(folder, made(given), given, Language.ZH, **options)
    return [str(p.relative_to(folder)) for p in written.files], [p.name for p in written.removed]


def test_everyone_has_a_file_with_an_ascii_name(tmp_path: Path) -> None:
    files, removed = write(tmp_path)
    assert files == [
        "volunteers/duty-anna.ics",
        "volunteers/duty-id-a3a0bafd0bee.ics",
        "posts/post-gate.ics",
        "organisations/organisation-club.ics",
        "all.ics",
        "open.ics",
    ]
    assert removed == []
    assert all((tmp_path / name).read_bytes().endswith(b"END:VCALENDAR\r\n") for name in files)


def test_writing_twice_gives_the_same_folder(tmp_path: Path) -> None:
    write(tmp_path)
    first = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    write(tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == first
    assert len(first) == 7


def test_files_of_an_earlier_run_are_taken_away_and_others_stay(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "volunteers" / "notes.txt").write_text("mine")
    (tmp_path / "volunteers" / "duty-mine.ics").write_text("mine")
    _, removed = write(tmp_path, plan(PEOPLE[:1]))
    assert removed == ["duty-id-a3a0bafd0bee.ics"]
    left = sorted(path.name for path in (tmp_path / "volunteers").iterdir())
    assert left == ["duty-anna.ics", "duty-mine.ics", "notes.txt"]
    assert write(tmp_path, plan(PEOPLE[:1]))[1] == []


def test_the_index_of_an_older_version_is_read(tmp_path: Path) -> None:
    (tmp_path / "all.ics").write_text("of an older version")
    older = {"format": "duty-scheduler calendars 1", "plan": "small", "files": ["all.ics", "mine.txt"]}
    (tmp_path / INDEX).write_text(json.dumps(older))
    assert write(tmp_path)[1] == []


def test_the_index_says_whose_each_file_is(tmp_path: Path) -> None:
    write(tmp_path)
    index = read_index(tmp_path)
    assert index is not None
    assert [(one.path, one.owner) for one in index.files if one.audience is Audience.VOLUNTEER] == [
        ("volunteers/duty-anna.ics", "anna"),
        ("volunteers/duty-id-a3a0bafd0bee.ics", "张伟"),
    ]
    for one in index.files:
        assert one.digest == digest_of((tmp_path / one.path).read_bytes())
    assert index.ledger is None


def test_an_export_does_not_touch_what_was_published(tmp_path: Path) -> None:
    write(tmp_path)
    index = read_index(tmp_path)
    assert index is not None
    write_index(tmp_path, index.model_copy(update={"ledger": "some"}))
    with pytest.raises(PublishError, match="were published here"):
        write(tmp_path)
    write(tmp_path, force=True)


def test_a_file_that_is_not_ours_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "all.ics").write_text("mine")
    with pytest.raises(PublishError, match=r"all\.ics") as raised:
        write(tmp_path)
    assert raised.value.status is ExitStatus.PUBLISH
    assert [path.name for path in tmp_path.iterdir()] == ["all.ics"]
    assert (tmp_path / "all.ics").read_text() == "mine"
    write(tmp_path, force=True)
    assert (tmp_path / "all.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


@pytest.mark.parametrize("content", ["", "[1]", '{"format": "another"}', '{"files": ["all.ics"]}'])
def test_an_index_that_is_not_ours_stops_the_writing(tmp_path: Path, content: str) -> None:
    (tmp_path / INDEX).write_text(content)
    with pytest.raises(PublishError, match=r"index\.json"):
        write(tmp_path)
    assert (tmp_path / INDEX).read_text() == content
    write(tmp_path, force=True)
    assert json.loads((tmp_path / INDEX).read_text())["plan"] == "small"


@pytest.mark.parametrize(
    "name", ["../mine.ics", "volunteers/../../mine.ics", "/etc/mine.ics", "mine.txt", "3"]
)
def test_an_index_cannot_take_away_what_this_program_does_not_write(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "calendars"
    write(folder)
    index = json.loads((folder / INDEX).read_text())
    foreign = index["files"][0] | {"path": name}
    (folder / INDEX).write_text(json.dumps(index | {"files": [*index["files"], foreign]}))
    for mine in (tmp_path / "mine.ics", folder / "mine.txt"):
        mine.write_text("mine")
    with pytest.raises(PublishError, match="does not list"):
        write(folder)
    assert write(folder, force=True)[1] == []
    assert (tmp_path / "mine.ics").exists()
    assert (folder / "mine.txt").exists()


def test_an_interrupted_run_can_be_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("scheduler.io.calendars.to_ics", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            write(tmp_path)
    (tmp_path / "all.ics").write_text("half written by the same run")
    assert write(tmp_path)[0][-1] == "open.ics"


def test_plain_ids_keep_their_name_whoever_else_is_there() -> None:
    assert slugs(["V001", "li.hua_2-x"]) == {"V001": "V001", "li.hua_2-x": "li.hua_2-x"}
    assert slugs(["V001", "张伟"])["V001"] == "V001"


@pytest.mark.parametrize(
    "ids",
    [
        ("Anna", "anna", "ANNA"),
        ("张伟", "张玮", "李"),
        ("a张", "a李", "a"),
        ("张伟", "id-a3a0bafd0bee"),
        ("e\u0301", "\u00e9"),
    ],
)
def test_file_names_never_collide_even_where_case_does_not_count(ids: tuple[str, ...]) -> None:
    names = slugs(ids)
    assert len({name.lower() for name in names.values()}) == len(ids)
    assert all(name.isascii() for name in names.values())
