"""A folder of calendar files: who gets which file, written whole, nothing old left behind."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scheduler.domain.instance import Instance
from scheduler.domain.publishing import Times
from scheduler.domain.roster import Roster
from scheduler.errors import PublishError
from scheduler.io.files import refuse_to_overwrite, write_bytes
from scheduler.io.ics import to_ics
from scheduler.io.published import INDEX, Index, IndexedFile, digest_of, read_index, write_index
from scheduler.problem import Problem
from scheduler.publish.edition import ALL, OPEN, edition
from scheduler.publish.event import Audience
from scheduler.text import Language, Text

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
    force: bool = False,
) -> Written:
    """Write a roster's calendars: ``volunteers/``, ``posts/``, ``organisations/``, ``all.ics``, ``open.ics``.

    Files that an earlier run wrote there are replaced or removed, as the index tells; another file in the way
    is an error unless ``force``, and so is a folder of published calendars.
    """
    files = {file.path: file for file in calendar_files(roster.instance)}
    earlier = _earlier(folder, force=force)
    refuse_to_overwrite((folder / path for path in files if path not in earlier), force=force)
    stale = [path for path in earlier if path not in files]
    write_index(folder, Index(plan=problem.id, files=tuple((earlier | files).values())))
    for path in stale:
        (folder / path).unlink(missing_ok=True)
    spoken = problem.publish.languages.spoken if problem.publish.languages else (language,)
    utc = utc or problem.publish.times is Times.UTC
    written = []
    for file, calendar in zip(files.values(), edition(problem, roster)):
        assert (file.audience, file.owner) == (calendar.audience, calendar.owner)
        data = to_ics(calendar, *spoken, utc=utc)
        write_bytes(folder / file.path, data)
        newest = max((event.revision.stamp for event in calendar.events), default=None)
        written.append(file.model_copy(update={"digest": digest_of(data), "modified": newest}))
    write_index(folder, Index(plan=problem.id, url=problem.publish.url, files=tuple(written)))
    return Written(tuple(folder / path for path in files), tuple(folder / path for path in stale))


def calendar_files(instance: Instance) -> list[IndexedFile]:
    """The file of each calendar, in the order of an edition; not yet written, so without a digest."""
    owners: dict[Audience, Mapping[str, Text]] = {
        Audience.VOLUNTEER: {volunteer.id: volunteer.label for volunteer in instance.volunteers},
        Audience.POST: {post.id: post.label for post in instance.posts.values()},
        Audience.ORGANISATION: {one.id: one.label for one in instance.organisations.values()},
    }
    files = []
    for audience, labels in owners.items():
        for owner, slug in slugs(labels).items():
            path = f"{_FOLDERS[audience]}-{slug}.ics"
            files.append(IndexedFile(path=path, audience=audience, owner=owner, label=labels[owner]))
    files += [
        IndexedFile(path="all.ics", audience=Audience.ALL, label=ALL),
        IndexedFile(path="open.ics", audience=Audience.OPEN, label=OPEN),
    ]
    return files


def calendar_path(audience: Audience, owner: str, hashed: bool = False) -> str:
    """The path of a calendar below its folder; ``hashed`` gives one that no other id can have."""
    if audience not in _FOLDERS:
        return f"{audience}.ics"
    slug = _hashed(owner) if hashed else slugs([owner])[owner]
    return f"{_FOLDERS[audience]}-{slug}.ics"


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


def _earlier(folder: Path, *, force: bool) -> dict[str, IndexedFile]:
    """The files an earlier run wrote, by path."""
    try:
        index = read_index(folder)
    except PublishError:
        if not force:
            raise
        return {}
    if index is not None and index.ledger is not None and not force:
        text = Text(
            "calendars were published here: people hold them", "此文件夹中的日历已经发布，有人正在使用"
        )
        hint = Text(
            "publish the roster with `scheduler publish`, or choose another folder",
            "请用 scheduler publish 发布，或另选文件夹",
        )
        raise PublishError(text, str(folder / INDEX), hint)
    return {file.path: file for file in index.files} if index else {}
