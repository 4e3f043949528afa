"""The compiled part: flip columns, keep activities, make moves, anneal (Kirkpatrick et al. 1983)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np
from numba import njit

from scheduler.domain.grouping import Ints
from scheduler.engine.compiled import kept
from scheduler.engine.local_search.state import (
    AUXILIARY,
    BLOCK,
    BROKEN,
    CHANGED,
    CHANGES,
    COLUMNS,
    CREW,
    DAY,
    DAYS,
    DEFINED,
    DELTA,
    DEPTH,
    EXCHANGE,
    FIRST,
    FLIPS,
    FREE,
    FREE_COUNT,
    HAND_OVER,
    HIGH,
    JOURNAL,
    KEPT,
    KIND,
    KINDS,
    LEAST,
    LEVEL,
    LEVEL_COUNT,
    LONGEST,
    LOW,
    MEMBERS,
    OFFSET,
    PAIRS,
    PEOPLE,
    PERSON,
    PLAIN,
    PUSH,
    QUEUE,
    RELOCATE,
    RNG,
    ROOM,
    SCALE,
    SHARE,
    SHIFT,
    SORE,
    SORE_COUNT,
    SORT,
    STACK,
    STAMP,
    TABLE,
    TARGET,
    TOTAL,
    TRIED,
    TRIES,
    USED,
    VOLUNTEER,
    WEIGHT,
    Board,
)

Function = TypeVar("Function", bound=Callable[..., object])

inner: Callable[[Function], Function] = njit(
    nogil=True, no_cpython_wrapper=True, no_cfunc_wrapper=True, _nrt=False
)
"""How helpers are compiled: called only from ``anneal``, which holds them in its cache.

Without numba's run time (``_nrt``) no references to arrays are counted, which took half of a move; nothing here
allocates.
"""


@inner
def _random(head: Ints) -> float:
    """A number in [0, 1) from xorshift64* (Vigna 2016)."""
    z = np.uint64(head[RNG])
    z ^= z >> np.uint64(12)
    z ^= z << np.uint64(25)
    z ^= z >> np.uint64(27)
    head[RNG] = np.int64(z)
    return float((z * np.uint64(2685821657736338717)) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@inner
def _below(head: Ints, n: np.int64) -> np.int64:
    return np.int64(_random(head) * n)


@inner
def _cost(s: Board, g: np.int64, kind: np.int64, activity: np.int64) -> float:
    if kind == TABLE:
        return float(s.reals[s.groups[g, OFFSET] + activity])
    at = s.groups[g, OFFSET]
    return float(
        max(0.0, s.reals[at] - activity) * s.reals[at + 2]
        + max(0.0, activity - s.reals[at + 1]) * s.reals[at + 3]
    )


@inner
def _breach(s: Board, g: np.int64, more: np.int64) -> None:
    """Note that a hard row is broken by so much more than before."""
    s.reals[DELTA] += more
    if more > 0 and s.head[STACK] < LONGEST:
        s.lists[BROKEN + s.head[STACK]] = g
        s.head[STACK] += 1


@inner
def _flip(s: Board, first: np.int64, counted: bool) -> None:
    """Turn a column over, and all auxiliary columns that follow; ``counted`` adds up what it costs."""
    pending = 1
    s.lists[s.head[QUEUE]] = first
    while pending:
        pending -= 1
        c = np.int64(s.lists[s.head[QUEUE] + pending])
        sign = 1 if s.x[c] == 0 else -1
        s.x[c] ^= 1
        for k in range(s.columns[c, FIRST], s.columns[c + 1, FIRST]):
            g = np.int64(s.links[k, 0])
            had = np.int64(s.room[g])
            has = had - sign * s.links[k, 1]
            s.room[g] = has
            if g < s.head[PLAIN]:
                if counted and (has < 0 or had < 0):
                    _breach(s, g, max(0, -has) - max(0, -had))
                continue
            before, after = s.groups[g, HIGH] - had, s.groups[g, HIGH] - has
            kind = np.int64(s.groups[g, KIND])
            low = s.groups[g, LOW]
            if kind == AUXILIARY:
                if (before >= low) != (after >= low):
                    s.lists[s.head[QUEUE] + pending] = s.groups[g, TARGET]
                    pending += 1
            elif counted:
                if had < 0 or has < 0 or before < low or after < low:
                    _breach(s, g, max(0, -has, low - after) - max(0, -had, low - before))
                if kind >= TABLE:
                    s.reals[DELTA + s.groups[g, LEVEL]] += _cost(s, g, kind, after) - _cost(
                        s, g, kind, before
                    )


@inner
def _turn(s: Board, c: np.int64) -> bool:
    """Flip a column as part of the move under way, if the move is not too long."""
    if s.head[DEPTH] >= LONGEST:
        return False
    s.lists[JOURNAL + s.head[DEPTH]] = c
    s.head[DEPTH] += 1
    s.head[FLIPS] += 1
    s.columns[c, STAMP] = s.head[TRIES]
    _flip(s, c, True)
    return True


@inner
def _undo(s: Board, depth: np.int64) -> None:
    """Take back the flips of the move from ``depth`` on; the costs are the caller's to restore."""
    while s.head[DEPTH] > depth:
        s.head[DEPTH] -= 1
        c = np.int64(s.lists[JOURNAL + s.head[DEPTH]])
        s.columns[c, STAMP] = -1
        _flip(s, c, False)


@inner
def _blockers(s: Board, c: np.int64, most: np.int64) -> np.int64:
    """How many hard rows setting a column would break, up to ``most``; rows on auxiliary columns left out."""
    n = np.int64(0)
    for k in range(s.columns[c, FIRST], s.columns[c + 1, FIRST]):
        if s.room[s.links[k, 0]] < s.links[k, 1]:
            n += 1
            if n == most:
                break
    return n


@inner
def _candidate(s: Board, g: np.int64, up: bool) -> np.int64:
    """A column not yet touched whose flip moves a group's activity up or down; -1 if there is none."""
    for _ in range(4):
        first, past = s.groups[g, MEMBERS], s.groups[g + 1, MEMBERS]
        size = past - first
        found = np.int64(-1)
        if size:
            k = first + _below(s.head, size)
            for _ in range(size):
                c = np.int64(s.links[k, 0])
                if ((s.x[c] == 0) == (s.links[k, 1] > 0)) == up and s.columns[c, STAMP] != s.head[TRIES]:
                    found = c
                    break
                k += 1
                if k == past:
                    k = first
        if found < s.head[PAIRS]:
            return found
        up = s.x[found] == 0
        g = np.int64(s.columns[found, DEFINED])
    return np.int64(-1)


@inner
def _repair(s: Board, limit: np.int64) -> bool:
    """Mend broken hard rows by flipping columns of theirs; whether the move leaves none worse than before."""
    while s.head[STACK]:
        g = np.int64(s.lists[BROKEN + s.head[STACK] - 1])
        over = s.room[g] < 0
        if not over and s.groups[g, HIGH] - s.room[g] >= s.groups[g, LOW]:
            s.head[STACK] -= 1
            continue
        if s.head[DEPTH] >= limit:
            break
        c = _candidate(s, g, not over)
        if c < 0 or not _turn(s, np.int64(c)):
            break
    s.head[STACK] = 0
    return bool(s.reals[DELTA] <= 0)


@inner
def _worth(s: Board) -> float:
    """The weighted cost of the move under way."""
    total = 0.0
    for level in range(LEVEL_COUNT):
        total += s.reals[WEIGHT + level] * s.reals[DELTA + level]
    return total


@inner
def _try(s: Board, c: np.int64) -> bool:
    """Set one more column if that keeps the hard rows and costs less than not to; whether it was set."""
    if s.x[c] or s.columns[c, STAMP] == s.head[TRIES] or _blockers(s, c, np.int64(1)):
        return False
    s.head[TRIED] += 1
    depth, before = s.head[DEPTH], _worth(s)
    for level in range(LEVEL_COUNT):
        s.reals[KEPT + level] = s.reals[DELTA + level]
    if not _turn(s, np.int64(c)):
        return False
    broken = s.head[STACK] > 0
    s.head[STACK] = 0
    if not broken and _worth(s) < before:
        return True
    _undo(s, depth)
    for level in range(LEVEL_COUNT):
        s.reals[DELTA + level] = s.reals[KEPT + level]
    return False


@inner
def _settle(s: Board, tries: np.int64) -> None:
    """Find those the move put out another shift, or the shifts another volunteer."""
    for n in range(s.head[DEPTH]):
        c = np.int64(s.lists[JOURNAL + n])
        if s.x[c]:
            continue
        for _ in range(tries):
            if _random(s.head) < 0.5:
                other = _of_volunteer(s, np.int64(s.columns[c, VOLUNTEER]))
            else:
                other = _of_shift(s, s.columns[c, SHIFT])
            if other >= 0 and _try(s, other):
                break


@inner
def _of_volunteer(s: Board, v: np.int64) -> np.int64:
    first, past = s.lists[s.head[PERSON] + v * s.head[DAYS]], s.lists[s.head[PERSON] + (v + 1) * s.head[DAYS]]
    return np.int64(s.lists[first + _below(s.head, past - first)]) if past > first else np.int64(-1)


@inner
def _of_shift(s: Board, shift: np.int64) -> np.int64:
    first, past = s.shifts[shift, CREW], s.shifts[shift + 1, CREW]
    return np.int64(s.lists[first + _below(s.head, past - first)]) if past > first else np.int64(-1)


@inner
def _set_of(s: Board, v: np.int64) -> np.int64:
    """A set column of a volunteer, found from a random place on; -1 if there is none."""
    first, past = s.lists[s.head[PERSON] + v * s.head[DAYS]], s.lists[s.head[PERSON] + (v + 1) * s.head[DAYS]]
    if past == first:
        return np.int64(-1)
    k = first + _below(s.head, past - first)
    for _ in range(past - first):
        if s.x[s.lists[k]]:
            return np.int64(s.lists[k])
        k += 1
        if k == past:
            k = first
    return np.int64(-1)


@inner
def _sore(s: Board, served: bool) -> np.int64:
    """A column, set or not, whose flip eases a group that costs something; -1 if none was hit upon."""
    if s.head[SORE_COUNT] == 0 or _random(s.head) < 0.5:
        return np.int64(-1)
    code = np.int64(s.lists[s.head[SORE] + _below(s.head, s.head[SORE_COUNT])])
    g, up = code // 2, code % 2 == 1
    kind = np.int64(s.groups[g, KIND])
    if _cost(s, g, kind, s.groups[g, HIGH] - s.room[g]) <= 0:
        return np.int64(-1)
    c = _candidate(s, g, up)
    return c if c >= 0 and (s.x[c] == 1) == served else np.int64(-1)


@inner
def _served(s: Board) -> np.int64:
    """A set column: one that hurts, or any; -1 if there is none."""
    c = _sore(s, True)
    return c if c >= 0 else _set_of(s, _below(s.head, s.head[PEOPLE]))


@inner
def _column(s: Board, v: np.int64, shift: np.int64) -> np.int64:
    """The column of a volunteer on a shift; -1 if there is none that may change."""
    place = v * s.head[DAYS] + s.shifts[shift, DAY]
    for k in range(s.lists[s.head[PERSON] + place], s.lists[s.head[PERSON] + place + 1]):
        if s.columns[s.lists[k], SHIFT] == shift:
            return np.int64(s.lists[k])
    return np.int64(-1)


@inner
def _push(s: Board) -> bool:
    """Set a column; who stands in the way goes, and is settled elsewhere if that pays."""
    if s.head[FREE_COUNT] == 0:
        return False
    c = _sore(s, False)
    if c < 0:
        c = np.int64(s.lists[s.head[FREE] + _below(s.head, s.head[FREE_COUNT])])
    if s.x[c]:
        if not _turn(s, np.int64(c)) or not _repair(s, np.int64(4)):
            return False
        _settle(s, np.int64(2))
        return True
    if _blockers(s, c, np.int64(4)) > 3 or not _turn(s, np.int64(c)) or not _repair(s, np.int64(8)):
        return False
    _settle(s, np.int64(4))
    return True


@inner
def _relocate(s: Board) -> bool:
    """A volunteer leaves one shift for another."""
    c = _served(s)
    if c < 0:
        return False
    v = np.int64(s.columns[c, VOLUNTEER])
    other = np.int64(-1)
    if _random(s.head) < 0.5:
        place = v * s.head[DAYS] + s.shifts[s.columns[c, SHIFT], DAY]
        first, past = s.lists[s.head[PERSON] + place], s.lists[s.head[PERSON] + place + 1]
        other = s.lists[first + _below(s.head, past - first)]
    else:
        other = _of_volunteer(s, v)
    if s.x[other]:
        return False
    return _turn(s, np.int64(c)) and _turn(s, np.int64(other)) and _repair(s, np.int64(5))


@inner
def _hand_over(s: Board) -> bool:
    """A place on a shift goes from one volunteer to another."""
    c = _served(s)
    if c < 0:
        return False
    other = _of_shift(s, s.columns[c, SHIFT])
    if s.x[other]:
        return False
    if not (_turn(s, np.int64(c)) and _turn(s, np.int64(other)) and _repair(s, np.int64(5))):
        return False
    _settle(s, np.int64(2))
    return True


@inner
def _exchange(s: Board) -> bool:
    """Two volunteers take a shift of each other's."""
    c = _served(s)
    if c < 0:
        return False
    other = _of_shift(s, s.columns[c, SHIFT])
    if s.x[other]:
        return False
    w = np.int64(s.columns[other, VOLUNTEER])
    given = _set_of(s, w)
    if given < 0 or s.columns[given, SHIFT] == s.columns[c, SHIFT]:
        return False
    back = _column(s, s.columns[c, VOLUNTEER], s.columns[given, SHIFT])
    if back < 0 or s.x[back]:
        return False
    return (
        _turn(s, np.int64(c))
        and _turn(s, np.int64(other))
        and _turn(s, given)
        and _turn(s, back)
        and _repair(s, np.int64(6))
    )


@inner
def _length(s: Board) -> np.int64:
    """A number of days: short ones more often."""
    n = np.int64(1)
    while n < s.head[DAYS] and _random(s.head) < 0.75:
        n += 1
    return n


@inner
def _clear(s: Board, v: np.int64, first: np.int64, past: np.int64) -> bool:
    for k in range(
        s.lists[s.head[PERSON] + v * s.head[DAYS] + first], s.lists[s.head[PERSON] + v * s.head[DAYS] + past]
    ):
        c = np.int64(s.lists[k])
        if s.x[c] and not _turn(s, np.int64(c)):
            return False
    return True


@inner
def _block(s: Board) -> bool:
    """Two volunteers exchange all their shifts of some days."""
    c = _served(s)
    if c < 0:
        return False
    other = _of_shift(s, s.columns[c, SHIFT])
    v, w = np.int64(s.columns[c, VOLUNTEER]), np.int64(s.columns[other, VOLUNTEER])
    if v == w:
        return False
    length = _length(s)
    first = np.int64(max(0, s.shifts[s.columns[c, SHIFT], DAY] - _below(s.head, length)))
    past = min(s.head[DAYS], first + length)
    if not _clear(s, v, first, past) or not _clear(s, w, first, past):
        return False
    for n in range(s.head[DEPTH]):
        gone = np.int64(s.lists[JOURNAL + n])
        heir = w if s.columns[gone, VOLUNTEER] == v else v
        back = _column(s, heir, s.columns[gone, SHIFT])
        if back < 0:
            return False
        if s.x[back] == 0 and not _turn(s, back):
            return False
    return _repair(s, s.head[DEPTH] + 2)


@inner
def _stretch(s: Board) -> bool:
    """A volunteer's days are rewritten: cleared, moved by some days, or filled with one kind of shift."""
    v, length = _below(s.head, s.head[PEOPLE]), _length(s)
    choice = _random(s.head)
    if choice >= 0.4:
        return _fill_days(s, v, length)
    first = _below(s.head, s.head[DAYS])
    past = np.int64(min(s.head[DAYS], first + length))
    if choice >= 0.15:
        return _move_days(s, v, first, past)
    return _clear(s, v, first, past) and _repair(s, s.head[DEPTH] + 3)


@inner
def _move_days(s: Board, v: np.int64, first: np.int64, past: np.int64) -> bool:
    """Some days of a volunteer go to earlier or later days, and what was there goes where they were."""
    by, length = np.int64(1) + _below(s.head, np.int64(3)), past - first
    begin, end = np.int64(max(np.int64(0), first - by)), np.int64(s.head[DAYS])
    if past + by < end:
        end = np.int64(past + by)
    if _random(s.head) < 0.5:
        by, length, end = -by, -length, past
    else:
        begin = first
    if not _clear(s, v, begin, end):
        return False
    for n in range(s.head[DEPTH]):
        shift = np.int64(s.columns[s.lists[JOURNAL + n], SHIFT])
        day = np.int64(s.shifts[shift, DAY])
        goal = day + by if first <= day < past else day - length
        if 0 <= goal < s.head[DAYS]:
            _take(s, v, goal, np.int64(s.shifts[shift, SORT]))
    return _repair(s, s.head[DEPTH] + 3)


@inner
def _fill_days(s: Board, v: np.int64, length: np.int64) -> bool:
    """Some days of a volunteer are all given shifts of one post and type."""
    pick = _of_volunteer(s, v)
    if pick < 0:
        return False
    sort = np.int64(s.shifts[s.columns[pick, SHIFT], SORT])
    first = np.int64(s.shifts[s.columns[pick, SHIFT], DAY])
    past = np.int64(min(s.head[DAYS], first + length))
    if not _clear(s, v, first, past):
        return False
    for day in range(first, past):
        _take(s, v, np.int64(day), sort)
    return _repair(s, s.head[DEPTH] + 3)


@inner
def _take(s: Board, v: np.int64, day: np.int64, sort: np.int64) -> bool:
    """Set a volunteer's column of a kind on a day, if there is one and it is not set."""
    place = v * s.head[DAYS] + day
    for k in range(s.lists[s.head[PERSON] + place], s.lists[s.head[PERSON] + place + 1]):
        c = np.int64(s.lists[k])
        if s.shifts[s.columns[c, SHIFT], SORT] == sort:
            return s.x[c] == 0 and _turn(s, np.int64(c))
    return False


@inner
def _move(s: Board, kind: np.int64) -> bool:
    """Make a move of a kind; whether it keeps the hard rows."""
    if kind == PUSH:
        return _push(s)
    if kind == RELOCATE:
        return _relocate(s)
    if kind == HAND_OVER:
        return _hand_over(s)
    if kind == EXCHANGE:
        return _exchange(s)
    if kind == BLOCK:
        return _block(s)
    return _stretch(s)


@inner
def _keep_best(s: Board) -> None:
    """Remember the solution if no level is worse before one is better."""
    for level in range(LEVEL_COUNT):
        if s.reals[TOTAL + level] < s.reals[LEAST + level] - 1e-7:
            break
        if s.reals[TOTAL + level] > s.reals[LEAST + level] + 1e-7:
            return
    else:
        return
    for level in range(LEVEL_COUNT):
        s.reals[LEAST + level] = s.reals[TOTAL + level]
    if s.head[CHANGED] > s.head[ROOM]:
        for c in range(s.head[PAIRS]):
            s.x[s.head[COLUMNS] + c] = s.x[c]
    else:
        for n in range(s.head[CHANGED]):
            c = s.lists[s.head[CHANGES] + n]
            s.x[s.head[COLUMNS] + c] = s.x[c]
    s.head[CHANGED] = 0


@kept(_nrt=False)
def anneal(s: Board, moves: int, hot: float, cold: float) -> None:
    """So many moves at a temperature that falls geometrically; 0 takes nothing worse."""
    factor = (cold / hot) ** (1.0 / max(1, moves)) if hot > 0 and cold > 0 else 1.0
    heat = hot
    s.head[TRIES] = 0
    for c in range(s.head[COLUMNS]):
        s.columns[c, STAMP] = -1
    for _ in range(moves):
        heat *= factor
        pick = _random(s.head)
        kind = 0
        while kind < KINDS - 1 and pick >= s.reals[SHARE + kind]:
            kind += 1
        s.head[TRIES] += 1
        s.head[DEPTH] = 0
        s.head[STACK] = 0
        for level in range(LEVEL_COUNT):
            s.reals[DELTA + level] = 0.0
        flips = s.head[FLIPS]
        kept = _move(s, np.int64(kind)) and s.head[DEPTH] > 0
        s.reals[USED + 4 * kind] += 1
        s.reals[USED + 4 * kind + 1] += 4 + s.head[FLIPS] - flips
        if kept:
            worth = _worth(s)
            limit = -heat * np.log(1.0 - _random(s.head)) if heat > 0 else 0.0
            kept = s.reals[DELTA] < 0 or worth <= limit
            for level in range(1, LEVEL_COUNT):
                if s.reals[DELTA + level] > 1e-7:
                    s.reals[SCALE + 2 * level] += 1
                    s.reals[SCALE + 2 * level + 1] += s.reals[DELTA + level]
                    break
        if not kept:
            _undo(s, np.int64(0))
            continue
        s.reals[USED + 4 * kind + 2] += 1
        better = False
        for level in range(LEVEL_COUNT):
            s.reals[TOTAL + level] += s.reals[DELTA + level]
        if worth < -1e-9:
            better = True
            s.reals[USED + 4 * kind + 3] += 1
        for n in range(s.head[DEPTH]):
            if s.head[CHANGED] < s.head[ROOM]:
                s.lists[s.head[CHANGES] + s.head[CHANGED]] = s.lists[JOURNAL + n]
                s.head[CHANGED] += 1
            else:
                s.head[CHANGED] = s.head[ROOM] + 1
        if better:
            _keep_best(s)
