"""Busy times put into a plan: a new import from a source replaces the last one from there, and nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.domain import shorthand
from scheduler.domain.refusal import did_you_mean
from scheduler.domain.request import TimeWindow
from scheduler.domain.volunteer import Volunteer
from scheduler.errors import Fault, InputError
from scheduler.io.busy.policy import Policy
from scheduler.io.busy.reading import Busy, read_busy
from scheduler.io.busy.series import Window
from scheduler.io.busy.windows import plan_window, time_windows
from scheduler.io.edit import PlanEdit
from scheduler.publish.ledger import LEDGER
from scheduler.publish.own import own_uids
from scheduler.text import Text

_COPY = re.compile(r"[\s_-]*\(\d+\)$")


@dataclass(frozen=True, slots=True)
class Taken:
    """A person's calendars as read, and the windows they give; nothing is written yet.

    ``replaced`` are as many windows of earlier imports from the same sources; ``silent`` tells that the
    volunteer had not said when they can serve.
    """

    volunteer: Volunteer
    zone: ZoneInfo
    files: tuple[Busy, ...]
    windows: tuple[TimeWindow, ...]
    replaced: int
    kept: tuple[str, ...]
    silent: bool

    @property
    def unreadable(self) -> tuple[Fault, ...]:
        """Everything that could not be read, file by file."""
        return tuple(fault for busy in self.files for fault in busy.unreadable)


def take_busy(
    edit: PlanEdit,
    volunteer: str,
    files: Sequence[Path],
    policy: Policy,
    source: str | None = None,
    ledger: Path | None = None,
) -> Taken:
    """Read calendars of one volunteer and put what they say under ``availability.unavailable``.

    Every file is a source of its own, named after it, unless one name is given for all. Duties of the plan
    itself, which the ``ledger`` (else the one beside the plan) remembers, make nobody busy.

    Raises:
        InputError: the plan has no such volunteer, a file cannot be read at all, or the name of the source
            holds nothing to go by, or there is no such ledger.
        PublishError: the ledger cannot be read, or another run holds it.
    """
    person = _volunteer(edit, volunteer)
    problem = edit.plan.problem
    if person.email:
        policy = replace(policy, addresses=policy.addresses | {person.email.casefold()})
    if ledger is not None and not ledger.is_file():
        raise InputError([Fault("--ledger", Text(f"there is no file {ledger}", f"没有文件 {ledger}"))])
    own = own_uids(problem, person, ledger or edit.path.parent / LEDGER)
    policy = replace(policy, own=policy.own | {uid.casefold() for uid in own})
    window = plan_window(problem)
    busy = tuple(read_busy(path, window, problem.zone, policy) for path in files)
    if lost := [fault for one in busy if one.lost for fault in one.unreadable]:
        raise InputError(lost)
    stretches: dict[str, list[Window]] = {}
    for path, one in zip(files, busy, strict=True):
        stretches.setdefault(source_name(source or path.stem), []).extend(one.stretches)
    windows = [
        made for name, found in stretches.items() for made in time_windows(found, window, problem.zone, name)
    ]
    before = _before(edit, person.id)
    others = [one for one in before if _source(one) not in stretches]
    written = [shorthand.contract(one.model_dump(exclude_none=True)) for one in windows]
    edit.put("volunteers", person.id, {"availability.unavailable": [*others, *written] or None})
    kept = sorted({name for one in others if (name := _source(one))})
    replaced = len(before) - len(others)
    return Taken(
        person, problem.zone, busy, tuple(windows), replaced, tuple(kept), not person.availability.answered
    )


def source_name(words: str) -> str:
    """The name of a source from that of a file; a browser's "(1)" behind it does not make another.

    Raises:
        InputError: nothing is left of it.
    """
    plain = _COPY.sub("", unicodedata.normalize("NFKC", words).casefold())
    name = re.sub(r"[^\w.]+", "-", plain).strip("-._")[:60]
    if not name:
        text = Text(f'the name "{words}" holds no letter', f"名称“{words}”中没有字母或汉字")
        raise InputError([Fault("--source", text)])
    return name


def _volunteer(edit: PlanEdit, wanted: str) -> Volunteer:
    """The volunteer of an id."""
    everybody = edit.plan.problem.volunteers
    for person in everybody:
        if person.id == wanted:
            return person
    named = [person.id for person in everybody if wanted in {person.label.en, person.label.zh}]
    hint = did_you_mean(wanted, [person.id for person in everybody])
    if named:
        hint = Text(f"this is the name of {', '.join(named)}", f"这是 {'、'.join(named)} 的姓名，请填编号")
    text = Text(f'the plan has no volunteer "{wanted}"', f"计划中没有志愿者“{wanted}”")
    raise InputError([Fault("--volunteer", text, hint)])


def _before(edit: PlanEdit, volunteer: str) -> list[object]:
    """The windows that are there, as the file has them."""
    entry = next(one for one in edit.entries("volunteers") if str(one.get("id")) == volunteer)
    availability = entry.get("availability")
    held = availability.get("unavailable") if isinstance(availability, dict) else None
    return list(held) if isinstance(held, list | tuple) else []


def _source(window: object) -> str:
    """Which import wrote a window; empty for one that a person wrote."""
    if isinstance(window, str):
        window = shorthand.expand(window)
    return str(window.get("source") or "") if isinstance(window, dict) else ""
