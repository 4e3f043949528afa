"""Random cases for the organisations rules, near their boundaries."""

from __future__ import annotations

from tests.rules.sampling import CaseMaker


CASES: dict[str, CaseMaker] = {}
