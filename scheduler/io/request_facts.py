"""What an organisation is asked for: its quota and promise, its posts, its members as the plan knows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.domain.organisation import Organisation, Pairing, PairingKind
from scheduler.domain.post import Post
from scheduler.domain.volunteer import Volunteer
from scheduler.problem import Problem
from scheduler.rules.organisations.quota import Quota
from scheduler.rules.organisations.share import Share
from scheduler.rules.organisations.turn import Turn
from scheduler.text import Text

PAIRINGS = {
    PairingKind.EXCLUSIVE: Text("only you serve there", "由贵单位独任"),
    PairingKind.PREFERRED: Text("you before others", "贵单位优先"),
    PairingKind.SPONSORED: Text("one of you in every crew", "每班至少一名贵单位人员"),
    PairingKind.EXCLUDED: Text("none of you there", "贵单位不参加"),
}
"""What a pairing means for an organisation."""

_PERIODS = {
    "day": Text("a day", "每天"),
    "week": Text("a week", "每周"),
    "month": Text("a month", "每月"),
    "horizon": Text("in all", "本期共"),
}
_UNITS = {
    "number": Text("person-times", "人次"),
    "demand": Text("percent of the heads wanted", "%（占需求人次）"),
    "promise": Text("percent of what was promised", "%（占承诺人次）"),
}


@dataclass(frozen=True, slots=True)
class Request:
    """What an organisation's form shows."""

    organisation: Organisation
    lines: tuple[Text, ...]
    posts: tuple[tuple[Post, Text | None], ...]
    members: tuple[Volunteer, ...]


def requests(problem: Problem) -> tuple[Request, ...]:
    """A request for each organisation that has members, promised something or is paired with a place, by id.

    Members belong to the organisation they are in, not to those above it.
    """
    every = sorted(problem.organisations, key=lambda one: one.id)
    paired = {pairing.organisation for pairing in problem.pairings}
    manned = {one.organisation for one in problem.volunteers}
    above = {one.within for one in problem.organisations}
    return tuple(
        _request(problem, one)
        for one in every
        if one.id in manned or one.id in paired or one.promised or one.id not in above
    )


def _request(problem: Problem, organisation: Organisation) -> Request:
    members = (one for one in problem.volunteers if one.organisation == organisation.id)
    return Request(
        organisation,
        tuple(_lines(problem, organisation)),
        tuple(_posts(problem, organisation)),
        tuple(sorted(members, key=lambda one: one.id)),
    )


def _lines(problem: Problem, organisation: Organisation) -> Iterator[Text]:
    first, last = problem.horizon.first, problem.horizon.last
    yield Text("Days: {first} to {last}", "值守日期：{first}至{last}").format(first=first, last=last)
    if organisation.promised is not None:
        yield Text("Promised: {n} person-times", "承诺人次：{n}").format(n=organisation.promised)
    for rule in problem.all_rules():
        if isinstance(rule, Quota) and _concerns(rule, organisation):
            yield _quota(rule)
        elif isinstance(rule, Share | Turn) and _concerns(rule, organisation):
            yield Text("Rule: {title}", "规则：{title}").format(title=rule.title)


def _concerns(rule: Quota | Share | Turn, organisation: Organisation) -> bool:
    if rule.branches_of is not None:
        return organisation.within == rule.branches_of
    if rule.organisations is not None:
        return organisation.id in rule.organisations
    return organisation.within is None


def _quota(rule: Quota) -> Text:
    bounds = {
        (True, True): Text("{least} to {most}", "{least}～{most} "),
        (True, False): Text("at least {least}", "至少 {least} "),
        (False, True): Text("at most {most}", "至多 {most} "),
    }[rule.least is not None, rule.most is not None]
    return Text("Quota: {bounds} {unit} {period}", "定额：{period}{bounds}{unit}").format(
        bounds=bounds.format(least=rule.least, most=rule.most),
        unit=_UNITS[rule.of],
        period=_PERIODS[rule.per],
    )


def _posts(problem: Problem, organisation: Organisation) -> Iterator[tuple[Post, Text | None]]:
    """The posts with what they are to the organisation; all of them if it is paired with none."""
    line = _with_above(problem, organisation)
    mine = [pairing for pairing in problem.pairings if pairing.organisation in line]
    for post in problem.posts:
        kinds = [pairing for pairing in mine if pairing.place in _around(problem, post)]
        if kinds:
            yield post, _meaning(kinds[-1])
        elif not mine:
            yield post, None


def _meaning(pairing: Pairing) -> Text:
    meaning = PAIRINGS[pairing.kind]
    if pairing.first is None and pairing.last is None:
        return meaning
    dates = f"{pairing.first or ''}..{pairing.last or ''}"
    return Text(f"{meaning.en} ({dates})", f"{meaning.zh}（{dates}）")


def _with_above(problem: Problem, organisation: Organisation) -> set[str]:
    within = {one.id: one.within for one in problem.organisations}
    line = {organisation.id}
    above = organisation.within
    while above is not None and above not in line:
        line.add(above)
        above = within.get(above)
    return line


def _around(problem: Problem, post: Post) -> set[str]:
    within = {one.id: one.within for one in problem.places}
    found = {post.id}
    place: str | None = post.place
    while place is not None and place not in found:
        found.add(place)
        place = within.get(place)
    return found
