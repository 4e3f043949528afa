"""Assigns volunteers to duty posts; the public names, each imported when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from scheduler import version

if TYPE_CHECKING:
    from scheduler.engine.settings import Settings
    from scheduler.engine.solve import solve
    from scheduler.engine.stop import Deadline
    from scheduler.io.read import read_plan
    from scheduler.io.roster_file import read_roster, write_roster
    from scheduler.problem import Problem
    from scheduler.score import Score, violations

__version__ = version.VERSION

_HOMES = {
    "Deadline": "scheduler.engine.stop",
    "Problem": "scheduler.problem",
    "Settings": "scheduler.engine.settings",
    "read_plan": "scheduler.io.read",
    "read_roster": "scheduler.io.roster_file",
    "Score": "scheduler.score",
    "solve": "scheduler.engine.solve",
    "violations": "scheduler.score",
    "write_roster": "scheduler.io.roster_file",
}

__all__ = [
    "Deadline",
    "Problem",
    "Score",
    "Settings",
    "__version__",
    "read_plan",
    "read_roster",
    "solve",
    "violations",
    "write_roster",
]


def __getattr__(name: str) -> object:
    """A public name from its home; importing this package alone loads nothing heavy."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
