"""Several requests on their way at once, their outcomes in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

CONNECTIONS = 4
"""How many requests are made at once: enough to hide the way to a server, few enough for any of them."""

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


def in_parallel(
    items: Iterable[Item], work: Callable[[Item], Outcome], connections: int = CONNECTIONS
) -> Iterator[tuple[Item, Future[Outcome]]]:
    """Items in order, each with its work as it is when it has ended: a result, an error, or called off.

    Once a work ended in an error nothing new is begun, and what was not begun is left out; what is on its way is
    waited for and told, so nothing that was done stays untold.
    """
    ahead, running = iter(items), deque[tuple[Item, Future[Outcome]]]()
    with ThreadPoolExecutor(connections, "caldav") as pool:
        try:
            running.extend((item, pool.submit(work, item)) for item in islice(ahead, 2 * connections))
            while running:
                item, future = running.popleft()
                if future.cancelled():
                    continue
                if future.exception() is not None:
                    ahead = iter(())
                    for _, later in running:
                        later.cancel()
                running.extend((more, pool.submit(work, more)) for more in islice(ahead, 1))
                yield item, future
        finally:
            for _, later in running:
                later.cancel()
