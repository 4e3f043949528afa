"""A folder of calendar files: who gets which file, written whole, nothing old left behind."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.errors import PublishError
from scheduler.io.files import refuse_to_overwrite, write_bytes, write_text
from scheduler.io.ics import to_ics
from scheduler.problem import Problem
from scheduler.publish.edition import ALARMS, edition
from scheduler.publish.event import Audience
from scheduler.text import Language, Text

INDEX = "index.json"
"""Lists the files of the folder that this program wrote."""

_FORMAT = "duty-scheduler calendars 1"
_OURS = re.compile(r"(volunteers/duty|posts/post|organisations/organisation)-[A-Za-z0-9._-]+\.ics|all\.ics")
_SAFE = re.compile(r"(?!.*-[0-9a-f]{12}$)[A-Za-z0-9._-]+", re.IGNORECASE)
_FOLDERS = {
    Audience.VOLUNTEER: "volunteers/duty",
    Audience.POST: "posts/post",
    Audience.ORGANISATION: "organisations/organisation",
}


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a folder of calendars, and those of an earlier run that were taken away."""

    files: tuple[Path, ...]
    removed: tuple[Path, ...]


def write_calendars(
    folder: Path,
    roster: Roster,
    problem: Problem,
    language: Language,
    *,
    utc: bool = False,
    alarms: Sequence[dt.timedelta] = ALARMS,
    force: bool = False,
) -> Written:
    """Write a roster's calendars: ``volunteers/``, ``posts/``, ``organisations/`` and ``all.ics``.

    Files that an earlier run wrote there are replaced or removed, as the index tells; another file in the way
    is an error unless ``force``.
    """
    names = file_names(roster.instance)
    earlier = set(_indexed(folder, force=force))
    refuse_to_overwrite((folder / name for name in names.values() if name not in earlier), force=force)
    stale = sorted(earlier - set(names.values()))
    _write_index(folder, problem, [*names.values(), *stale])
    for name in stale:
        (folder / name).unlink(missing_ok=True)
    for calendar in edition(problem, roster, alarms=alarms):
        name = names[calendar.audience, calendar.owner]
        write_bytes(folder / name, to_ics(calendar, language, utc=utc))
    _write_index(folder, problem, names.values())
    return Written(tuple(folder / name for name in names.values()), tuple(folder / name for name in stale))


def file_names(instance: Instance) -> dict[tuple[Audience, str], str]:
    """The file of each calendar, below the folder, by audience and owner."""
    owners = {
        Audience.VOLUNTEER: slugs(volunteer.id for volunteer in instance.volunteers),
        Audience.POST: slugs(instance.posts),
        Audience.ORGANISATION: slugs(instance.organisations),
    }
    names = {
        (audience, owner): f"{_FOLDERS[audience]}-{slug}.ics"
        for audience, found in owners.items()
        for owner, slug in found.items()
    }
    return names | {(Audience.ALL, ""): "all.ics"}


def slugs(ids: Iterable[str]) -> dict[str, str]:
    """A file name part for each id: ASCII, different even where case does not count.

    A plain id is kept, so names stay the same when people come and go; another one gets a hash of itself.
    """
    listed = list(ids)
    alike = Counter(one.lower() for one in listed)
    return {one: one if _SAFE.fullmatch(one) and alike[one.lower()] == 1 else _hashed(one) for one in listed}


def _hashed(one: str) -> str:
    readable = re.sub(r"[^a-z0-9]+", "-", one.lower()).strip("-")[:40]
    digest = hashlib.sha256(one.encode()).hexdigest()[:12]
    return f"{readable or 'id'}-{digest}"


def _indexed(folder: Path, *, force: bool) -> list[str]:
    """The files the index names, none that this program would not write."""
    index = folder / INDEX
    if not index.is_file():
        return []
    try:
        content = json.loads(index.read_text("utf-8"))
    except ValueError:
        content = None
    if isinstance(content, dict) and content.get("format") == _FORMAT:
        return [name for name in map(str, content.get("files") or ()) if _OURS.fullmatch(name)]
    if force:
        return []
    text = Text("this file does not list calendars of an earlier run", "该文件不是之前运行写入的日历清单")
    hint = Text("Choose another folder, or overwrite it with --force", "请另选文件夹，或使用 --force 覆盖")
    raise PublishError(text, str(index), hint)


def _write_index(folder: Path, problem: Problem, names: Iterable[str]) -> None:
    content = {"format": _FORMAT, "plan": problem.id, "files": sorted(names)}
    write_text(folder / INDEX, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
