"""Residents: what the closure of a place means for those who live there."""

from __future__ import annotations

from enum import StrEnum


class Residents(StrEnum):
    """What a closed place means for who lives there: serve elsewhere as before, not at all, or only inside."""

    FREE = "free"
    AWAY = "away"
    STAY = "stay"
