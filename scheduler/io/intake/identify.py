"""Who the people in tables are: known ones, new ones, and those who cannot be told apart."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.errors import Fault
from scheduler.io.intake.person import Draft
from scheduler.io.intake.roll import Answer, Roll, Sought, name_key
from scheduler.text import Text, joined, same


def identified(drafts: list[Draft], roll: Roll, faults: list[Fault]) -> dict[str, list[Draft]]:
    """Who each draft is: known ids, and drafts by keys of their own if they are new."""
    named: dict[str, list[Draft]] = {}
    for draft in drafts:
        if (key := _who(draft, roll, faults)) is not None:
            named.setdefault(key, []).append(draft)
    alike = list(_alike(named))
    faults += [_unclear(several) for several in alike]
    for several in named.values():
        if not any(several[0] in one for one in alike):
            faults += _contradictions(several)
    return named


def _who(draft: Draft, roll: Roll, faults: list[Fault]) -> str | None:
    """The id of somebody known, or a key for somebody new; None with a fault if it is not clear."""
    if draft.id:
        return _with_id(draft, roll, faults)
    new = f"\0{draft.organisation or ''}\0{name_key(draft.name.text)}\0{draft.phone[-4:]}"
    if draft.new:
        return new
    found = roll.find(Sought(draft.name.text, draft.organisation, draft.phone))
    if found.answer is Answer.FOUND:
        return found.volunteers[0].id
    if found.answer is Answer.UNKNOWN:
        return new
    ids = joined([same(one.id) for one in found.volunteers])
    if found.answer is Answer.SEVERAL:
        text = Text(f"several in the plan are called so: {ids.en}", f"计划中有多人同名：{ids.zh}")
    else:
        text = Text(f"the plan has this name with another phone: {ids.en}", f"计划中此人的电话不同：{ids.zh}")
    hint = Text(
        'add a column "id" and write who is meant there, or "new"',
        "请增加“人员编号”列，填写所指的编号，或填“新增”",
    )
    faults.append(draft.name.fault(text, hint))
    return None


def _with_id(draft: Draft, roll: Roll, faults: list[Fault]) -> str | None:
    """The id a row gives; a known one must go with the name, or at least with the phone."""
    known = roll.with_id(draft.id)
    if known is None or name_key(draft.name.text) in {name_key(known.label.en), name_key(known.label.zh)}:
        return draft.id
    if known.phone and str(draft.values.get("phone", ""))[-4:] == known.phone[-4:]:
        return draft.id
    text = Text(
        f'this row has the id {draft.id} of "{known.label.en}", but the name "{draft.name.text}"',
        f"本行的编号 {draft.id} 属于“{known.label.zh}”，姓名却是“{draft.name.text}”",
    )
    hint = Text(
        "write another person in a row of their own without an id; a corrected name needs the phone beside it",
        "换人请另起一行，不填编号；更正姓名请同时填写本人电话",
    )
    faults.append(draft.name.fault(text, hint))
    return None


def _alike(named: dict[str, list[Draft]]) -> Iterator[list[Draft]]:
    """Rows that cannot be told apart: the same person, or name and organisation, and one has no phone or id."""
    by_name: dict[str, list[Draft]] = {}
    for key, drafts in named.items():
        by_name.setdefault(key.rpartition("\0")[0] or key, []).extend(drafts)
    for every in by_name.values():
        if len(every) > 1 and any(not one.phone and not one.id for one in every):
            yield every


def _unclear(several: list[Draft]) -> Fault:
    first, *others = several
    name = first.name.text
    rows = ", ".join(f"{one.name.sheet}:{one.name.row}" for one in others)
    return first.name.fault(
        Text(
            f'"{name}" is there more than once without a phone to tell them apart, also in {rows}',
            f"“{name}”出现多次，且没有电话可以区分，另见 {rows}",
        ),
        Text("fill in the phone, or an id", "请填写电话或人员编号"),
    )


def _contradictions(several: list[Draft]) -> Iterator[Fault]:
    """What two rows of one person say differently."""
    first, *others = several
    for other in others:
        for key, value in other.values.items():
            if key in first.values and first.values[key] != value:
                text = Text(
                    f"{first.name.sheet}:{first.name.row} says something else of the same person ({key})",
                    f"与 {first.name.sheet}:{first.name.row} 中同一人的内容不一致（{key}）",
                )
                yield other.name.fault(text, Text("keep one of the rows", "请只保留一行"))
