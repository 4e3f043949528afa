"""Matrix: what a solver is given, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scheduler.model.linear_model import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """Minimise ``cost @ z`` with ``row_lower <= rows @ z <= row_upper`` and ``lower <= z <= upper``."""

    cost: Floats
    rows: sparse.csr_array
    row_lower: Floats
    row_upper: Floats
    lower: Floats
    upper: Floats
    integer: NDArray[np.bool_]


class Proof(Enum):
    """What a solver knows about its solution."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """A solution (None if none was found), its objective, a lower bound on every solution's, and the proof."""

    x: Floats | None
    objective: float
    bound: float
    proof: Proof
    work: int = 0
    """What it took, in simplex iterations: unlike seconds the same on every machine."""
