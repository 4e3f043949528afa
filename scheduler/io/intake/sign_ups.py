"""Sign-ups put into a plan: wishes to serve, and the time for them; the next import replaces them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scheduler.domain.free_time import FreeTime, Stretches
from scheduler.domain.instance import Instance
from scheduler.domain.request import Availability, Request, TimeWindow
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.io.edit import PlanEdit
from scheduler.io.intake.chat_places import Offer, Offers
from scheduler.io.intake.chat_times import days_of
from scheduler.io.intake.windows import short


def put_sign_ups(
    edit: PlanEdit,
    source: str,
    sign_ups: Mapping[str, Sequence[tuple[Offer, int]]],
) -> list[int]:
    """Replace what the last import from a source put into the plan by these sign-ups.

    Gives the lines left out, at whose time the volunteer is unavailable according to the plan.

    Args:
        edit: the plan.
        source: the name under which the windows and wishes are found again.
        sign_ups: by volunteer, offers and their lines.
    """
    refused: list[int] = []
    offers_of = Offers(edit.plan.problem)
    for volunteer in edit.plan.problem.volunteers:
        mine = sign_ups.get(volunteer.id, ())
        if mine or _from(volunteer, source):
            refused += _put(edit, volunteer, source, mine, offers_of)
    return sorted(set(refused))


def _from(volunteer: Volunteer, source: str) -> bool:
    windows = (*volunteer.availability.only, *(one.when for one in volunteer.requests))
    return any(window.source == source for window in windows)


def _put(
    edit: PlanEdit,
    volunteer: Volunteer,
    source: str,
    offers: Sequence[tuple[Offer, int]],
    offers_of: Offers,
) -> list[int]:
    instance = offers_of.instance
    held = volunteer.availability
    only = [one for one in held.only if one.source != source]
    wishes = [one for one in volunteer.requests if one.when.source != source]
    refused = {
        line
        for offer, line in offers
        if _refused(held, offers_of.shifts(Offer(offer.window, None)), instance)
    }
    for offer, line in offers:
        if line in refused:
            continue
        shifts = offers_of.shifts(Offer(offer.window, None))
        window = offer.window.model_copy(update={"source": source})
        if _must_be_added(held, only, shifts, instance):
            only.append(window)
        wishes.append(_wish(offer, window, instance))
    values: dict[str, object] = {"requests": [_plain(one) for one in wishes] or None}
    if not held.always and tuple(only) != held.only:
        values["availability.only"] = [short(one) for one in only] or None
    edit.put("volunteers", volunteer.id, values)
    return list(refused)


def _wish(offer: Offer, window: TimeWindow, instance: Instance) -> Request:
    posts = None if offer.post is None else (offer.post.id,)
    return Request(kind="want", when=window, posts=posts, times=days_of(window, instance.horizon))


def _plain(wish: Request) -> dict[str, object]:
    """A wish as a plan's file holds it."""
    plain: dict[str, object] = {"kind": wish.kind}
    if when := short(wish.when):
        plain["when"] = when
    given = wish.model_dump(exclude_defaults=True, exclude={"kind", "when"})
    return plain | {key: list(value) if isinstance(value, tuple) else value for key, value in given.items()}


def _must_be_added(
    held: Availability, only: Sequence[TimeWindow], shifts: Sequence[Shift], instance: Instance
) -> bool:
    """Whether the volunteer must be made available for some shifts: not if they are already."""
    if held.always or (not only and held.unavailable and not held.only):
        return False
    free = FreeTime.of(Availability(only=tuple(only)), instance.horizon, instance.day_classes, instance.zone)
    return not all(free.fits(shift) for shift in shifts)


def _refused(held: Availability, shifts: Sequence[Shift], instance: Instance) -> bool:
    """Whether each of some shifts touches a time the volunteer is unavailable at."""
    never = Stretches.of(held.unavailable, instance.horizon, instance.day_classes, instance.zone)
    return all(never.touches(shift) for shift in shifts)
