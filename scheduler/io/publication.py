"""Publishing: a roster into the ledger, the ledger into files, and what that means for whom.

Files are written from the ledger alone, so that a run that was killed is completed by the next one.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from scheduler.domain.publishing import Times
from scheduler.domain.roster import Roster
from scheduler.io.calendars import calendar_path
from scheduler.io.files import expect_writable, remove_leftovers, write_bytes
from scheduler.io.guarded import expect_no_leaks_in
from scheduler.io.ics import to_ics
from scheduler.io.publication_checks import (
    as_written,
    expect_newest,
    expect_plan,
    other_ledger,
    refuse_foreign,
)
from scheduler.io.published import Index, IndexedFile, digest_of, read_index, write_index
from scheduler.problem import Problem
from scheduler.publish.changes import Change, Duty, beginning, first_sentence, sentences
from scheduler.publish.edition import pages
from scheduler.publish.event import Audience
from scheduler.publish.ledger import Feed, Ledger, open_ledger
from scheduler.publish.taking import Dress
from scheduler.text import Language, Text
from scheduler.version import VERSION


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to send a file to again, and what changed for them; of posts and the like only that it did."""

    audience: Audience
    owner: str
    label: Text
    path: str
    sentence: Text | None


@dataclass(frozen=True, slots=True)
class Publication:
    """What a publication did, or would do: changes for volunteers, whom to send to, files written.

    ``completed`` says that it wrote what an earlier run, killed half-way, had left.
    """

    edition: int
    feeds: int
    written: tuple[str, ...]
    changes: tuple[Change, ...]
    recipients: tuple[Recipient, ...]
    names: dict[str, Text]
    completed: bool


def publish(
    problem: Problem,
    roster: Roster,
    folder: Path,
    ledger: Path,
    now: dt.datetime,
    language: Language,
    *,
    dry: bool = False,
) -> Publication:
    """Publish a roster into a folder; ``dry`` only says what would happen.

    Events speak the plan's languages, else those of the edition before, else ``language``.

    Raises:
        PublishError: the ledger or the folder cannot be used (see ``open_ledger`` and ``read_index``), or a file
            would show a number that the plan does not say to show.
    """
    index = read_index(folder)
    expect_plan(folder, index, problem.id)
    if index and index.ledger and not ledger.exists():
        raise other_ledger(folder)
    with open_ledger(ledger, problem.id, now, dry=dry) as held:
        if index and index.ledger not in (None, held.id):
            raise other_ledger(folder)
        expect_newest(index, held)
        if not dry:
            _make(folder)
        half_done = held.edition > held.finished
        take_in(held, problem, roster, language, partial(refuse_foreign, folder, index))
        feeds = held.feeds()
        stale = [feed for feed in feeds if _is_stale(folder, feed)]
        contents = {feed.path: _content(held, feed) for feed in stale}
        expect_no_leaks_in({folder / path: data for path, data in contents.items()}, problem)
        made = _publication(held, feeds, stale, completed=half_done)
        if not dry:
            _write(folder, held, index, problem.publish.url, contents)
        return made


def _make(folder: Path) -> None:
    """Make the folder, if it is not there, and see that it can be written to."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    expect_writable(folder)


def take_in(
    ledger: Ledger,
    problem: Problem,
    roster: Roster,
    language: Language,
    accept: Callable[[list[Feed]], None] = lambda feeds: None,  # noqa: ARG005 - any calendars will do
) -> None:
    """Take a roster into the ledger as its newest edition, unless it is that already; see ``Ledger.take``."""
    dress = _dress(problem, ledger.dress.languages or (language,))
    inputs = _digest(problem, roster, dress)
    if ledger.is_current(inputs):
        accept(ledger.feeds())
        return
    ledger.take(
        inputs, pages(problem, roster, ledger.issued), beginning(problem), dress, calendar_path, accept
    )


def _dress(problem: Problem, otherwise: tuple[Language, ...]) -> Dress:
    plan = problem.publish
    return Dress(plan.languages.spoken if plan.languages else otherwise, utc=plan.times is Times.UTC)


def _digest(problem: Problem, roster: Roster, dress: Dress) -> str:
    """Stands for all that an edition is made of."""
    instance = roster.instance
    pairs = (f"{instance.volunteers[v].id}\t{instance.shifts[s].id}" for v, s in roster.pairs)
    parts = (VERSION, str(dress), problem.model_dump_json(), *pairs)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _is_stale(folder: Path, feed: Feed) -> bool:
    """Whether a file is not there, not as it was written, or not as it should be."""
    return feed.state != feed.written or not as_written(folder, feed)


def _content(ledger: Ledger, feed: Feed) -> bytes:
    return to_ics(ledger.calendar(feed), *ledger.dress.languages, utc=ledger.dress.utc)


def _write(
    folder: Path, ledger: Ledger, index: Index | None, url: str | None, contents: Mapping[str, bytes]
) -> None:
    """Write the files that are not as they should be, then the index, then note it in the ledger.

    New files are in the index before they are written: whatever moment ends a run, the next one knows them.
    """
    feeds = ledger.feeds()
    remove_leftovers({folder, *((folder / feed.path).parent for feed in feeds)})
    listed = {file.path: file for file in index.files} if index and index.ledger else {}
    before = {feed.path: listed.get(feed.path, _indexed(feed, None)) for feed in feeds}
    if not before.keys() <= listed.keys():
        write_index(folder, Index(plan=ledger.plan, ledger=ledger.id, url=url, files=tuple(before.values())))
    digests = {feed.path: feed.digest for feed in feeds}
    for path, data in contents.items():
        write_bytes(folder / path, data)
        digests[path] = digest_of(data)
    files = tuple(_indexed(feed, digests[feed.path]) for feed in feeds)
    write_index(folder, Index(plan=ledger.plan, ledger=ledger.id, url=url, files=files))
    if contents or ledger.edition > ledger.finished:
        ledger.finish((feed, digests[feed.path] or "") for feed in feeds if feed.path in contents)


def _indexed(feed: Feed, digest: str | None) -> IndexedFile:
    return IndexedFile(
        path=feed.path,
        audience=feed.audience,
        owner=feed.owner,
        label=feed.label,
        digest=digest,
        modified=feed.modified if digest else None,
    )


def _publication(ledger: Ledger, feeds: list[Feed], stale: list[Feed], *, completed: bool) -> Publication:
    names = {feed.owner: feed.label for feed in feeds if feed.audience is Audience.VOLUNTEER}
    changes = ledger.changes()
    told = dict(sentences(changes, names)) | _first_sentences(ledger, changes, names)
    at = {(feed.audience, feed.owner): feed for feed in feeds}
    recipients = [
        Recipient(
            audience,
            owner,
            at[audience, owner].label,
            at[audience, owner].path,
            told.get(owner) if audience is Audience.VOLUNTEER else None,
        )
        for audience, owner in ledger.recipients()
    ]
    return Publication(
        edition=ledger.edition,
        feeds=len(feeds),
        written=tuple(feed.path for feed in stale),
        changes=tuple(changes),
        recipients=tuple(recipients),
        names=names,
        completed=completed,
    )


def _first_sentences(ledger: Ledger, changes: Sequence[Change], names: dict[str, Text]) -> dict[str, Text]:
    """The sentences of those who get a calendar for the first time."""
    duties: dict[str, list[Duty]] = {owner: [] for owner in ledger.newcomers()}
    for one in changes:
        if one.volunteer in duties and one.after:
            duties[one.volunteer].append(one.after)
    return {
        owner: first_sentence(names[owner], len(own), own[0] if own else None)
        for owner, own in duties.items()
    }
