"""Weights in whole numbers: each row divided by what all its weights are multiples of."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from scheduler.model.linear_model import Floats

FINEST = (1.0, 60.0, 1000.0, 1e6)
"""Fractions of a weight that are understood; finer ones are not."""
LARGEST = 2**30


class Unsuitable(Exception):  # noqa: N818 - a signal to leave local search out, not a fault
    """Local search cannot work on this model: a weight or an auxiliary column does not fit its scheme."""


def in_whole_numbers(matrix: sparse.csr_array) -> tuple[sparse.csr_array, Floats]:
    """The matrix with whole weights without common factor by row, and by what to multiply each row to get it back.

    Raises:
        Unsuitable: weights finer than a millionth, or activities that overflow.
    """
    data = matrix.data
    for fine in FINEST:
        whole = np.round(data * fine)
        if (np.abs(whole - data * fine) <= 1e-9 * np.maximum(1.0, np.abs(whole))).all():
            break
    else:
        raise Unsuitable
    count = len(matrix.indptr) - 1
    divisor = np.ones(count)
    some = np.flatnonzero(np.diff(matrix.indptr) > 0)
    if len(some):
        numbers = np.abs(whole).astype(np.int64)
        divisor[some] = np.maximum(1, np.gcd.reduceat(numbers, matrix.indptr[some]))
    by_entry = np.repeat(divisor, np.diff(matrix.indptr))
    reduced = sparse.csr_array((whole / by_entry, matrix.indices, matrix.indptr), shape=matrix.shape)
    if len(some) and np.add.reduceat(np.abs(reduced.data), matrix.indptr[some]).max() > LARGEST:
        raise Unsuitable
    return reduced, divisor / fine
