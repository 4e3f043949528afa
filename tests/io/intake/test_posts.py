"""Tables of posts: which post a row is of, and what it asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.domain.post import Post
from scheduler.errors import InputError
from scheduler.io.edit import PlanEdit
from scheduler.io.intake.intake import Intake
from scheduler.io.intake.posts import PostsOptions, import_posts
from tests.io.intake.circle import file_in, said
from tests.io.intake.worlds import plan_in

HEAD = "点位名称,社区,班次,人数,技能要求"


def take(folder: Path, *rows: str) -> tuple[Intake, dict[str, Post]]:
    edit = PlanEdit(plan_in(folder))
    path = file_in(folder, "posts.csv", "\n".join((HEAD, *rows)))
    found = import_posts(edit, [path], PostsOptions())
    return found, {one.id: one for one in edit.check().problem.posts}


def refused(folder: Path, *rows: str) -> list[str]:
    with pytest.raises(InputError) as error:
        take(folder, *rows)
    return said(error.value.faults)


def test_a_post_of_the_same_name_in_another_place_is_another_post(tmp_path: Path) -> None:
    intake, posts = take(tmp_path, "福光路西口,幸福社区,晚班,2")
    assert {name: one.place for name, one in posts.items()} == {"gate": "east", "post-01": "west"}
    assert posts["gate"].demand == ()
    assert [note.en for note in intake.notes] == ["post-01 is new; a post elsewhere has its name: gate"]


def test_both_posts_of_a_name_may_stand_in_one_table(tmp_path: Path) -> None:
    _, posts = take(tmp_path, "福光路西口,东河沿社区,晚班,2", "福光路西口,幸福社区,晚班,3")
    assert {name: one.demand[0].least for name, one in posts.items()} == {"gate": 2, "post-01": 3}


@pytest.mark.parametrize(("place", "ids"), [("东街", ["gate"]), ("西街", ["gate", "post-01"])])
def test_the_subdistrict_of_a_post_names_its_place(tmp_path: Path, place: str, ids: list[str]) -> None:
    streets = "{id: e, name: 东街}, {id: w, name: 西街}, "
    plan = plan_in(tmp_path)
    text = plan.read_text("utf-8").replace("{id: east,", "{id: east, within: e,")
    plan.write_text(text.replace("places: [", f"places: [{streets}"), encoding="utf-8")
    edit = PlanEdit(plan)
    import_posts(edit, [file_in(tmp_path, "p.csv", f"{HEAD}\n福光路西口,{place},晚班,2")], PostsOptions())
    assert [one.id for one in edit.check().problem.posts] == ids


@pytest.mark.parametrize(("hours", "heads", "column"), [("半天", "1", "C"), ("晚班", "若干", "D")])
def test_what_cannot_be_read_is_said_once(tmp_path: Path, hours: str, heads: str, column: str) -> None:
    found = refused(tmp_path, f"东门,幸福社区,{hours},{heads}")
    assert [one.split()[1] for one in found] == [column]


def test_hours_that_cannot_be_read_are_answered_with_the_shifts_there_are(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        take(tmp_path, "东门,幸福社区,晚上,1")
    (fault,) = error.value.faults
    assert fault.hint is not None
    assert fault.hint.zh == "请写成如 8:00-12:00，或 上午班、晚班"


@pytest.mark.parametrize("text", ["医务1人", "至少医务1名", "医务*1人"])
def test_some_of_a_crew_may_need_a_skill(tmp_path: Path, text: str) -> None:
    _, posts = take(tmp_path, f"东门,幸福社区,晚班,2,{text}")
    (demand,) = posts["post-01"].demand
    assert [(one.skill, one.least) for one in demand.skills] == [("medical", 1)]
    assert posts["post-01"].skills == ()


def test_a_skill_alone_is_asked_of_everybody(tmp_path: Path) -> None:
    _, posts = take(tmp_path, "东门,幸福社区,晚班,2,医务、驾驶1人")
    assert posts["post-01"].skills == ("medical",)
    assert [one.skill for one in posts["post-01"].demand[0].skills] == ["driving"]


def test_a_skill_for_some_needs_the_size_of_the_crew(tmp_path: Path) -> None:
    assert refused(tmp_path, "福光路西口,东河沿社区,,,医务1人") == [
        "posts.csv:2 E 写明班组中某技能的人数时，本行须同时写明每班人数"
    ]


def test_a_skill_the_plan_does_not_list_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "东门,幸福社区,晚班,2,木工1人") == ["posts.csv:2 E 没有技能“木工1人”"]


@pytest.mark.parametrize(
    "title", ["点长及电话", "点长/联系电话", "负责人和手机", "点长、电话", "leader and phone"]
)
@pytest.mark.parametrize(
    ("cell", "leader", "phone"),
    [
        ("林站长 13800000001", "林站长", "13800000001"),
        ("林站长13800000001", "林站长", "13800000001"),
        ("林站长（138 0000 0001）", "林站长", "13800000001"),
        ("林站长，电话：010-67112233", "林站长", "01067112233"),
        ("Lin Hai, +44 20 7946 0958", "Lin Hai", "+442079460958"),
        ("林站长", "林站长", None),
        ("13800000001", None, "13800000001"),
        ("无", None, None),
    ],
)
def test_leader_and_phone_may_share_a_column(
    tmp_path: Path, title: str, cell: str, leader: str | None, phone: str | None
) -> None:
    edit = PlanEdit(plan_in(tmp_path))
    content = f'{HEAD},{title}\n东门,幸福社区,晚班,2,,"{cell}"'
    intake = import_posts(edit, [file_in(tmp_path, "p.csv", content)], PostsOptions())
    post = next(one for one in edit.check().problem.posts if one.id == "post-01")
    assert (post.leader and post.leader.zh, post.phone) == (leader, phone)
    assert intake.notes == ()


@pytest.mark.parametrize(
    "cell", ["林站长13800000001、王站长13800000002", "林站长1380000", "13800000001林站长"]
)
def test_what_is_no_name_with_a_phone_is_named_by_its_cell(tmp_path: Path, cell: str) -> None:
    edit = PlanEdit(plan_in(tmp_path))
    path = file_in(tmp_path, "p.csv", f"{HEAD},点长及电话\n东门,幸福社区,晚班,2,,{cell}")
    with pytest.raises(InputError) as error:
        import_posts(edit, [path], PostsOptions())
    assert [one.place for one in error.value.faults] == ["p.csv:2 F"]


@pytest.mark.parametrize(("cell", "right"), [("甲13800000001", True), ("乙13800000001", False)])
def test_two_columns_for_a_leader_must_agree(tmp_path: Path, cell: str, right: bool) -> None:
    edit = PlanEdit(plan_in(tmp_path))
    path = file_in(tmp_path, "p.csv", f"{HEAD},负责人,点长及电话\n东门,幸福社区,晚班,2,,甲,{cell}")
    if not right:
        with pytest.raises(InputError) as error:
            import_posts(edit, [path], PostsOptions())
        assert said(error.value.faults) == ["p.csv:2 G 与本行其他列所写不一致"]
        return
    import_posts(edit, [path], PostsOptions())
    assert next(one for one in edit.check().problem.posts if one.id == "post-01").phone == "13800000001"
