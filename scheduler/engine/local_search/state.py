"""What the kernel works on: a few plain arrays, and the numbers of their fields."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.entity import LEVELS
from scheduler.domain.grouping import Ints
from scheduler.model.linear_model import Floats

Numbers = NDArray[np.int32]
Bytes = NDArray[np.int8]

PUSH, RELOCATE, HAND_OVER, EXCHANGE, BLOCK, STRETCH = range(6)
"""Kinds of moves."""
MOVES = ("push", "relocate", "hand over", "exchange", "block", "stretch")
"""Their names, by number."""
KINDS = len(MOVES)
LEVEL_COUNT = len(LEVELS)

HARD, AUXILIARY, TABLE, FORMULA = range(4)
"""Kinds of groups: only bounds; says what an auxiliary column is; a price by activity; a price by formula."""
LOW, HIGH, KIND, LEVEL, OFFSET, TARGET, MEMBERS = range(7)
"""Fields of a group: ``LOW`` is the threshold where it defines the auxiliary column ``TARGET``; ``reals[OFFSET +
activity]`` its price, or at ``OFFSET`` the formula's lower and upper bound and price under and over; ``MEMBERS`` the
first of its links."""
FIRST, VOLUNTEER, SHIFT, STAMP = range(4)
"""Fields of a column: the first of its links, whose and which it is, and the last move that touched it."""
DEFINED = VOLUNTEER
"""The group that defines an auxiliary column."""
CREW, DAY, SORT = range(3)
"""Fields of a shift: where its columns begin in the lists, its day, and the number of its post and type."""

FIELDS = 8

LONGEST = 256
"""Flips a move may have."""
JOURNAL, BROKEN = 0, LONGEST
"""Where the lists hold the flips of the move under way, and the rows it has broken."""
PERSON, FREE, FREE_COUNT, QUEUE, CHANGES, ROOM, SORE, SORE_COUNT = range(8)
"""Where in the lists the columns by volunteer and day begin, those that may change, two scratch lists, and
the groups that cost something: twice their number, plus one where more activity would cost less."""
PAIRS, COLUMNS, DAYS, PEOPLE, RNG, STACK, DEPTH, TRIES, FLIPS, CHANGED, PLAIN, TRIED = range(8, 20)
"""Sizes and counters: broken rows noted, flips of the move under way, moves, flips made, changes
since the best, groups that only bound from above (the first ones), and columns tried within moves."""
HEAD = 20

DELTA, KEPT, TOTAL, LEAST, WEIGHT = range(0, 5 * LEVEL_COUNT, LEVEL_COUNT)
"""Numbers by level: what the move under way costs, the same put by, the solution's and the best one's cost, weights."""
SCALE = 5 * LEVEL_COUNT
"""Two numbers a level: how many moves cost something there and nothing above, and how much in all."""
SHARE = 7 * LEVEL_COUNT
"""The share of the kinds of moves, added up."""
USED = SHARE + KINDS
"""Four numbers a kind: moves tried, work in flips, moves taken, moves that made it better."""
REALS = USED + 4 * KINDS


class Board(NamedTuple):
    """A solution with its row activities, the structure around it, and the search's scratch space.

    ``x`` holds all columns, then the assignments of the best solution. A group stands for all rows over the same
    columns; ``room`` is how far its activity is below its upper bound. ``links`` are (group, weight) column by column,
    then (column, weight) group by group.
    """

    x: Bytes
    columns: Numbers
    groups: Numbers
    room: Numbers
    links: Numbers
    shifts: Numbers
    lists: Numbers
    head: Ints
    reals: Floats

    def by_level(self, field: int) -> Floats:
        """A view of one of the numbers by level."""
        return self.reals[field : field + LEVEL_COUNT]

    @property
    def best(self) -> Bytes:
        """A view of the best solution's assignments."""
        return self.x[self.head[COLUMNS] :]
