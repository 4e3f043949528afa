"""Compile or load the kernel before there is work for it."""

from __future__ import annotations

import numpy as np

from scheduler.engine.local_search.search import LocalSearch
from scheduler.model.build import build
from scheduler.model.linear_model import LinearModel
from scheduler.problem import Problem

TINY = {
    "id": "tiny",
    "name": "tiny",
    "horizon": {"first": "2024-01-01", "last": "2024-01-01"},
    "places": [{"id": "town"}],
    "shift_types": [{"id": "day", "start": "08:00", "end": "16:00"}],
    "posts": [{"id": "gate", "place": "town", "demand": [{"shifts": ["day"], "least": 1}]}],
    "volunteers": [{"id": "anna", "availability": {"always": True}}],
}
"""One volunteer, one shift."""


def warm(model: LinearModel | None = None) -> None:
    """Compile the kernel, or load it from numba's cache on disk, by a few moves on a model or on a tiny one."""
    if model is None:
        problem = Problem.model_validate(TINY)
        model = build(problem.instance(), problem.all_rules())
    LocalSearch(model, np.zeros(model.columns)).run(2, (0.0, 0.0))
