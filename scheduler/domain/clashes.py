"""Clashes: which shifts of one person exclude each other because the pause between them is too short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scheduler.domain.grouping import Bools, Groups, Ints, maximal


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Every node of an earlier timing clashes with every node of a later one, or of the same one."""

    earlier: Ints
    later: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Clique:
    """Nodes that pairwise clash; who can serve on none of ``head`` finds all of it in other cliques."""

    nodes: frozenset[int]
    head: frozenset[int]


@dataclass(frozen=True, eq=False)
class Clashes:
    """Pairs of shifts whose pause is under a limit; a node is the shifts of one timing and one kind.

    ``node`` is by shift, ``kind`` by node, ``nodes`` by timing, ``start`` and ``end`` too, in seconds and by
    start. ``least[a, b]`` is the pause that a shift of kind ``b`` needs after one of kind ``a``.
    """

    node: Ints
    kind: Ints
    nodes: tuple[Ints, ...]
    start: Ints
    end: Ints
    least: Ints

    @classmethod
    def of(cls, timing: Ints, starts: Ints, ends: Ints, kind: Ints, least: Ints) -> Clashes:
        """From the timing, start, end and kind of each shift."""
        kinds = len(least)
        keys, first, node = np.unique(timing * kinds + kind, return_index=True, return_inverse=True)
        at = keys // kinds
        timings, chosen = np.unique(at, return_index=True)
        start, end = starts[first][chosen], ends[first][chosen]
        order = np.lexsort((end, start))
        nodes = tuple(np.flatnonzero(at == timings[n]) for n in order)
        return cls(node, keys % kinds, nodes, start[order], end[order], least)

    @property
    def count(self) -> int:
        """How many nodes there are."""
        return len(self.kind)

    def groups(self, sets: list[Ints]) -> Groups:
        """Groups of shifts from sets of nodes."""
        of_nodes = Groups.of(sets, self.count)
        position, group = of_nodes.expand(self.node)
        counts = np.bincount(position, minlength=len(self.node))
        return Groups(np.concatenate(([0], np.cumsum(counts))), group, of_nodes.count)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Every clash, each in one block."""
        return tuple(
            Block(earlier, later)
            for after in range(len(self.nodes))
            for before, slack in enumerate(self._slack(after).tolist())
            if slack < self.least.max()
            for earlier, later in self._alike(self.nodes[before], after, slack)
        )

    @cached_property
    def cliques(self) -> tuple[Clique, ...]:
        """Cliques that hold every clash: of each person, in one whose head the person can serve on."""
        whole: list[frozenset[int]] = []
        headed: list[Clique] = []
        for after in range(len(self.nodes)):
            common = self._common(after)
            held = frozenset(node for n in common for node in self.nodes[n].tolist())
            for clique in self._others(after, common):
                if held <= clique.nodes:
                    held = clique.nodes
                else:
                    headed.append(clique)
            whole.append(held)
        return (*(Clique(nodes, nodes) for nodes in maximal(whole)), *headed)

    def _slack(self, after: int) -> Ints:
        """The pauses from the timings up to this one to its start; negative where they overlap."""
        return np.asarray(self.start[after] - self.end[: after + 1])

    def _common(self, after: int) -> Ints:
        """Timings up to this one that clash with it, and so with each other, whatever the kinds."""
        return np.flatnonzero(self._slack(after) < self.least.min())

    def _near(self, earlier: Ints, later: Ints, slack: Ints | int) -> Bools:
        return np.asarray(self.least[self.kind[earlier][:, None], self.kind[later]] > np.asarray(slack))

    def _alike(self, earlier: Ints, after: int, slack: Ints | int) -> Iterator[tuple[Ints, Ints]]:
        """Those of the earlier nodes that clash with nodes of a timing, and the nodes they all clash with."""
        later = self.nodes[after]
        near = self._near(earlier, later, slack)
        same: dict[bytes, list[int]] = {}
        for n in range(len(later)):
            same.setdefault(near[:, n].tobytes(), []).append(n)
        for alike in same.values():
            if (chosen := near[:, alike[0]]).any():
                yield earlier[chosen], later[alike]

    def _others(self, after: int, common: Ints) -> Iterator[Clique]:
        """Cliques of the clashes with this timing that hang on the kinds."""
        slack = self._slack(after)
        rest = np.setdiff1d(np.flatnonzero(slack < self.least.max()), common)
        rest = rest[np.argsort(self.end[rest], kind="stable")]
        while len(rest):
            together = self.start[rest] < self.end[rest[0]] + self.least.min()
            together[0] = True
            cluster, rest = rest[together], rest[~together]
            earlier = np.concatenate([self.nodes[n] for n in cluster])
            ends = np.repeat(self.end[cluster], [len(self.nodes[n]) for n in cluster])
            for near, head in self._alike(earlier, after, (self.start[after] - ends)[:, None]):
                last = ends[np.isin(earlier, near)]
                more = [self._joining(near, last, n) for n in common if n != after]
                nodes = frozenset(np.concatenate((near, head, *more)).tolist())
                yield Clique(nodes, frozenset(head.tolist()))

    def _joining(self, near: Ints, ends: Ints, timing: int) -> Ints:
        """Nodes of a timing that clash with all of these nodes."""
        nodes = self.nodes[timing]
        return nodes[self._near(near, nodes, (self.start[timing] - ends)[:, None]).all(axis=0)]
