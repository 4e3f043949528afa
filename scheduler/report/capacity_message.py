"""What is sent on of capacity: how certain a recommendation is, a recruiting message, all of it for machines."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.report.capacity import (
    Capacity,
    Group,
    Proof,
    Recruits,
    bottlenecks,
    needs,
)
from scheduler.report.capacity_words import date_text, kind_text, number
from scheduler.text import Text, day_text, joined

UNKNOWN = Text(
    "Whom to ask for was not worked out in the time given: allow more --seconds.",
    "限定时间内未算出所需人员，请增大 --seconds。",
)
TO_SEND = Text("To send on:", "招募信息（可直接转发）：")
LONGEST = 1900
"""Characters a message has at most: chat groups take 2,000."""


def group_text(one: Group) -> Text:
    """A bottleneck in a few words: ``medical: 12 of 40 open``."""
    count = number(one.open if one.alone is None else one.alone)
    return Text("{label}: {count} of {of} heads", "{label}缺 {count} 人次（应到 {of}）").format(
        label=one.label, count=count, of=one.demanded
    )


def message(found: Capacity) -> Text | None:
    """A recruiting message to send on, under 2,000 characters; None if nobody need be asked."""
    if found.recruits is None or not found.recruits.needs:
        return None
    lines = list(_message(found))
    while max(len("\n".join(line.en for line in lines)), len("\n".join(line.zh for line in lines))) > LONGEST:
        del lines[-3]
    return joined(lines, "\n", "\n")


def _message(found: Capacity) -> Iterator[Text]:
    assert found.recruits is not None, "a message asks for somebody"
    days = found.instance.horizon
    yield Text("[Helpers wanted] {name}", "【招募志愿者】{name}").format(name=found.name)
    yield Text(
        "From {first} to {last} our posts need people.{until} {open} of {demanded} person-times stay open.",
        "{first}至{last}值守需要增援。{until}全期应到 {demanded} 人次，缺 {open} 人次。",
    ).format(
        first=day_text(days.first),
        last=day_text(days.last),
        until=_until(found),
        open=number(found.least),
        demanded=found.demanded,
    )
    if short := [group_text(one) for one in bottlenecks(found)[:4]]:
        yield Text("Most lacking: {short}.", "缺口主要在：{short}。").format(short=joined(short, "; ", "；"))
    yield from _worst_days(found)
    yield Text("We ask for:", "现需补充：")
    for n, need in enumerate(needs(found), 1):
        yield Text("{n}. {people} {kind}", "{n}. {kind} {people} 名").format(
            n=n, people=need.people, kind=kind_text(found.instance, need.kind)
        )
    yield Text(
        "Each of them {shifts} a week at most. With these {people} people every day would be {share} covered or more.",
        "每人每周至多 {count} 班。以上 {people} 人到位后，每天到岗率可达 {share} 以上。",
    ).format(
        count=found.recruits.per_week,
        shifts=f"{found.recruits.per_week} shift{'s' if found.recruits.per_week > 1 else ''}",
        people=found.recruits.people,
        share=f"{found.share:.0%}",
    )
    yield Text(
        "Please reply with name, organisation and free times. Thank you!",
        "请回复姓名、单位、可服务时间。谢谢！",
    )


def _until(found: Capacity) -> Text:
    if found.first is None:
        return Text("", "")
    return Text(
        " With today's sign-ups {share} of the places can no longer be filled every day from {day} on.",
        "按目前报名情况，自{day}起无法保证每天到岗率达到{share}。",
    ).format(day=day_text(found.first), share=f"{found.share:.0%}")


def _worst_days(found: Capacity) -> Iterator[Text]:
    below = [one.day for one in found.days if one.share < found.share - 1e-9]
    dates = joined([date_text(day) for day in below[:6]])
    more = Text(f" and {len(below) - 6} more days", f"等 {len(below)} 天") if len(below) > 6 else Text("", "")
    if below:
        yield Text("Days most in need: {dates}{more}.", "最缺人的日子：{dates}{more}。").format(
            dates=dates, more=more
        )


def capacity_data(found: Capacity) -> dict[str, object]:
    """All of it as plain values for JSON: dates as ISO texts, texts in both languages."""
    text = message(found)
    return {
        "share": found.share,
        "first_day_below": found.first.isoformat() if found.first else None,
        "demanded": found.demanded,
        "open": found.least,
        "days": [
            {"day": one.day.isoformat(), "demanded": one.demanded, "open": one.open} for one in found.days
        ],
        "groups": [
            {
                "by": str(one.dimension),
                "key": one.key,
                "label": _both(one.label),
                "demanded": one.demanded,
                "open": one.open,
                "open_if_served_first": one.alone,
            }
            for one in found.groups
        ],
        "helpers": _recruits_data(found) if found.recruits else None,
        "message": _both(text) if text else None,
    }


def _recruits_data(found: Capacity) -> dict[str, object]:
    assert found.recruits is not None, "somebody is asked for"
    return {
        "needs": [
            {
                "people": need.people,
                "skills": list(need.kind.skills),
                "organisation": need.kind.organisation,
                "shift_type": need.kind.shift_type,
                "label": _both(kind_text(found.instance, need.kind)),
            }
            for need in needs(found)
        ],
        "per_week": found.recruits.per_week,
        "verified_by": str(found.recruits.proof),
        "fewest": found.recruits.fewest,
        "each_needed": found.recruits.needed,
    }


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}


def proof_text(recruits: Recruits, share: float) -> Text:
    """How far the recommendation is certain."""
    enough = {
        Proof.ROSTER: Text(
            "verified: with them a roster was found that covers {share} of every day",
            "已验证：补充后找到了每天到岗率不低于 {share} 的排班",
        ),
        Proof.RELAXATION: Text(
            "with them the bound on coverage reaches {share} of every day; no roster was found in the time given",
            "补充后覆盖率的理论上限达到每天 {share}；限定时间内未得出具体排班",
        ),
        Proof.NONE: Text(
            "in the time given it was not verified that they suffice", "限定时间内未能验证是否足够"
        ),
    }[recruits.proof]
    parts = [enough.format(share=f"{share:.0%}")]
    if recruits.needed:
        parts.append(Text("one fewer of any kind does not do", "任一类少一人都不够"))
    else:
        parts.append(
            Text(
                "that fewer do not do was not verified in the time given", "限定时间内未验证更少的人是否足够"
            )
        )
    if recruits.fewest:
        parts.append(Text("no other mix of these kinds does with fewer", "换用其他搭配也不能更少"))
    return joined(parts, "; ", "；")
