"""What a publication did, as people and machines read it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scheduler.cli.caldav_push import Target, data_of
from scheduler.cli.speech import speaker, words
from scheduler.cli.tables import show
from scheduler.io.publication import Publication, Recipient
from scheduler.publish.changes import Change, Duty, sentences
from scheduler.publish.event import Audience
from scheduler.report.grid import Grid
from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.caldav.push import Pushed

_AUDIENCES = {
    Audience.POST: Text("posts", "岗位"),
    Audience.ORGANISATION: Text("organisations", "组织"),
    Audience.ALL: Text("whole roster", "总表"),
    Audience.OPEN: Text("open shifts", "空缺班次"),
}


def show_publication(made: Publication, out: Path, *, dry: bool) -> None:
    """Print whom to send to again with a sentence each; of a trial, what would change as a table."""
    if made.completed:
        speaker.err.print(
            words("An earlier run ended half-way; its work is included.", "上次发布中途中断，本次一并补全。"),
            markup=False,
        )
    if dry:
        show(grid_of(made.changes, made.names))
    else:
        _show_people([one for one in made.recipients if one.sentence])
        _show_others([one for one in made.recipients if not one.sentence])
    speaker.out.print(_summary(made, out, dry=dry), markup=False)


def show_changes(difference: tuple[Sequence[Change], Mapping[str, Text]], *, as_json: bool) -> None:
    """Print what changes from one roster to another: a sentence a person, or JSON."""
    changes, names = difference
    if as_json:
        typer.echo(json.dumps({"changes": _changes(changes)}, ensure_ascii=False, indent=2))
        return
    for _, sentence in sentences(changes, names):
        speaker.out.print(speaker.say(sentence), markup=False)
    if not changes:
        speaker.out.print(words("Nothing changes for anybody.", "对任何人都没有变动。"))


def grid_of(changes: Sequence[Change], names: Mapping[str, Text]) -> Grid:
    """Changes as a table: sign, who, what."""
    rows = tuple((one.kind.sign, names.get(one.volunteer, one.volunteer), one.sentence) for one in changes)
    columns = (Text("", ""), Text("volunteer", "志愿者"), Text("change", "变动"))
    return Grid(Text("What would change", "将会发生的变动"), columns, rows)


def as_data(made: Publication, pushed: Pushed | None = None, target: Target | None = None) -> str:
    """A publication as JSON, with the push that followed it."""
    data: dict[str, object] = {
        "edition": made.edition,
        "files": made.feeds,
        "written": list(made.written),
        "completed": made.completed,
        "changes": _changes(made.changes),
        "send": [
            {
                "audience": str(one.audience),
                "owner": one.owner,
                "name": _both(one.label),
                "path": one.path,
                "sentence": _both(one.sentence) if one.sentence else None,
            }
            for one in made.recipients
        ],
    }
    if pushed is not None and target is not None:
        data["caldav"] = data_of(pushed, target)
    return json.dumps(data, ensure_ascii=False, indent=2)


def _show_people(people: Sequence[Recipient]) -> None:
    if not people:
        return
    speaker.out.print(words("Send to:", "请发送给："), style="bold")
    for one in people:
        assert one.sentence is not None
        speaker.out.print(f"  {speaker.say(one.sentence)}  {one.path}", markup=False)


def _show_others(others: Sequence[Recipient]) -> None:
    for audience, name in _AUDIENCES.items():
        mine = [one for one in others if one.audience is audience]
        if not mine:
            continue
        listed = words(", ", "、").join(speaker.say(one.label) for one in mine) if mine[0].owner else ""
        text = f"{speaker.say(name)}{words(': ', '：') if listed else ''}{listed}"
        speaker.out.print(words("Also changed: ", "另有变动：") + text, markup=False)


def _summary(made: Publication, out: Path, *, dry: bool) -> str:
    if not made.written:
        return words(
            f"Nothing changed: all {made.feeds} calendar files stay as they are.",
            f"没有变动：{made.feeds} 个日历文件均保持原样。",
        )
    people = sum(one.audience is Audience.VOLUNTEER for one in made.recipients)
    if dry:
        return words(
            f"{len(made.written)} of {made.feeds} calendar files would be written, for {people} volunteers; "
            "nothing was.",
            f"将改写 {made.feeds} 个日历文件中的 {len(made.written)} 个，涉及志愿者 {people} 人；未作任何改动。",
        )
    return words(
        f"Edition {made.edition}: {len(made.written)} of {made.feeds} calendar files written in {out}; "
        f"volunteers to send to: {people}",
        f"第 {made.edition} 版：{made.feeds} 个日历文件中写入 {len(made.written)} 个，位于 {out}；"
        f"需发送的志愿者：{people} 人",
    )


def _changes(changes: Sequence[Change]) -> list[dict[str, object]]:
    return [
        {
            "kind": str(one.kind),
            "volunteer": one.volunteer,
            "before": _duty(one.before),
            "after": _duty(one.after),
            "sentence": _both(one.sentence),
        }
        for one in changes
    ]


def _duty(duty: Duty | None) -> dict[str, object] | None:
    if duty is None:
        return None
    return {
        "start": duty.start.isoformat(),
        "end": duty.end.isoformat(),
        "post": _both(duty.post),
        "location": _both(duty.location),
        "status": str(duty.status),
    }


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}
