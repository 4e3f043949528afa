"""Colours of organisations: a light ground and a dark ink each, told apart on screen and on paper."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.domain.roster import Roster

MOST = 12
"""Organisations told apart by colour; with more, branches take the colour of what they belong to."""

GAP_FILL, GAP_INK = "FFC7CE", "C00000"
WEEKEND, HOLIDAY, MAKE_UP = "EDEDED", "FCE4D6", "DDEBF7"
NO_SHIFT, HEAD = "D9D9D9", "DDE8F5"

_HUES = (210, 130, 45, 280, 175, 25, 320, 90, 245, 60, 190, 300)
"""In the order in which they are given out; red is kept for gaps."""


@dataclass(frozen=True, slots=True)
class Colour:
    """A ground and an ink as RRGGBB."""

    fill: str
    ink: str


@dataclass(frozen=True, slots=True)
class Colours:
    """The colour of every organisation by id, and the organisations the legend names, in the plan's order."""

    of: Mapping[str, Colour]
    named: tuple[str, ...]


def colours(roster: Roster) -> Colours:
    """Colours of the organisations that serve."""
    instance = roster.instance
    serving = {v.organisation for v in instance.volunteers if v.organisation and roster.shifts_of(v)}
    heads = {one: one for one in instance.organisations}
    if len(serving) > MOST:
        heads = {one: instance.organisation_line(one)[-1] for one in instance.organisations}
    shown = {heads[one] for one in serving}
    named = tuple(one for one in instance.organisations if one in shown)
    by_head = {one: _colour(n) for n, one in enumerate(named)}
    return Colours({one: by_head[head] for one, head in heads.items() if head in by_head}, named)


def _colour(number: int) -> Colour:
    hue = _HUES[number] if number < len(_HUES) else (number * 137.5) % 330 + 15
    return Colour(_hex(hue, 0.86, 0.75), _hex(hue, 0.27, 0.9))


def _hex(hue: float, lightness: float, saturation: float) -> str:
    parts = colorsys.hls_to_rgb(hue / 360, lightness, saturation)
    return "".join(f"{round(255 * part):02X}" for part in parts)
