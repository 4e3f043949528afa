"""How much one client may ask for: a bucket of requests an address, in bounded memory."""

from __future__ import annotations

import ipaddress
import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

BURST_SECONDS = 60
"""A full bucket holds what its rate gives in this many seconds."""

MISS_COST = 10
"""What a request for something that is not there costs, in requests."""

_MOST_CLIENTS = 10_000
_NETWORK_BITS = 64


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class RateLimit:
    """A token bucket an address; an IPv6 network of 64 bits counts as one address.

    Args:
        rate: requests a second that an address may keep up.
        clock: seconds that only grow.
        most: addresses remembered; beyond them the one longest silent is forgotten.
    """

    def __init__(self, rate: float, clock: Callable[[], float], *, most: int = _MOST_CLIENTS) -> None:
        assert rate > 0, "no limit is no RateLimit"
        self.rate = rate
        self.burst = rate * BURST_SECONDS
        self._clock = clock
        self._most = most
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def wait(self, client: str) -> int:
        """Take one request; whole seconds to wait if the bucket is empty, else 0."""
        bucket = self._bucket(client)
        if bucket.left < 1:
            return max(1, math.ceil((1 - bucket.left) / self.rate))
        bucket.left -= 1
        return 0

    def miss(self, client: str) -> None:
        """Charge more for a request that found nothing: guessing is slow, polling is not."""
        bucket = self._bucket(client)
        bucket.left = max(bucket.left - (MISS_COST - 1), -self.burst)

    def _bucket(self, client: str) -> _Bucket:
        now, key = self._clock(), network(client)
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = _Bucket(self.burst, now)
            if len(self._buckets) > self._most:
                self._buckets.popitem(last=False)
        bucket.left = min(self.burst, bucket.left + (now - bucket.at) * self.rate)
        bucket.at = now
        self._buckets.move_to_end(key)
        return bucket


def network(client: str) -> str:
    """What counts as one client: an IPv4 address, an IPv6 network of 64 bits, else the word itself, cut."""
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client[:64]
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Network((address, _NETWORK_BITS), strict=False))
