"""Connections that end: a client that never finishes a request, or never takes its answer, is let go."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

PATIENCE = 20.0
"""Seconds between two looks at a connection."""

_LOOKS_FOR_AN_ANSWER = 6


class PatientProtocol(H11Protocol):
    """HTTP/1.1 that looks at its connection now and then.

    Between two looks a client must have finished sending a request; it may take six looks to fetch an answer.
    """

    patience = PATIENCE
    _watch: asyncio.TimerHandle | None = None
    _last: RequestResponseCycle | None = None
    _looks = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to watch."""
        super().connection_made(transport)
        self._watch = self.loop.call_later(self.patience, self.look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Watch no more."""
        if self._watch is not None:
            self._watch.cancel()
        super().connection_lost(exc)

    def look(self) -> None:
        """Let the connection go if nothing moved since the last look, else look again later."""
        cycle: Any = self.cycle
        self._looks = self._looks + 1 if cycle is self._last else 0
        waits = cycle is not None and not cycle.response_complete
        stuck = cycle is self._last and (not waits or self._looks >= _LOOKS_FOR_AN_ANSWER)
        if stuck or self.transport.is_closing():
            self.transport.abort()
            return
        self._last = cycle
        self._watch = self.loop.call_later(self.patience, self.look)
