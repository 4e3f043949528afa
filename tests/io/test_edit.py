"""A plan changed in place: only what changes is touched, all is checked first, all files or none are written."""

from __future__ import annotations

import codecs
import datetime as dt
import difflib
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.domain.request import TimeWindow
from scheduler.errors import InputError, PublishError
from scheduler.io import files
from scheduler.io.columns import row_of
from scheduler.io.edit import PlanEdit
from scheduler.io.read import read_plan
from scheduler.io.yaml_edit import edited_yaml
from scheduler.io.yaml_marked import parse_yaml
from scheduler.text import Text, same

PLAN = """\
# the plan of the gate
id: small
name: {en: Small, zh: 小}   # its name
horizon: {first: 2020-03-02, last: 2020-03-03}
places:
- {id: town}
shift_types: [{id: day, start: 08:00, end: 20:00}]
demand: [{shifts: [day], least: 1}]
posts:
  - id: gate      # the only one
    place: town
organisations:
volunteers: VOLUNTEERS
# the end
"""
INLINE = """
  - {id: anna, availability: always}   # the first

  - id: bo
    # comes by bicycle
    availability: sat; sun   # weekends
    contract: {per_week: 2}"""
TABLE = "id,name,availability,unavailable\nanna,林安,always,\nbo,王波,sat; sun,2020-03-02\n"


def inline(folder: Path) -> Path:
    path = folder / "plan.yaml"
    path.write_text(PLAN.replace("VOLUNTEERS", INLINE), encoding="utf-8")
    return path


def tabled(folder: Path, table: bytes = TABLE.encode()) -> Path:
    path = folder / "plan.yaml"
    path.write_text(PLAN.replace("VOLUNTEERS", "{file: people.csv}"), encoding="utf-8")
    (folder / "people.csv").write_bytes(table)
    return path


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def test_only_the_value_that_changes_is_touched(tmp_path: Path) -> None:
    path = inline(tmp_path)
    before = path.read_text("utf-8")
    edit = PlanEdit(path)
    edit.put("volunteers", "bo", {"contract.per_week": 3})
    edit.put("volunteers", "anna", {"name": "林 安"})
    edit.commit()
    assert changed_lines(before, path.read_text("utf-8")) == [
        "-  - {id: anna, availability: always}   # the first",
        "+  - {id: anna, availability: always, name: 林 安}   # the first",
        "-    contract: {per_week: 2}",
        "+    contract: {per_week: 3}",
    ]


def test_new_entries_follow_the_layout_of_those_there(tmp_path: Path) -> None:
    path = inline(tmp_path)
    before = path.read_text("utf-8")
    edit = PlanEdit(path)
    edit.put("volunteers", "cai", {"name": "蔡青: 二", "contract.per_day": 1})
    edit.put("organisations", "branch", {"name": "第一支社", "size": 12})
    edit.put("places", "north", {"within": "town"})
    edit.append("pairings", {"organisation": "branch", "place": "town", "kind": "preferred"})
    edit.append("shift_types", {"id": "night", "start": dt.time(20), "end": dt.time(8)})
    edit.commit()
    assert changed_lines(before, path.read_text("utf-8")) == [
        "-shift_types: [{id: day, start: 08:00, end: 20:00}]",
        "+- {id: north, within: town}",
        "+shift_types: [{id: day, start: 08:00, end: 20:00}, {id: night, start: 20:00, end: 08:00}]",
        "+  - {id: branch, name: 第一支社, size: 12}",
        "+  - id: cai",
        '+    name: "蔡青: 二"',
        "+    contract: {per_day: 1}",
        "+pairings:",
        "+  - {organisation: branch, place: town, kind: preferred}",
    ]
    assert len(read_plan(path).problem.volunteers) == 3


def test_what_says_the_same_is_no_change(tmp_path: Path) -> None:
    for path in (inline(tmp_path), tabled(tmp_path)):
        edit = PlanEdit(path)
        edit.put("volunteers", "bo", {"availability.only": [{"weekdays": ["sat"]}, "sun"], "tier": None})
        edit.extend("volunteers", "bo", "availability.only", ["sun"])
        edit.put("volunteers", "anna", {"availability": {"always": True}})
        edit.put("volunteers", "bo", {"availability": edit.plan.problem.volunteers[1].availability})
        edit.set("horizon.last", dt.date(2020, 3, 3))
        edit.append("places", {"id": "town"})
        edit.remove("volunteers", "nobody")
        assert edit.changes() == ()
        assert edit.commit() == ()


def test_entries_and_values_are_taken_away(tmp_path: Path) -> None:
    path = inline(tmp_path)
    edit = PlanEdit(path)
    edit.remove("volunteers", "anna")
    edit.put("volunteers", "bo", {"contract": None})
    edit.commit()
    text = path.read_text("utf-8")
    assert "anna" not in text
    assert "contract" not in text
    assert "# comes by bicycle" in text
    assert [one.id for one in read_plan(path).problem.volunteers] == ["bo"]


def test_a_short_availability_grows(tmp_path: Path) -> None:
    path = inline(tmp_path)
    edit = PlanEdit(path)
    edit.extend("volunteers", "bo", "availability.unavailable", ["2020-03-02 10:00..2020-03-03 12:00"])
    edit.commit()
    bo = read_plan(path).problem.volunteers[1]
    assert len(bo.availability.only) == 2
    assert bo.availability.unavailable[0].start == dt.datetime(2020, 3, 2, 10)  # noqa: DTZ001 - local


def test_a_table_changes_only_in_the_cells_that_differ(tmp_path: Path) -> None:
    path = tabled(tmp_path)
    edit = PlanEdit(path)
    edit.put("volunteers", "bo", {"name": "王,波"})
    edit.put("volunteers", "cai", {"name": "蔡青"})
    edit.commit()
    assert (tmp_path / "people.csv").read_text("utf-8") == (
        'id,name,availability,unavailable\nanna,林安,always,\nbo,"王,波",sat; sun,2020-03-02\ncai,蔡青,,\n'
    )


def test_a_table_gets_a_column_only_when_needed(tmp_path: Path) -> None:
    path = tabled(tmp_path)
    edit = PlanEdit(path)
    edit.put("volunteers", "anna", {"contract.per_week": 3})
    edit.remove("volunteers", "bo")
    edit.commit()
    text = (tmp_path / "people.csv").read_text("utf-8")
    assert text == "id,name,availability,unavailable,per_week\nanna,林安,always,,3\n"


@pytest.mark.parametrize(
    "encoded",
    [
        TABLE.encode("gb18030"),
        codecs.BOM_UTF8 + TABLE.encode(),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace(",", ";").replace("sat; sun", '"sat; sun"').encode(),
        TABLE.replace(",", "\t").encode(),
        TABLE.rstrip().encode(),
        (TABLE + "\n,,,\n").encode(),
    ],
)
def test_a_table_keeps_encoding_delimiter_and_line_ends(tmp_path: Path, encoded: bytes) -> None:
    path = tabled(tmp_path, encoded)
    edit = PlanEdit(path)
    edit.put("volunteers", "cai", {"name": "蔡青", "availability": "sat; sun", "unavailable": None})
    edit.put("volunteers", "anna", {"name": "林小安"})
    edit.commit()
    after = (tmp_path / "people.csv").read_bytes()
    for sign in (codecs.BOM_UTF8, b"\r\n", b"\t", b";", "安".encode()[:2], "波".encode("gb18030")):
        assert (sign in after) == (sign in encoded)
    plan = read_plan(path)
    assert [one.label.zh for one in plan.problem.volunteers] == ["林小安", "王波", "蔡青"]
    assert bool(plan.notes and "GB18030" in plan.notes[0].en) == (encoded == TABLE.encode("gb18030"))


def test_crlf_and_byte_order_mark_of_a_plan_stay(tmp_path: Path) -> None:
    path = inline(tmp_path)
    path.write_bytes(codecs.BOM_UTF8 + path.read_bytes().replace(b"\n", b"\r\n"))
    edit = PlanEdit(path)
    edit.put("volunteers", "cai", {"name": "蔡青"})
    edit.put("volunteers", "bo", {"name": "王波"})
    edit.commit()
    data = path.read_bytes()
    assert data.startswith(codecs.BOM_UTF8)
    assert data.count(b"\n") == data.count(b"\r\n")
    assert len(read_plan(path).problem.volunteers) == 3


def test_a_json_plan_keeps_its_order_and_indentation(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    data = parse_yaml(inline(tmp_path).read_text("utf-8"), "").data
    path.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", "utf-8")
    before = path.read_text("utf-8")
    edit = PlanEdit(path)
    edit.put("volunteers", "bo", {"contract.per_week": 3})
    edit.commit()
    assert changed_lines(before, path.read_text("utf-8")) == [
        '-        "per_week": 2',
        '+        "per_week": 3',
    ]


RICH = {
    "id": "dai",
    "name": "戴七",
    "skills": ["medical", {"skill": "driving", "until": "2020-04-01"}],
    "availability": {"only": ["mon-fri 18:00-22:00", "2020-03-01..2020-03-05"]},
    "requests": [
        {"kind": "want", "when": "sat"},
        {"kind": "avoid", "when": "2020-03-05 08:00..2020-03-06 12:00"},
        {"kind": "want", "when": "sun 08:00-12:00", "posts": ["gate"], "weight": 3},
    ],
    "history": {"shifts": "3", "recent": [{"day": "2020-03-01", "shift_type": "day"}]},
}


def test_a_table_holds_everything_a_volunteer_can_say(tmp_path: Path) -> None:
    rich = {key: value for key, value in RICH.items() if key not in ("id", "skills")}
    paths = [inline(tmp_path / "a"), tabled(tmp_path / "b")] if _made(tmp_path) else []
    found = []
    for path in paths:
        edit = PlanEdit(path)
        edit.put("volunteers", "dai", rich)
        edit.commit()
        found.append(read_plan(path).problem.volunteers[-1])
    assert found[0] == found[1]
    assert len(found[0].requests) == 3


def _made(folder: Path) -> bool:
    for name in ("a", "b"):
        (folder / name).mkdir()
    return True


def test_what_a_table_cannot_hold_is_said(tmp_path: Path) -> None:
    edit = PlanEdit(tabled(tmp_path))
    with pytest.raises(InputError, match="cannot hold name, contract"):
        edit.put("volunteers", "anna", {"name": {"en": "Lin An", "zh": "林安"}, "contract.per_day": [1]})
    with pytest.raises(InputError, match="cannot hold shoes"):
        row_of("volunteers", {"id": "anna", "shoes": 42})


def test_nothing_is_written_unless_all_is_sound(tmp_path: Path) -> None:
    path = tabled(tmp_path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    edit = PlanEdit(path)
    edit.set("name", "Other")
    edit.put("volunteers", "anna", {"organisation": "nowhere"})
    with pytest.raises(InputError) as wrong:
        edit.commit()
    assert wrong.value.faults[0].place == f"{(tmp_path / 'people.csv').as_posix()}:2 organisation"
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_rename_that_fails_takes_back_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tabled(tmp_path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    rename = Path.replace

    def fails(self: Path, target: Path) -> Path:
        if target.name == "people.csv" and "林新" in self.read_text("utf-8"):
            raise PermissionError(13, "locked")
        return rename(self, target)

    monkeypatch.setattr(files.Path, "replace", fails)
    edit = PlanEdit(path)
    edit.set("name", "Other")
    edit.put("volunteers", "anna", {"name": "林新"})
    with pytest.raises(PublishError, match="locked"):
        edit.commit(also={tmp_path / "intake" / "evidence.txt": b"x"})
    (tmp_path / "intake").rmdir()
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_other_files_are_written_with_the_plan(tmp_path: Path) -> None:
    edit = PlanEdit(inline(tmp_path))
    edit.set("name", "Other")
    evidence = tmp_path / "intake" / "chat.jsonl"
    assert edit.commit(also={evidence: b"{}\n"}) == (tmp_path / "plan.yaml", evidence)
    assert evidence.read_bytes() == b"{}\n"


def test_a_file_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tabled(tmp_path)
    edit = PlanEdit(path)
    edit.put("volunteers", "anna", {"name": "林新"})
    (tmp_path / "people.csv").write_text(TABLE + "cai,,,\n", "utf-8")
    with pytest.raises(InputError, match="meanwhile"):
        edit.commit()


def test_repeated_parts_are_refused_or_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    people = "[{id: anna, contract: &c {per_day: 1}}, {id: bo, contract: *c}]"
    path.write_text(PLAN.replace("VOLUNTEERS", people), "utf-8")
    edit = PlanEdit(path)
    edit.put("volunteers", "bo", {"contract.per_day": 2})
    edit.commit()
    assert [one.contract.per_day for one in read_plan(path).problem.volunteers] == [1, 2]
    path.write_text(PLAN.replace("VOLUNTEERS", people), "utf-8")
    edit = PlanEdit(path)
    edit.put("volunteers", "anna", {"contract.per_day": 2})
    with pytest.raises(InputError, match="cannot be changed in place"):
        edit.commit()


def test_changes_say_what_was_and_what_will_be(tmp_path: Path) -> None:
    edit = PlanEdit(tabled(tmp_path))
    edit.put("volunteers", "anna", {"name": "林新", "contract.per_week": 2})
    edit.remove("volunteers", "bo")
    found = [(one.id, one.key, one.before, one.after) for one in edit.changes()]
    assert found[:2] == [("anna", "name", "林安", "林新"), ("anna", "contract.per_week", None, "2")]
    assert ("bo", "availability.only", "sat; sun", None) in found
    assert edit.grid().rows[0] == (
        Text("volunteer", "志愿者"),
        Text("林新 (anna)", "林新 (anna)"),
        Text("name", "姓名或名称"),
        same("林安"),
        same("林新"),
    )
    assert edit.grid().rows[-1][2] == Text("taken away", "删除")


def test_changes_of_demand_wishes_and_references_are_told_in_words(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN.replace("VOLUNTEERS", "[{id: anna, name: 林安}]"), "utf-8")
    edit = PlanEdit(path)
    post, shift = edit.ids("posts")[0], edit.ids("shift_types")[0]
    place = edit.ids("places")[0]
    edit.put("places", place, {"name": {"en": "Town", "zh": "城里"}})
    edit.put("posts", post, {"demand": [{"shifts": [shift], "least": 2, "wanted": 3}]})
    edit.extend("volunteers", "anna", "requests", [{"kind": "want", "posts": [place]}])
    edit.put("volunteers", "anna", {"home": place, "availability.unavailable": ["sat 08:00-12:00"]})
    told = {getattr(row[2], "en", ""): row[4] for row in edit.grid().rows}
    assert told["demand"] == Text(f"{shift}: at least 2 people, 3 wanted", f"{shift}：至少2人，期望3人")
    assert told["requests"] == Text("would like Town", "希望值守城里")
    assert told["home"] == Text("Town", "城里")
    assert told["unavailable"] == Text("Sat 08:00-12:00", "周六 08:00-12:00")
    assert ("anna", "home", place) in {(one.id, one.key, one.after) for one in edit.changes()}


WORDS = st.text(alphabet="a0:# -'\"{}[],&*!|>%@`~?\n王。\t", max_size=6)
VALUES = st.recursive(
    WORDS | st.integers(-3, 3) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS.filter(bool), inner, max_size=3),
    max_leaves=6,
)
TEXT = """\
a: 1   # one
b:
  - {id: x, v: [1, 2]}

  - id: y   # why
    w: |
      long
    z: 2
c: {d: [], e: {f: null}}
g:
- 1
- - 2
  - 3
h: "q"
k:
  # inside
  m: 1   # one

  n: {o: 2}
"""


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_an_edited_text_reads_as_the_data_asked_for(data: st.DataObject) -> None:
    was = parse_yaml(TEXT, "").data
    assert isinstance(was, dict)
    now = dict(was)
    for key in data.draw(
        st.lists(st.sampled_from(["a", "b", "c", "g", "h", "k", "new"]), min_size=1, max_size=3)
    ):
        held = was.get(key)
        grown = [[*held, data.draw(VALUES)]] if isinstance(held, list) else []
        now[key] = data.draw(
            st.sampled_from([*grown, None]) if grown and data.draw(st.booleans()) else VALUES
        )
    edited = edited_yaml(TEXT, now)
    assert edited is not None
    assert parse_yaml(edited, "").data == now


WINDOWS = st.one_of(
    st.fixed_dictionaries(
        {},
        optional={
            "weekdays": st.lists(
                st.sampled_from(["mon", "tue", "wed", "sun"]), min_size=1, max_size=3, unique=True
            ),
            "classes": st.just(["workday"]),
            "dates": st.just(["2020-03-01", {"first": "2020-03-04", "last": "2020-03-06"}]),
            "hours": st.just(["18:00-22:00", {"start": "22:00", "end": "01:00"}]),
        },
    ).filter(bool),
    st.just({"start": "2020-03-05 08:00", "end": "2020-03-06 12:00"}),
)


@given(WINDOWS)
def test_a_window_in_a_cell_reads_as_it_was(window: dict[str, object]) -> None:
    cell = row_of("volunteers", {"id": "a", "availability": {"unavailable": [window]}})["unavailable"]
    assert TimeWindow.model_validate(cell) == TimeWindow.model_validate(window)


def test_a_list_inside_an_entry_is_replaced_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    wishes = "[{kind: want, when: sat}, {kind: avoid, when: sun}]"
    path.write_text(PLAN_WITH_ONE.format(wishes=wishes), encoding="utf-8")
    edit = PlanEdit(path)
    edit.put("volunteers", "anna", {"requests": [{"kind": "avoid", "when": "sun"}]})
    edit.commit()
    expected = PLAN_WITH_ONE.format(wishes="[{kind: avoid, when: sun}]")
    assert path.read_text(encoding="utf-8") == expected


PLAN_WITH_ONE = """\
id: one
name: one
horizon: {{first: 2020-03-02, last: 2020-03-08}}
places: [{{id: town}}]
shift_types: [{{id: morning, start: 08:00, end: 12:00}}]
posts: [{{id: gate, place: town, demand: [{{shifts: [morning], least: 1}}]}}]
volunteers:
  - id: anna
    availability: always
    requests: {wishes}
"""
