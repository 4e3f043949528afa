"""The steps of a push carried out, a few at once; a server that cannot have that gets them one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from scheduler.caldav.collection import Collection
from scheduler.caldav.difference import Mark, Step, digest_of
from scheduler.caldav.parallel import CONNECTIONS, in_parallel
from scheduler.caldav.step import Outcome, carry_out
from scheduler.errors import PublishError
from scheduler.text import Text

FEW = 2 * CONNECTIONS
"""So many steps gain nothing by being done at once."""

_MOST_FAILURES = 20


@dataclass(slots=True)
class Work:
    """Steps and what became of them, by their place in the order.

    ``remember`` is told every version the server told us of, ``progress`` how many are done; ``gone`` is why the
    rest was given up.
    """

    collection: Collection
    steps: Sequence[Step]
    remember: Callable[[str, Mark], None]
    progress: Callable[[int, int], None]
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    gone: PublishError | None = None

    def carry_out(self) -> None:
        """Do all steps, or as many as the server lets us; a handful is done one by one."""
        self._do(range(len(self.steps)), CONNECTIONS if len(self.steps) > FEW else 1)
        if self.gone is None:
            self._do([n for n in range(len(self.steps)) if n not in self.outcomes], 1)

    @property
    def done(self) -> tuple[Step, ...]:
        """The steps that were done."""
        return tuple(step for n, step in enumerate(self.steps) if n in self.outcomes and not self._why(n))

    @property
    def failed(self) -> tuple[tuple[Step, Text], ...]:
        """The steps that could not be done, each with why."""
        return tuple((step, why) for n, step in enumerate(self.steps) if (why := self._why(n)))

    def remember_untold(self) -> None:
        """Ask for the versions that a server did not tell: it keeps events in words of its own."""
        untold = {
            outcome.name: step
            for n, outcome in self.outcomes.items()
            if (step := self.steps[n]).content and not outcome.why and not outcome.etag
        }
        etags = self.collection.etags() if untold else {}
        for name, step in untold.items():
            if step.content and name in etags:
                self.remember(name, Mark(step.uid, etags[name], digest_of(step.content.data)))

    def _do(self, numbers: Sequence[int], connections: int) -> None:
        """Do some steps so many at once; those that met the lock of another one are left for later."""
        several = connections > 1
        for n, asked in in_parallel(numbers, lambda n: self._one(n, several=several), connections):
            wrong = asked.exception()
            if wrong is None:
                self._end(n, asked.result())
            elif isinstance(wrong, PublishError):
                self.gone = self.gone or wrong
            elif not isinstance(wrong, _LockedError):
                raise wrong

    def _one(self, n: int, *, several: bool) -> Outcome:
        if len(self.failed) >= _MOST_FAILURES:
            raise PublishError(self.failed[-1][1])
        outcome = carry_out(self.collection, self.steps[n])
        if outcome.locked and several:
            raise _LockedError
        return outcome

    def _end(self, n: int, outcome: Outcome) -> None:
        step = self.steps[n]
        self.outcomes[n] = outcome
        if outcome.why is None:
            if step.content and outcome.etag:
                self.remember(outcome.name, Mark(step.uid, outcome.etag, digest_of(step.content.data)))
            self.progress(len(self.outcomes), len(self.steps))

    def _why(self, n: int) -> Text | None:
        return self.outcomes[n].why if n in self.outcomes else None


class _LockedError(Exception):
    """Another of our own requests held the calendar."""
