"""Tables of posts into a plan: every post once, those there updated, new ones with ids of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scheduler.domain.post import Post
from scheduler.errors import Fault, InputError
from scheduler.io.edit import PlanEdit
from scheduler.io.intake.files import Kind, in_order, read_tables
from scheduler.io.intake.hours import Span
from scheduler.io.intake.intake import Intake
from scheduler.io.intake.named import Named
from scheduler.io.intake.post import PostDraft, Posts, demand
from scheduler.io.sheets.table import unused
from scheduler.io.sheets.words import LEADER_PHONE, key_of, read_words
from scheduler.problem import Problem
from scheduler.text import Text

KIND = Kind(
    wanted=(
        *(
            "id",
            "post_name",
            "place",
            "address",
            "tasks",
            "leader",
            "phone",
            LEADER_PHONE,
            "hours",
            "heads",
            "heads_weekend",
        ),
        *("heads_holiday", "heads_free", "post_skills", "serial", "note"),
    ),
    needed="post_name",
    titles=Text("post, community, address", "点位名称、所属社区、地址"),
)
"""What a table of posts looks like."""

_ADD_TYPES = Text("add it with --add-shift-types", "用 --add-shift-types 新增")


@dataclass(frozen=True, slots=True)
class PostsOptions:
    """How posts are taken over: whether unknown places and shift types are added, which columns are left out."""

    add_places: bool = False
    add_shift_types: bool = False
    ignored: tuple[str, ...] = ()


def import_posts(edit: PlanEdit, paths: Sequence[Path], options: PostsOptions) -> Intake:
    """Take the posts of some files into a plan being edited; nothing is written.

    A post is known by id, else by its name and place. Empty cells change nothing.

    Raises:
        InputError: all that is wrong in the files, each with file, sheet, row and column.
    """
    words = read_words(edit.path.parent).for_posts()
    places = Named.places(edit.plan.problem, add=options.add_places)
    kind = replace(KIND, groups=lambda text: places.named(text) is not None)
    tables = read_tables(paths, words, kind, options.ignored)
    taking = _Taking(edit, options, places)
    posts = Posts(edit.plan.problem, words)
    for table in tables.found:
        tables.faults += table.doubts(frozenset(KIND.wanted))
        for record in table.records:
            if (draft := posts.draft(record)) is not None:
                taking.take(draft)
    faults = [*tables.faults, *posts.faults, *taking.faults, *taking.places.faults()]
    if faults:
        raise InputError(in_order(faults, paths))
    return taking.put((*tables.notes, *unused(tables.found, frozenset(KIND.wanted) - {"note"})))


@dataclass(slots=True)
class _Taking:
    """Posts on their way into a plan."""

    edit: PlanEdit
    options: PostsOptions
    places: Named
    faults: list[Fault] = field(default_factory=list)
    taken: dict[str, PostDraft] = field(default_factory=dict)
    types: dict[Span, str] = field(default_factory=dict)

    @property
    def problem(self) -> Problem:
        return self.edit.plan.problem

    def take(self, draft: PostDraft) -> None:
        """Find out which post it is, and what of it the plan needs."""
        if draft.place is not None:
            draft.values["place"] = self.places.find(draft.place)
        known = self._known(draft)
        if isinstance(known, Fault):
            self.faults.append(known)
            return
        if known is None and draft.place is None:
            if len(self.problem.places) != 1:
                hint = Text("add a column 所属社区", "请增加“所属社区”列")
                self.faults.append(draft.name.fault(Text("the post has no place", "未写明所属社区"), hint))
                return
            draft.values["place"] = self.problem.places[0].id
        name = known.id if known else self._new_id(draft)
        if (earlier := self.taken.get(name)) is not None:
            text = Text(
                f"the post stands in row {earlier.name.row} already", f"该点位已见于第 {earlier.name.row} 行"
            )
            self.faults.append(draft.name.fault(text))
            return
        self._set_demand(draft, known)
        self.taken[name] = draft

    def put(self, notes: tuple[Text, ...]) -> Intake:
        """Put what was taken into the plan."""
        for name, title in self.places.added.items():
            self.edit.put("places", name, {"name": title})
        for (start, end), name in self.types.items():
            self.edit.put("shift_types", name, {"name": _hours(start, end), "start": start, "end": end})
        before = {str(entry["id"]): entry for entry in self.edit.entries("posts")}
        for name, draft in self.taken.items():
            values = dict(draft.values)
            if name in before and isinstance(before[name].get("name"), dict):
                values.pop("name")
            self.edit.put("posts", name, values)
        after = {str(entry["id"]): entry for entry in self.edit.entries("posts")}
        return Intake.of(self.taken, before, after, (*notes, *self._namesakes(before), *self._twins()))

    def _known(self, draft: PostDraft) -> Post | Fault | None:
        written = draft.record.text("id")
        if written and (post := next((one for one in self.problem.posts if one.id == written), None)):
            return post
        key = key_of(draft.name.text)
        named = [one for one in self.problem.posts if key in {key_of(one.label.zh), key_of(one.label.en)}]
        if draft.place is not None and (place := draft.values.get("place")):
            named = [one for one in named if one.place == place] or [
                one for one in named if self._within(one.place, place) or self._within(place, one.place)
            ]
        if len(named) > 1:
            ids = ", ".join(one.id for one in named)
            text = Text(f"several posts are called so: {ids}", f"有多个同名点位：{ids}")
            return draft.name.fault(text, Text('add a column "id"', "请增加“点位编号”列"))
        return named[0] if named else None

    def _within(self, place: object, around: object) -> bool:
        """Whether a place of the plan lies in another one."""
        within = {one.id: one.within for one in self.problem.places}
        inner = within.get(str(place))
        return inner is not None and (inner == around or self._within(inner, around))

    def _new_id(self, draft: PostDraft) -> str:
        """The id of a new post: the same for one that stands in the sheet twice."""
        same = [
            name
            for name, other in self.taken.items()
            if key_of(other.name.text) == key_of(draft.name.text)
            and other.values.get("place") == draft.values.get("place")
        ]
        if same:
            return same[0]
        used = {one.id for one in self.problem.posts} | self.taken.keys()
        return next(name for n in range(1, len(used) + 2) if (name := f"post-{n:02}") not in used)

    def _set_demand(self, draft: PostDraft, known: Post | None) -> None:
        heads = draft.heads
        if draft.garbled:
            return
        if not draft.shifts and not heads:
            if known is None and not self.problem.demand:
                text = Text("neither hours nor heads are given", "未写明时段和人数")
                self.faults.append(draft.name.fault(text))
            return
        shifts = [self._type(one, draft) for one in draft.shifts] or self._usual(known)
        if not shifts:
            self.faults.append(draft.name.fault(Text("the hours are missing", "缺少值守时段")))
        elif "heads" not in heads and known is None:
            self.faults.append(draft.name.fault(Text("the number of people is missing", "缺少每班人数")))
        elif "heads" in heads:
            draft.values["demand"] = demand(shifts, draft)

    def _usual(self, known: Post | None) -> list[str]:
        """The shift types of the post as it is, else those of the plan's demand, else its only one."""
        entries = (known.demand if known else ()) or self.problem.demand
        listed = list(dict.fromkeys(shift for entry in entries for shift in entry.shifts))
        types = self.problem.shift_types
        return listed or ([types[0].id] if len(types) == 1 else [])

    def _type(self, shift: str | Span, draft: PostDraft) -> str:
        if isinstance(shift, str):
            return shift
        start, end = shift
        if self.options.add_shift_types:
            return self.types.setdefault(shift, f"{start:%H%M}-{end:%H%M}")
        hours = _hours(start, end)
        text = Text(f"no shift type is {hours}", f"没有 {hours} 的班型")
        cell = draft.record.cells["hours"]
        if not any(fault.place == cell.place and fault.text == text for fault in self.faults):
            self.faults.append(cell.fault(text, _ADD_TYPES))
        return f"{start:%H%M}-{end:%H%M}"

    def _namesakes(self, before: Collection[str]) -> Iterator[Text]:
        """New posts that are called like one elsewhere, which may have moved."""
        for name, draft in self.taken.items():
            key = key_of(draft.name.text)
            others = [
                one.id for one in self.problem.posts if key in {key_of(one.label.zh), key_of(one.label.en)}
            ]
            if name not in before and others:
                ids = ", ".join(others)
                yield Text(
                    f"{name} is new; a post elsewhere has its name: {ids}",
                    f"{name} 为新增点位；另一地点有同名点位：{ids}",
                )

    def _twins(self) -> Iterator[Text]:
        """Posts at one address under two names, which may be the same."""
        by_address: dict[tuple[str, str], list[str]] = {}
        for entry in self.edit.entries("posts"):
            if address := key_of(str(entry.get("address") or "")):
                by_address.setdefault((str(entry.get("place")), address), []).append(str(entry["id"]))
        for names in by_address.values():
            if len(names) > 1:
                ids = ", ".join(names)
                yield Text(
                    f"posts with one address, perhaps the same: {ids}", f"地址相同、可能是同一点位：{ids}"
                )


def _hours(start: dt.time, end: dt.time) -> str:
    return f"{start:%H:%M}-{end:%H:%M}"
