"""The common disruptions as changes of a plan: somebody ill or gone, a post or a place closed, other demand.

Why is never stored: a plan says when somebody cannot come, not what they have.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.domain.entity import Entity
from scheduler.domain.instance import Instance
from scheduler.domain.post import Post
from scheduler.domain.residents import Residents
from scheduler.domain.shift import Demand
from scheduler.domain.volunteer import Volunteer
from scheduler.io.edit import PlanEdit
from scheduler.text import Text


@dataclass(frozen=True, slots=True)
class Dates:
    """Duty days from first to last, both included."""

    first: dt.date
    last: dt.date

    @property
    def word(self) -> str:
        """As a plan writes them."""
        return f"{self.first}" if self.first == self.last else f"{self.first}..{self.last}"

    def days(self) -> Iterator[dt.date]:
        """Every day."""
        return (self.first + dt.timedelta(days=n) for n in range((self.last - self.first).days + 1))


def absent(edit: PlanEdit, volunteer: Volunteer, dates: Dates) -> tuple[Text, ...]:
    """Somebody cannot come on these days; notes for people."""
    if not volunteer.availability.answered:
        return (
            Text(
                "{who} has not said when they can come, and is not planned anyway",
                "{who}尚未填报可服务时间，本就不会排班",
            ).format(who=volunteer.label),
        )
    edit.extend("volunteers", volunteer.id, "availability.unavailable", [dates.word])
    return ()


def gone(edit: PlanEdit, volunteer: Volunteer) -> None:
    """Somebody is no longer part of the plan."""
    edit.remove("volunteers", volunteer.id)


def close_posts(edit: PlanEdit, posts: Sequence[Post], dates: Dates) -> None:
    """Nobody is needed at some posts on these days."""
    types = list(edit.ids("shift_types"))
    for post in posts:
        closed = {"shifts": types, "days": dates.word, "least": 0}
        _with_demand(edit, post, [closed])


def close_place(
    edit: PlanEdit, instance: Instance, place: str, dates: Dates, residents: Residents
) -> tuple[Text, ...]:
    """A place is closed on these days, with all places within it; notes for people.

    Its posts close, unless residents stay: then residents alone serve there, and nowhere else.
    """
    inside = [post for post in instance.posts.values() if place in instance.place_line(post.place)]
    home = [one for one in instance.volunteers if one.home and place in instance.place_line(one.home)]
    notes = [
        Text(
            "posts in it: {posts}, people who live there: {people}", "其中岗位{posts}个，居住志愿者{people}人"
        ).format(posts=len(inside), people=len(home))
    ]
    if residents is not Residents.STAY:
        close_posts(edit, inside, dates)
    if residents is Residents.AWAY:
        for one in home:
            notes += absent(edit, one, dates)
    if residents is Residents.STAY:
        notes += [] if home else [_NOBODY]
        _only_residents(edit, instance, place, dates, [one.id for one in home])
    return tuple(notes)


_NOBODY = Text(
    "nobody has a home there: its posts will stay empty", "没有志愿者的住址（home）在其中：内部岗位将无人值守"
)


def set_demand(
    edit: PlanEdit,
    instance: Instance,
    post: Post,
    dates: Dates,
    least: int,
    wanted: int | None,
    types: Sequence[str],
) -> tuple[Text, ...]:
    """The shifts of a post on these days need at least ``least`` heads; notes for people.

    Skills and priority stay as they are. Without ``types`` it is for the shifts the post has on those days; a type
    that is named is added where there is none.
    """
    horizon = set(instance.days)
    within = [day for day in dates.days() if day in horizon]
    known = _demand(edit, post)
    groups: dict[tuple[int | None, tuple[dt.date, ...]], list[str]] = {}
    for name in types or edit.ids("shift_types"):
        by_entry: dict[int | None, list[dt.date]] = {}
        for day in within:
            entry = _entry_for(known, name, day, instance)
            if entry is not None or types:
                by_entry.setdefault(entry, []).append(day)
        for entry, days in by_entry.items():
            groups.setdefault((entry, tuple(days)), []).append(name)
    heads: dict[str, object] = {"least": least} if wanted is None else {"least": least, "wanted": wanted}
    more = []
    for (entry, chosen), names in groups.items():
        when: object = dates.word if len(chosen) == len(within) else {"dates": [f"{day}" for day in chosen]}
        kept = {} if entry is None else _plain(known[entry])
        kept = {key: value for key, value in kept.items() if key in ("skills", "priority")}
        more.append({"shifts": names, "days": when} | heads | kept)
    _with_demand(edit, post, more)
    if more:
        return ()
    return (
        Text(
            "{post} has no shifts on these days; name shift types with --shift",
            "{post}在这些日子没有班次；请用 --shift 指明班型",
        ).format(post=post.label),
    )


def _entry_for(known: Sequence[Demand], name: str, day: dt.date, instance: Instance) -> int | None:
    """Which entry of a demand holds for a shift type on a day: the last one that picks it."""
    fitting = [
        n
        for n, one in enumerate(known)
        if name in one.shifts and one.days.picks(day, instance.day_classes[day])
    ]
    return fitting[-1] if fitting else None


def _demand(edit: PlanEdit, post: Post) -> tuple[Demand, ...]:
    """What a post needs: its own demand, else the plan's."""
    return post.demand or edit.plan.problem.demand


def _with_demand(edit: PlanEdit, post: Post, more: Sequence[dict[str, object]]) -> None:
    """Add demand that replaces what it overlaps; a post that had none of its own gets the plan's first."""
    own = next((one.get("demand") for one in edit.entries("posts") if one.get("id") == post.id), None)
    before = own if isinstance(own, list) else [_plain(one) for one in _demand(edit, post)]
    if more:
        edit.put("posts", post.id, {"demand": [*before, *more]})


def _plain(demand: Entity) -> dict[str, object]:
    dumped: dict[str, object] = demand.model_dump(mode="json", exclude_defaults=True)
    return dumped


def _only_residents(
    edit: PlanEdit, instance: Instance, place: str, dates: Dates, residents: Sequence[str]
) -> None:
    """Residents serve only inside, and nobody else does."""
    others = [one.id for one in instance.volunteers if one.id not in set(residents)]
    if residents:
        edit.append(
            "rules",
            {"rule": "post-list", "volunteers": list(residents), "days": dates.word, "allow": [place]},
        )
    if others:
        edit.append("rules", {"rule": "post-list", "volunteers": others, "days": dates.word, "deny": [place]})
