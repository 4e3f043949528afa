"""The end of every import: the changes shown, then written unless it is a dry run."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from scheduler.cli import tables
from scheduler.cli.import_options import show_unsettled, to_settle
from scheduler.cli.speech import speaker, words
from scheduler.errors import Fault
from scheduler.io.edit import PlanEdit
from scheduler.text import Text

_COUNTS = {
    "added": Text("new: {n}", "新增 {n}"),
    "updated": Text("updated: {n}", "更新 {n}"),
    "unchanged": Text("as they were: {n}", "未变 {n}"),
}


def finish(
    edit: PlanEdit,
    ids: Mapping[str, Sequence[str]],
    notes: Sequence[Text],
    *,
    dry_run: bool,
    as_json: bool,
    also: Mapping[Path, bytes] | None = None,
    unsettled: Sequence[Fault] = (),
) -> None:
    """Show what an import changes and write it; in a dry run it is only checked.

    ``ids`` are the ids that are ``added``, ``updated`` and ``unchanged``; ``also`` are other files to write;
    ``unsettled`` is what was not taken because a person must settle it.
    """
    if dry_run:
        edit.check()
        written: tuple[Path, ...] = ()
    else:
        written = edit.commit(also)
    for note in notes:
        speaker.err.print(speaker.say(note), markup=False)
    if as_json:
        data = {**_data(edit, ids, notes, written), "to_settle": to_settle(unsettled)}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    if edit.changes():
        tables.show(edit.grid())
    counts = words(", ", "，").join(
        speaker.say(_COUNTS[kind].format(n=len(names))) for kind, names in ids.items()
    )
    show_unsettled(unsettled)
    before = f"{counts}{words('. ', '。')}" if counts else ""
    speaker.out.print(f"{before}{_end(written, dry_run=dry_run)}", markup=False)


def _end(written: Sequence[Path], *, dry_run: bool) -> str:
    if dry_run:
        return words("Nothing was written (--dry-run).", "未写入任何文件（--dry-run）。")
    if not written:
        return words("Nothing changed.", "没有变化。")
    names = ", ".join(path.name for path in written)
    return words(f"Written: {names}", f"已写入：{names}")


def _data(
    edit: PlanEdit, ids: Mapping[str, Sequence[str]], notes: Sequence[Text], written: Sequence[Path]
) -> dict[str, object]:
    return {
        **{kind: list(names) for kind, names in ids.items()},
        "changes": [
            {
                "section": one.section,
                "id": one.id,
                "key": one.key,
                "before": one.before,
                "after": one.after,
            }
            for one in edit.changes()
        ],
        "notes": [{"en": note.en, "zh": note.zh} for note in notes],
        "written": [path.as_posix() for path in written],
    }
