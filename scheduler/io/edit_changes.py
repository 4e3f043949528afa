"""What an edit changes, value by value."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.io.edit_data import Entry, canonical, long_availability
from scheduler.publish.privacy import masked_id, masked_phone
from scheduler.text import Text

KEYS = {
    "id": Text("id", "编号"),
    "name": Text("name", "姓名或名称"),
    "organisation": Text("organisation", "所属组织"),
    "within": Text("part of", "上级"),
    "kind": Text("kind", "类别"),
    "size": Text("members", "人数规模"),
    "promised": Text("promised person-times", "承诺人次"),
    "short": Text("short name", "简称"),
    "tier": Text("tier", "梯队"),
    "home": Text("home", "居住地"),
    "phone": Text("phone", "电话"),
    "email": Text("e-mail", "电子邮箱"),
    "id_number": Text("ID number", "身份证号"),
    "born": Text("born", "出生日期"),
    "joined": Text("joined", "加入日期"),
    "skills": Text("skills", "技能"),
    "teams": Text("teams", "小组"),
    "availability": Text("available", "可服务时间"),
    "availability.always": Text("always available", "随时可服务"),
    "availability.only": Text("available", "可服务时间"),
    "availability.unavailable": Text("unavailable", "不可服务时间"),
    "requests": Text("requests", "个人意愿"),
    "contract.per_day": Text("most shifts a day", "每日至多班数"),
    "contract.per_week": Text("most shifts a week", "每周至多班数"),
    "contract.per_horizon": Text("most shifts in all", "本期至多班数"),
    "history.shifts": Text("earlier shifts", "以往班数"),
    "history.burden": Text("earlier burden", "以往负担分"),
    "history.recent": Text("last shifts", "近期班次"),
    "place": Text("place", "地点"),
    "address": Text("address", "地址"),
    "tasks": Text("tasks", "职责"),
    "leader": Text("in charge", "负责人"),
    "demand": Text("demand", "人数需求"),
    "start": Text("from", "开始"),
    "end": Text("to", "结束"),
    "priority": Text("priority", "优先级"),
    "outdoor": Text("outdoor", "室外"),
}
"""What people call the values of entries, by dotted key."""


@dataclass(frozen=True, slots=True)
class Change:
    """A value that an edit changes: None before if it is new, None after if it is taken away.

    ``section`` and ``id`` say which entry (the id is empty for what belongs to the plan itself), ``key`` the
    value with dots (``contract.per_week``); before and after are written as a table's cell would hold them.
    """

    section: str
    id: str
    key: str
    before: str | None
    after: str | None


def differences(was: Entry, now: Entry) -> list[Change]:
    """What differs between two plans' data, section by section, entry by entry."""
    found: list[Change] = []
    for section in dict.fromkeys((*was, *now)):
        before, after = was.get(section), now.get(section)
        if before == after:
            continue
        if _have_ids(before) and _have_ids(after):
            old, new = _by_id(before), _by_id(after)
            for name in dict.fromkeys((*old, *new)):
                found += _differences(section, name, old.get(name, {}), new.get(name, {}))
        elif isinstance(before or [], list) and isinstance(after or [], list):
            found += _listed(section, before, after)
        else:
            found += _differences(section, "", {"": before}, {"": after})
    return found


def _listed(section: str, before: object, after: object) -> list[Change]:
    """Differences of lists without ids, item by item."""
    old, new = (list(map(canonical, one)) if isinstance(one, list) else [] for one in (before, after))
    gone = [Change(section, "", "", one, None) for one in old if one not in new]
    return gone + [Change(section, "", "", None, one) for one in new if one not in old]


def _differences(section: str, name: str, before: Entry, after: Entry) -> list[Change]:
    old, new = _leaves(before), _leaves(after)
    return [
        Change(section, name, key, _shown(key, old.get(key)), _shown(key, new.get(key)))
        for key in dict.fromkeys((*old, *new))
        if old.get(key) != new.get(key)
    ]


def _shown(key: str, value: str | None) -> str | None:
    """A value as it may be shown: numbers that lead to a person are masked."""
    if value is None:
        return None
    return masked_phone(value) if key == "phone" else masked_id(value) if key == "id_number" else value


def _leaves(value: Entry, around: str = "") -> dict[str, str]:
    """Values by dotted key; what has a short form counts as one value."""
    leaves: dict[str, str] = {}
    for key, inner in value.items():
        dotted = f"{around}.{key}".strip(".")
        if key == "availability":
            inner = long_availability(inner)  # noqa: PLW2901  the short form and the long one are the same
        if isinstance(inner, dict) and key not in ("name", "when"):
            leaves |= _leaves(inner, dotted)
        elif inner is not None:
            leaves[dotted] = canonical(inner)
    return leaves


def _have_ids(value: object) -> bool:
    return value is None or (isinstance(value, list) and all("id" in one for one in value))


def _by_id(value: object) -> dict[str, Entry]:
    return {str(one["id"]): one for one in value} if isinstance(value, list) else {}
