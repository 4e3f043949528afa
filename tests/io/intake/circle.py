"""A plan with seven people for what they write: two of one name, one with a calendar of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scheduler.domain.volunteer import Volunteer
from scheduler.io.edit import PlanEdit
from scheduler.io.yaml_marked import parse_yaml

PLAN = """\
id: circle
name: 二月值守
horizon: {first: 2020-02-15, last: 2020-02-23}
places: [{id: east, name: 东河沿社区}]
organisations:
  - {id: first, name: 民建一支部, short: 一支部}
  - {id: second, name: 民建二支部, short: 二支部}
shift_types:
  - {id: morning, name: {en: Morning, zh: 上午班}, start: 08:00, end: 12:00}
  - {id: afternoon, name: {en: Afternoon, zh: 下午班}, start: 13:00, end: 17:00, burden: 1.1}
  - {id: evening, name: {en: Evening, zh: 晚班}, start: 18:00, end: 22:00, burden: 1.6}
demand: [{shifts: [morning, afternoon, evening], least: 1}]
posts:
  - {id: west-gate, name: {en: Fuguang Road west gate, zh: 福光路西口}, place: east}
  - {id: north-gate, name: {en: Donghe Road north gate, zh: 东河沿北门}, place: east}
volunteers:
  - {id: wang, name: {en: Wang Fang, zh: 王芳}, organisation: first, phone: "13800001111"}
  - {id: zhang-1, name: 张伟, organisation: first, phone: "13800002222"}
  - {id: zhang-2, name: 张伟, organisation: second, phone: "13800003333"}
  - {id: liu, name: 刘娜, organisation: second, availability: always}
  - id: chen          # keeps a calendar
    name: 陈静
    organisation: second
    availability: {only: [weekend], unavailable: ["2020-02-16 18:00-22:00 from chen-calendar", "2020-02-22"]}
    requests: [{kind: avoid, when: sun}]
  - {id: ouyang, name: 欧阳小雨, organisation: first, history: {shifts: 9, burden: 9.9}}
  - {id: li, name: 李建国, organisation: first}
"""


def edit_in(folder: Path, more: str = "") -> PlanEdit:
    """The plan in a folder, ready to be changed."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "plan.yaml"
    if not path.exists():
        path.write_text(PLAN + more, encoding="utf-8")
    return PlanEdit(path)


def file_in(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    """A file with a text in an encoding, or with bytes."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def after(edit: PlanEdit, name: str) -> Volunteer:
    """A volunteer as they are after the edit."""
    return next(one for one in edit.check().problem.volunteers if one.id == name)


def entry(edit: PlanEdit, name: str) -> dict[str, Any]:
    """A volunteer as the plan's file will hold them."""
    return next(one for one in edit.entries("volunteers") if one["id"] == name)


def written(folder: Path, name: str) -> dict[str, Any]:
    """A volunteer as the plan's file in a folder holds them."""
    data = parse_yaml((folder / "plan.yaml").read_text(encoding="utf-8"), "").data
    assert isinstance(data, dict)
    return next(one for one in data["volunteers"] if one["id"] == name)


def said(faults: tuple[Any, ...] | list[Any]) -> list[str]:
    """Faults in Chinese: place and text."""
    return [f"{fault.place} {fault.text.zh}" for fault in faults]
