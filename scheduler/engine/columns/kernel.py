"""Compiled loops of the pricing: from choices a day to a small automaton, and dynamic programs on it.

Arrays are int64 unless said otherwise; a ``ptr`` array of n + 1 entries cuts another one into n parts. Stages are
the days on which a volunteer has columns; choice numbers run through all stages, those of one stage together.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.grouping import Bools, Ints
from scheduler.engine.compiled import kept
from scheduler.model.linear_model import Floats

Smalls = NDArray[np.int32]
Tinies = NDArray[np.int16]

DEAD = np.int64(1) << np.int64(40)
"""The residual of a row that can no longer be broken."""
BIG = 1e30
"""The cost of what cannot be."""


@kept()
def contributions(
    choice_ptr: Ints,
    choice_types: Ints,
    type_ptr: Ints,
    type_row: Ints,
    type_val: Ints,
    rows: int,
) -> tuple[Ints, Ints, Ints]:
    """What each choice adds to each row it touches: ptr by choice, rows, values."""
    choices = len(choice_ptr) - 1
    total = 0
    for i in range(len(choice_types)):
        total += type_ptr[choice_types[i] + 1] - type_ptr[choice_types[i]]
    out_row, out_val = np.empty(total, np.int64), np.empty(total, np.int64)
    ptr, mark, at = np.zeros(choices + 1, np.int64), np.full(rows, -1, np.int64), 0
    for c in range(choices):
        start = at
        for i in range(choice_ptr[c], choice_ptr[c + 1]):
            kind = choice_types[i]
            for j in range(type_ptr[kind], type_ptr[kind + 1]):
                row = type_row[j]
                if mark[row] >= start:
                    out_val[mark[row]] += type_val[j]
                else:
                    mark[row], out_row[at], out_val[at] = at, row, type_val[j]
                    at += 1
        ptr[c + 1] = at
    return ptr, out_row[:at].copy(), out_val[:at].copy()


@kept()
def profile(
    stage_ptr: Ints,
    ptr: Ints,
    row: Ints,
    val: Ints,
    rows: int,
    salt: Ints,
) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints, Ints]:
    """Each row along the stages.

    First and last stage it is touched on; ``offset``, where its entries begin in the arrays that follow: the
    least and most the stages after each of its stages can add, and a hash of how they do; the last entry of
    ``total`` low and high (rows, 2) is what all stages can add.
    """
    stages = len(stage_ptr) - 1
    first, last = np.full(rows, stages, np.int64), np.full(rows, -1, np.int64)
    for t in range(stages):
        for i in range(ptr[stage_ptr[t]], ptr[stage_ptr[t + 1]]):
            first[row[i]] = min(first[row[i]], t)
            last[row[i]] = t
    offset = np.zeros(rows + 1, np.int64)
    for r in range(rows):
        offset[r + 1] = offset[r] + max(0, last[r] - first[r] + 1)
    low, high = np.zeros(offset[rows], np.int64), np.zeros(offset[rows], np.int64)
    mixed = np.zeros(offset[rows], np.int64)
    count = np.zeros(offset[rows], np.int64)
    for t in range(stages):
        for c in range(stage_ptr[t], stage_ptr[t + 1]):
            for i in range(ptr[c], ptr[c + 1]):
                at = offset[row[i]] + t - first[row[i]]
                if count[at] == 0:
                    low[at], high[at] = val[i], val[i]
                low[at], high[at] = min(low[at], val[i]), max(high[at], val[i])
                count[at] += 1
                mixed[at] += val[i] * salt[c]
    total = np.zeros((rows, 2), np.int64)
    for r in range(rows):
        after_low, after_high, after_mixed = 0, 0, 0
        for d in range(last[r] - first[r], -1, -1):
            at, t = offset[r] + d, first[r] + d
            here_low, here_high, here_mixed = low[at], high[at], mixed[at]
            if count[at] < stage_ptr[t + 1] - stage_ptr[t]:
                here_low, here_high = min(here_low, 0), max(here_high, 0)
            low[at], high[at], mixed[at] = after_low, after_high, after_mixed
            after_low, after_high = after_low + here_low, after_high + here_high
            after_mixed += here_mixed
        total[r, 0], total[r, 1] = after_low, after_high
    return first, last, offset, low, high, mixed, total


@kept()
def _grown(
    array: Tinies,
    size: int,
) -> Tinies:
    more = np.empty(max(size, 2 * len(array)), array.dtype)
    more[: len(array)] = array
    return more


@kept()
def explore(
    stage_ptr: Ints,
    ptr: Ints,
    row: Ints,
    val: Ints,
    first: Ints,
    last: Ints,
    offset: Ints,
    low: Ints,
    high: Ints,
    mixed: Ints,
    bound: Ints,
    slot: Ints,
    price: Floats,
    levels: int,
    limit: int,
) -> tuple[int, Ints, Tinies, Tinies, Floats]:
    """All states stage by stage: a state is the residual bound of every row that is not yet decided.

    ``slot`` is -1 for a hard row, else the number (below ``levels``) of the level a breach is charged on.
    Gives: the stage at which there were more than ``limit`` states (-1: never); states by stage;
    for each state and choice of its stage, one after the other, the next state within the next stage (-1: not
    allowed) and the number of its charge; the charges, float64 (number, levels).
    """
    stages, rows = len(stage_ptr) - 1, len(first)
    states = np.zeros(stages + 1, np.int64)
    states[0] = 1
    target, charge, used = np.empty(1024, np.int16), np.empty(1024, np.int16), 0
    charges, charge_count = np.zeros((4096, levels)), 1
    order = np.argsort(first)
    begun = 0
    alive = np.empty(rows, np.int64)
    alive_count = 0
    carried = np.empty((1, 0), np.int64)
    values, now = np.empty(rows, np.int64), np.zeros(levels)
    where = np.empty(rows, np.int64)
    leader = np.empty(rows, np.int64)
    for t in range(stages):
        held = alive_count
        while begun < rows and first[order[begun]] <= t:
            if last[order[begun]] >= t:
                alive[alive_count] = order[begun]
                alive_count += 1
            begun += 1
        for i in range(alive_count):
            where[alive[i]] = i
        for i in range(alive_count):
            r, leader[i] = alive[i], i
            if slot[r] >= 0 or last[r] == t:
                continue
            for j in range(i):
                q = alive[j]
                if slot[q] < 0 and last[q] > t and leader[j] == j:
                    if mixed[offset[q] + t - first[q]] == mixed[offset[r] + t - first[r]]:
                        leader[i] = j
                        break
        kept = 0
        for i in range(alive_count):
            kept += last[alive[i]] > t
        width = stage_ptr[t + 1] - stage_ptr[t]
        if used + states[t] * width > len(target):
            target = _grown(target, used + states[t] * width)
            charge = _grown(charge, used + states[t] * width)
        found, found_count = np.empty((64, kept), np.int64), 0
        table, mask = np.full(256, -1, np.int64), 255
        vector = np.empty(kept, np.int64)
        for s in range(states[t]):
            for c in range(stage_ptr[t], stage_ptr[t + 1]):
                for i in range(held):
                    values[i] = carried[s, i]
                for i in range(held, alive_count):
                    values[i] = bound[alive[i]]
                for e in range(ptr[c], ptr[c + 1]):
                    if values[where[row[e]]] != DEAD:
                        values[where[row[e]]] -= val[e]
                allowed, charged = True, False
                for k in range(levels):
                    now[k] = 0.0
                for i in range(alive_count):
                    if values[i] == DEAD:
                        continue
                    r = alive[i]
                    at = offset[r] + t - first[r]
                    if values[i] >= high[at]:
                        values[i] = DEAD
                    elif values[i] < low[at]:
                        if slot[r] < 0:
                            allowed = False
                            break
                        now[slot[r]] += price[r] * (low[at] - values[i])
                        charged = True
                        values[i] = DEAD if low[at] == high[at] else low[at]
                if not allowed:
                    target[used], charge[used] = -1, 0
                    used += 1
                    continue
                for i in range(alive_count):
                    if leader[i] != i and values[i] != DEAD:
                        values[leader[i]] = min(values[leader[i]], values[i])
                        values[i] = DEAD
                k, mix = 0, np.uint64(1469598103934665603)
                for i in range(alive_count):
                    if last[alive[i]] > t:
                        vector[k] = values[i]
                        mix = (mix ^ np.uint64(values[i])) * np.uint64(1099511628211)
                        mix ^= mix >> np.uint64(29)
                        k += 1
                place = np.int64(mix & np.uint64(mask))
                number = -1
                while table[place] >= 0:
                    same = True
                    for k in range(kept):
                        if found[table[place], k] != vector[k]:
                            same = False
                            break
                    if same:
                        number = table[place]
                        break
                    place = (place + 1) & mask
                if number < 0:
                    if found_count == limit:
                        return t, states, target, charge, charges
                    if found_count == len(found):
                        bigger = np.empty((2 * len(found), kept), np.int64)
                        bigger[:found_count] = found
                        found = bigger
                    number = found_count
                    found[number] = vector
                    table[place] = number
                    found_count += 1
                    if 2 * found_count > mask:
                        mask = 4 * (mask + 1) - 1
                        table = np.full(mask + 1, -1, np.int64)
                        for f in range(found_count):
                            mix = np.uint64(1469598103934665603)
                            for k in range(kept):
                                mix = (mix ^ np.uint64(found[f, k])) * np.uint64(1099511628211)
                                mix ^= mix >> np.uint64(29)
                            place = np.int64(mix & np.uint64(mask))
                            while table[place] >= 0:
                                place = (place + 1) & mask
                            table[place] = f
                fee = 0
                if charged:
                    fee = -1
                    for q in range(charge_count):
                        same = True
                        for k in range(levels):
                            if charges[q, k] != now[k]:
                                same = False
                                break
                        if same:
                            fee = q
                            break
                    if fee < 0:
                        if charge_count == len(charges):
                            return t, states, target, charge, charges
                        charges[charge_count] = now
                        fee = charge_count
                        charge_count += 1
                target[used], charge[used] = number, fee
                used += 1
        states[t + 1] = found_count
        carried = found[:found_count].copy()
        k = 0
        for i in range(alive_count):
            if last[alive[i]] > t:
                alive[k] = alive[i]
                k += 1
        alive_count = k
    return -1, states, target[:used].copy(), charge[:used].copy(), charges[:charge_count].copy()


@kept()
def reduce_states(
    stage_ptr: Ints,
    states: Ints,
    target: Tinies,
    charge: Tinies,
) -> tuple[Ints, Tinies, Tinies]:
    """The same automaton with states merged that allow and charge the same ever after, dead ends removed.

    Gives states by stage, target and charge as ``explore`` does.
    """
    stages = len(stage_ptr) - 1
    start = np.zeros(stages + 1, np.int64)
    for t in range(stages):
        start[t + 1] = start[t] + states[t] * (stage_ptr[t + 1] - stage_ptr[t])
    target = target.copy()
    after = np.arange(states[stages])
    count = np.zeros(stages + 1, np.int64)
    count[stages] = states[stages]
    keep = np.zeros(len(target), np.bool_)
    for t in range(stages - 1, -1, -1):
        width, base = stage_ptr[t + 1] - stage_ptr[t], start[t]
        now = np.full(states[t], -1, np.int64)
        size = 64
        while size < 2 * states[t] + 2:
            size *= 2
        table = np.full(size, -1, np.int64)
        firsts = np.empty(states[t], np.int64)
        for s in range(states[t]):
            at, some, mix = base + s * width, False, np.uint64(1469598103934665603)
            for c in range(width):
                if target[at + c] >= 0:
                    target[at + c] = after[target[at + c]]
                if target[at + c] >= 0:
                    some = True
                else:
                    target[at + c] = -1
                    charge[at + c] = 0
                mix = (mix ^ np.uint64(target[at + c] + 1)) * np.uint64(1099511628211)
                mix = (mix ^ np.uint64(charge[at + c])) * np.uint64(1099511628211)
                mix ^= mix >> np.uint64(29)
            if not some:
                continue
            place = np.int64(mix & np.uint64(size - 1))
            while table[place] >= 0:
                other, same = base + firsts[table[place]] * width, True
                for c in range(width):
                    if target[at + c] != target[other + c] or charge[at + c] != charge[other + c]:
                        same = False
                        break
                if same:
                    now[s] = table[place]
                    break
                place = (place + 1) & (size - 1)
            if now[s] < 0:
                now[s], table[place], firsts[count[t]] = count[t], count[t], s
                count[t] += 1
                keep[at : at + width] = True
        after = now
    return count, target[keep], charge[keep]


@kept()
def arcs_of(
    stage_ptr: Ints,
    states: Ints,
    target: Tinies,
    charge: Tinies,
    inner: Ints,
    outer: Ints,
) -> tuple[Ints, Smalls, Smalls, Smalls, Smalls, Ints, Smalls]:
    """Choices of a state that lead to one next state with one charge and one step of the counters, as arcs.

    ``inner`` and ``outer`` are the steps by choice. States are numbered through all stages. Gives: ptr by
    state; next state, charge, inner and outer step of each arc; ptr by arc into the choices it stands for.
    """
    stages = len(stage_ptr) - 1
    all_states, pairs = np.int64(0), np.int64(0)
    for t in range(stages + 1):
        all_states += states[t]
    for i in range(len(target)):
        pairs += target[i] >= 0
    state_ptr = np.zeros(all_states + 1, np.int64)
    to, fee = np.empty(pairs, np.int32), np.empty(pairs, np.int32)
    step, hop = np.empty(pairs, np.int32), np.empty(pairs, np.int32)
    member_ptr, members = np.zeros(pairs + 1, np.int64), np.empty(pairs, np.int32)
    arcs, at, state = 0, 0, 0
    for t in range(stages):
        first, width = stage_ptr[t], stage_ptr[t + 1] - stage_ptr[t]
        of = np.empty(width, np.int64)
        count = np.zeros(width, np.int64)
        for s in range(states[t]):
            begin = arcs
            for c in range(width):
                of[c] = -1
                if target[at + c] < 0:
                    continue
                goal = state - s + states[t] + target[at + c]
                found = -1
                for a in range(begin, arcs):
                    if to[a] == goal and fee[a] == charge[at + c]:
                        if step[a] == inner[first + c] and hop[a] == outer[first + c]:
                            found = a
                            break
                if found < 0:
                    found = arcs
                    to[arcs], fee[arcs] = goal, charge[at + c]
                    step[arcs], hop[arcs] = inner[first + c], outer[first + c]
                    count[arcs - begin] = 0
                    arcs += 1
                of[c] = found - begin
                count[found - begin] += 1
            for a in range(begin, arcs):
                member_ptr[a + 1] = member_ptr[a] + count[a - begin]
                count[a - begin] = member_ptr[a]
            for c in range(width):
                if of[c] >= 0:
                    members[count[of[c]]] = first + c
                    count[of[c]] += 1
            at += width
            state += 1
            state_ptr[state] = arcs
    for s in range(state, all_states):
        state_ptr[s + 1] = arcs
    ends = member_ptr[: arcs + 1].copy()
    return (
        state_ptr,
        to[:arcs].copy(),
        fee[:arcs].copy(),
        step[:arcs].copy(),
        hop[:arcs].copy(),
        ends,
        members,
    )


@kept()
def ranges(
    state_ptr: Ints,
    to: Smalls,
    step: Smalls,
    last_states: int,
    least: int,
    most: int,
) -> tuple[Ints, Ints]:
    """Least and most value of the inner counter in each state on any way that ends between the bounds.

    Where there is no such way, the least is over the most. ``last_states`` is how many states end a way.
    """
    states = len(state_ptr) - 1
    far = np.int64(1) << np.int64(40)
    ahead_low, ahead_high = np.full(states, far, np.int64), np.full(states, -far, np.int64)
    past_low, past_high = np.full(states, far, np.int64), np.full(states, -far, np.int64)
    for s in range(states - last_states, states):
        ahead_low[s], ahead_high[s] = 0, 0
    for s in range(states - last_states - 1, -1, -1):
        for a in range(state_ptr[s], state_ptr[s + 1]):
            ahead_low[s] = min(ahead_low[s], ahead_low[to[a]] + step[a])
            ahead_high[s] = max(ahead_high[s], ahead_high[to[a]] + step[a])
    past_low[0], past_high[0] = 0, 0
    for s in range(states - last_states):
        for a in range(state_ptr[s], state_ptr[s + 1]):
            past_low[to[a]] = min(past_low[to[a]], past_low[s] + step[a])
            past_high[to[a]] = max(past_high[to[a]], past_high[s] + step[a])
    for s in range(states):
        past_low[s] = max(past_low[s], least - ahead_high[s])
        past_high[s] = min(past_high[s], most - ahead_low[s])
    return past_low, past_high


@kept()
def choice_costs(
    values: Floats,
    lower: Bools,
    upper: Bools,
    member_ptr: Ints,
    members: Ints,
    choice_ptr: Ints,
    choice_types: Ints,
    stage_ptr: Ints,
) -> tuple[Floats, Ints]:
    """The cost of each choice with the best member of each of its types, and that member by type.

    ``values`` are by column (float64), ``lower`` and ``upper`` the fixings. Cost is BIG where a choice cannot be.
    """
    types, stages = len(member_ptr) - 1, len(stage_ptr) - 1
    best, argument = np.full(types, BIG), np.full(types, -1, np.int64)
    forced = np.zeros(types, np.int64)
    for k in range(types):
        for i in range(member_ptr[k], member_ptr[k + 1]):
            column = members[i]
            if lower[column]:
                forced[k] += 1
        for i in range(member_ptr[k], member_ptr[k + 1]):
            column = members[i]
            if upper[column] and (forced[k] == 0 or lower[column]) and values[column] < best[k]:
                best[k], argument[k] = values[column], column
        if forced[k] > 1:
            best[k] = BIG
    costs = np.empty(len(choice_ptr) - 1)
    counts = np.empty(len(choice_ptr) - 1, np.int64)
    for c in range(len(costs)):
        total, served = 0.0, 0
        for i in range(choice_ptr[c], choice_ptr[c + 1]):
            total += best[choice_types[i]]
            served += forced[choice_types[i]]
        costs[c], counts[c] = min(total, BIG), served
    for t in range(stages):
        need = 0
        for c in range(stage_ptr[t], stage_ptr[t + 1]):
            for i in range(choice_ptr[c], choice_ptr[c + 1]):
                k = choice_types[i]
                if forced[k] > 0:
                    need += forced[k]
                    forced[k] = -forced[k]
        for c in range(stage_ptr[t], stage_ptr[t + 1]):
            if counts[c] < need:
                costs[c] = BIG
    return costs, argument


@kept()
def reached(
    state_ptr: Ints,
    to: Smalls,
    fee: Smalls,
    step: Smalls,
    member_ptr: Ints,
    members: Smalls,
    fees: Floats,
    costs: Floats,
    outers: int,
    low: Ints,
    high: Ints,
    base: Ints,
    floor: Ints,
    ceiling: Ints,
) -> tuple[Floats, Ints, Ints, Ints]:
    """What can be reached from the first state with the costs as they are: where days are fixed, little.

    ``fees`` are by charge, ``costs`` by choice; inner values stay between ``floor`` and ``ceiling``, by state. Gives
    the cost of each arc, BIG for those from states that are not reached; and ``low``, ``high`` and ``base`` narrowed
    to the inner values that are reached in each state.
    """
    states = len(state_ptr) - 1
    far = np.int64(1) << np.int64(40)
    arcs = np.full(len(to), BIG)
    least, most = np.full(states, far, np.int64), np.full(states, -far, np.int64)
    if low[0] <= 0 and high[0] >= 0:
        least[0], most[0] = 0, 0
    for s in range(states):
        if least[s] > most[s]:
            continue
        for a in range(state_ptr[s], state_ptr[s + 1]):
            cost = BIG
            for m in range(member_ptr[a], member_ptr[a + 1]):
                cost = min(cost, costs[members[m]])
            arcs[a] = min(BIG, cost + fees[fee[a]])
            q = to[a]
            first, last = (
                max(least[s] + step[a], low[q], floor[q]),
                min(most[s] + step[a], high[q], ceiling[q]),
            )
            if arcs[a] < BIG and first <= last:
                least[q], most[q] = min(least[q], first), max(most[q], last)
    begin = base.copy()
    for s in range(states):
        if least[s] <= most[s]:
            begin[s] += (least[s] - low[s]) * outers
    return arcs, least, most, begin


@kept(fastmath={"nnan", "nsz"})
def lay_out(
    state_ptr: Ints,
    to: Smalls,
    step: Smalls,
    hop: Smalls,
    arcs: Floats,
    run_ptr: Ints,
    runs: Ints,
    outers: int,
    low: Ints,
    high: Ints,
    base: Ints,
    ends: Floats,
    table: Floats,
) -> None:
    """Fill ``table`` with the least cost from each state and counter value to the end; ``arcs`` is what arcs cost.

    Of state s, the value k of the inner counter and o of the outer ones are at
    ``base[s] + (k - low[s]) * outers + o``. ``runs[run_ptr[hop] : run_ptr[hop + 1]]`` are stretches of outer values
    that a hop moves: from, to, how many; others it does not allow. ``ends`` (float64, by k and o) is what the
    last state costs.
    """
    states = len(state_ptr) - 1
    widest = 1
    for s in range(states):
        widest = max(widest, high[s] - low[s] + 1)
    # Where there is much to do, two rows in turn, read from one and written to the other: written in place, the
    # minimum would become a masked store, which takes six times as long.
    row, other = np.empty(outers * widest), np.empty(outers * widest)
    for i in range(len(ends)):
        table[base[states - 1] + i] = ends[i]
    for s in range(states - 2, -1, -1):
        size = (high[s] - low[s] + 1) * outers
        if size <= 0:
            continue
        row[:size] = BIG
        for a in range(state_ptr[s], state_ptr[s + 1]):
            q, d, cost = to[a], step[a], arcs[a]
            first, last = max(low[s], low[q] - d), min(high[s], high[q] - d)
            if cost >= BIG or first > last:
                continue
            start, begin = (first - low[s]) * outers, base[q] + (first + d - low[q]) * outers
            count, run = (last - first + 1) * outers, run_ptr[hop[a]]
            whole = run_ptr[hop[a] + 1] == run + 1 and runs[run, 2] == outers
            if whole and count >= 24:
                other[:start] = row[:start]
                other[start + count : size] = row[start + count : size]
                here, there, result = (
                    row[start : start + count],
                    table[begin : begin + count],
                    other[start:size],
                )
                for x in range(count):
                    value = cost + there[x]
                    result[x] = value if value < here[x] else here[x]
                row, other = other, row
            elif whole:
                for x in range(count):
                    row[start + x] = min(row[start + x], cost + table[begin + x])
            else:
                for k in range(last - first + 1):
                    for run in range(run_ptr[hop[a]], run_ptr[hop[a] + 1]):
                        i, j = start + k * outers + runs[run, 0], begin + k * outers + runs[run, 1]
                        for x in range(runs[run, 2]):
                            row[i + x] = min(row[i + x], cost + table[j + x])
        table[base[s] : base[s] + size] = row[:size]


@kept()
def trace(
    state_ptr: Ints,
    to: Smalls,
    step: Smalls,
    hop: Smalls,
    member_ptr: Ints,
    members: Smalls,
    costs: Floats,
    arcs: Floats,
    hops: Ints,
    low: Ints,
    high: Ints,
    base: Ints,
    table: Floats,
    outer: int,
    stages: int,
    many: int,
    cutoff: float,
) -> tuple[Floats, Ints, Ints]:
    """The best ways through a table under the cutoff: their values, choices and arcs (way, stage), best first.

    Beside the best one those that leave it once, for one other choice, and go on as well as can be from there.
    ``hops[hop, o]`` is the next outer value (-1: not allowed), ``outer`` the first.
    """
    outers = hops.shape[1]
    ways, chains = np.empty((many, stages), np.int64), np.empty((many, stages), np.int64)
    values = np.full(many, BIG)
    off_stage, off_arc = np.full(many, -1, np.int64), np.full(many, -1, np.int64)
    off_choice = np.full(many, -1, np.int64)
    at_state, at_outer = np.zeros(stages + 1, np.int64), np.zeros(stages + 1, np.int64)
    at_inner = np.zeros(stages + 1, np.int64)
    picked = np.empty(stages, np.int64)
    if low[0] > 0 or high[0] < 0:
        return values[:0], ways[:0], chains[:0]
    best = table[base[0] - low[0] * outers + outer]
    if best >= min(cutoff, BIG / 2):
        return values[:0], ways[:0], chains[:0]
    count, values[0] = 1, best
    at_outer[0] = outer
    gone = 0.0
    for t in range(stages):
        s, o, k = at_state[t], at_outer[t], at_inner[t]
        chosen, least = -1, BIG
        for a in range(state_ptr[s], state_ptr[s + 1]):
            q, p, j = to[a], hops[hop[a], o], k + step[a]
            if arcs[a] >= BIG or p < 0 or j < low[q] or j > high[q]:
                continue
            value = arcs[a] + table[base[q] + (j - low[q]) * outers + p]
            if value < least:
                chosen, least = a, value
        for a in range(state_ptr[s], state_ptr[s + 1]):
            q, p, j = to[a], hops[hop[a], o], k + step[a]
            if many == 1 or arcs[a] >= BIG or p < 0 or j < low[q] or j > high[q]:
                continue
            best_of = members[member_ptr[a]]
            for m in range(member_ptr[a], member_ptr[a + 1]):
                if costs[members[m]] < costs[best_of]:
                    best_of = members[m]
            rest = gone + arcs[a] - costs[best_of] + table[base[q] + (j - low[q]) * outers + p]
            for m in range(member_ptr[a], member_ptr[a + 1]):
                value = rest + costs[members[m]]
                if (a == chosen and members[m] == best_of) or value >= min(cutoff, BIG / 2):
                    continue
                if count == many and value >= values[many - 1]:
                    continue
                place = count if count < many else many - 1
                while place > 1 and values[place - 1] > value:
                    values[place], off_choice[place] = values[place - 1], off_choice[place - 1]
                    off_stage[place], off_arc[place] = off_stage[place - 1], off_arc[place - 1]
                    place -= 1
                values[place], off_choice[place] = value, members[m]
                off_stage[place], off_arc[place] = t, a
                count = min(many, count + 1)
        picked[t] = chosen
        gone += arcs[chosen]
        at_state[t + 1], at_outer[t + 1] = to[chosen], hops[hop[chosen], o]
        at_inner[t + 1] = k + step[chosen]
    for w in range(count):
        s, o, k = np.int64(0), np.int64(outer), np.int64(0)
        for t in range(stages):
            if off_stage[w] < 0 or t < off_stage[w]:
                chosen = picked[t]
            elif t == off_stage[w]:
                chosen = off_arc[w]
            else:
                chosen, least = -1, BIG
                for a in range(state_ptr[s], state_ptr[s + 1]):
                    q, p, j = to[a], hops[hop[a], o], k + step[a]
                    if arcs[a] >= BIG or p < 0 or j < low[q] or j > high[q]:
                        continue
                    value = arcs[a] + table[base[q] + (j - low[q]) * outers + p]
                    if value < least:
                        chosen, least = a, value
            o, k, s = hops[hop[chosen], o], k + step[chosen], np.int64(to[chosen])
            choice = members[member_ptr[chosen]]
            for m in range(member_ptr[chosen], member_ptr[chosen + 1]):
                if costs[members[m]] < costs[choice]:
                    choice = members[m]
            if t == off_stage[w]:
                choice = off_choice[w]
            ways[w, t], chains[w, t] = choice, chosen
    return values[:count], ways[:count], chains[:count]


@kept()
def mend(
    way: Ints,
    chain: Ints,
    member_ptr: Ints,
    members: Smalls,
    costs: Floats,
    steps: Ints,
    least: Ints,
    most: Ints,
) -> bool:
    """Bring counters back between their bounds by other choices for the same arcs, cheaply; whether that worked.

    ``way`` (choices by stage) is changed in place; ``steps`` is by counter and choice.
    """
    counters, stages = len(steps), len(way)
    ends = np.zeros(counters, np.int64)
    for t in range(stages):
        for n in range(counters):
            ends[n] += steps[n, way[t]]
    while True:
        broken = 0
        for n in range(counters):
            broken += max(0, ends[n] - most[n]) + max(0, least[n] - ends[n])
        if broken == 0:
            return True
        stage, choice, price = -1, -1, BIG
        for t in range(stages):
            for m in range(member_ptr[chain[t]], member_ptr[chain[t] + 1]):
                other, left = members[m], 0
                if other == way[t] or costs[other] >= BIG:
                    continue
                for n in range(counters):
                    end = ends[n] + steps[n, other] - steps[n, way[t]]
                    left += max(0, end - most[n]) + max(0, least[n] - end)
                if left < broken:
                    rate = (costs[other] - costs[way[t]]) / (broken - left)
                    if rate < price:
                        stage, choice, price = t, other, rate
        if stage < 0:
            return False
        for n in range(counters):
            ends[n] += steps[n, choice] - steps[n, way[stage]]
        way[stage] = choice
