"""What a sign-up offers: a time, perhaps a post; and the shifts of the plan that are meant."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.free_time import Stretches
from scheduler.domain.post import Post
from scheduler.domain.request import TimeWindow
from scheduler.domain.shift import Shift
from scheduler.problem import Problem


@dataclass(frozen=True, slots=True)
class Offer:
    """A time somebody offers to serve, at a post or anywhere."""

    window: TimeWindow
    post: Post | None


class Offers:
    """The shifts of a plan, by what is offered."""

    def __init__(self, problem: Problem) -> None:
        self.instance = problem.instance()
        self._known: dict[TimeWindow, tuple[Shift, ...]] = {}

    def shifts(self, offer: Offer) -> tuple[Shift, ...]:
        """The shifts that lie wholly in an offer's time, at its post."""
        window = offer.window
        if window not in self._known:
            self._known[window] = self._within(window)
        return tuple(one for one in self._known[window] if offer.post is None or one.post.id == offer.post.id)

    def _within(self, window: TimeWindow) -> tuple[Shift, ...]:
        instance = self.instance
        times = Stretches.of([window], instance.horizon, instance.day_classes, instance.zone, days_too=True)
        return tuple(shift for shift in instance.shifts if times.holds(shift))
