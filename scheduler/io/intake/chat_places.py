"""What a sign-up offers: a time, perhaps a post; and the shifts of the plan that are meant."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.free_time import Stretches
from scheduler.domain.post import Post
from scheduler.domain.request import TimeWindow
from scheduler.problem import Problem


@dataclass(frozen=True, slots=True)
class Offer:
    """A time somebody offers to serve, at a post or anywhere."""

    window: TimeWindow
    post: Post | None


class Offers:
    """The shifts of a plan, by what is offered."""

    def __init__(self, problem: Problem) -> None:
        self._instance = problem.instance()

    def shifts(self, offer: Offer) -> tuple[str, ...]:
        """The ids of the shifts that lie wholly in an offer's time, at its post."""
        instance = self._instance
        times = Stretches.of(
            [offer.window], instance.horizon, instance.day_classes, instance.zone, days_too=True
        )
        return tuple(
            shift.id
            for shift in instance.shifts
            if times.holds(shift) and (offer.post is None or shift.post.id == offer.post.id)
        )
