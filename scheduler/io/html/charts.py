"""The charts of a page: cover by day and post, load by person, load by organisation."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from scheduler.domain.roster import Roster
from scheduler.io.html.facts import Facts
from scheduler.io.html.svg import Drawing, inline_svg
from scheduler.report.fairness import Fairness, fairness
from scheduler.text import Language, Text, joined

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SHADES = (
    (Text("no shift", "无班次"), "#eef1f5"),
    (Text("covered", "已排满"), "#a9d3bd"),
    (Text("one missing", "缺1人"), "#f6bd60"),
    (Text("two or three missing", "缺2至3人"), "#e4572e"),
    (Text("more missing", "缺4人及以上"), "#8f1d14"),
)
"""What a colour of the heat map means."""

_BLUE, _RED, _INK = "#2f6fb0", "#c0272d", "#33404d"
_LONGEST = 12
_MOST_BARS = 20


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its title, what it shows in a sentence, and whether it may be wider than the page."""

    title: Text
    text: Text
    picture: Markup
    wide: bool = False


def charts(facts: Facts, roster: Roster, languages: Sequence[Language]) -> list[Chart]:
    """The charts of a roster; those without anything to show are left out."""
    load = fairness(roster)
    made = [_cover(facts, languages)] if facts.duties else []
    if any(n for n, _ in load.total.histogram):
        made.append(_people(load, languages))
    if any(one.person_times for one in load.organisations):
        made.append(_organisations(load, languages))
    return made


def _cover(facts: Facts, languages: Sequence[Language]) -> Chart:
    missing: Counter[tuple[int, int]] = Counter()
    shifts: Counter[tuple[int, int]] = Counter()
    for duty in facts.duties:
        missing[duty.post, duty.day] += duty.missing
        shifts[duty.post, duty.day] += 1
    posts = [n for n in range(len(facts.posts)) if any(post == n for post, _ in shifts)]
    days = range(len(facts.days))
    gaps = [[missing[post, day] for day in days] for post in posts]
    shades = [
        [_shade(count) if shifts[post, day] else 0 for day, count in enumerate(row)]
        for post, row in zip(posts, gaps)
    ]
    total, least = sum(missing.values()), sum(duty.least for duty in facts.duties)
    gone = Text(f"{total} missing", f"缺{total}人次") if total else Text("none missing", "无缺员")
    text = Text(
        f"{least - total} of {least} places filled at {len(posts)} posts on {len(days)} days; {gone.en}.",
        f"{len(posts)}个岗位、{len(days)}天，应到{least}人次，已安排{least - total}人次，{gone.zh}。",
    )

    def draw(drawing: Drawing) -> Figure:
        return _heat_map(drawing, facts, posts, gaps, shades)

    title = Text("Cover by day and post", "各岗位每日到岗情况")
    return Chart(title, text, inline_svg(draw, text, languages), wide=len(days) > 8)


def _heat_map(
    drawing: Drawing, facts: Facts, posts: list[int], gaps: list[list[int]], shades: list[list[int]]
) -> Figure:
    from matplotlib.colors import ListedColormap

    labels = [_cut(facts.posts[post].label) for post in posts]
    left = 0.2 + _width(labels) * 0.125
    figure, axes = _axes(left, _cell_width(len(facts.days)) * len(facts.days), 0.27 * len(posts), 0.3)
    mesh = axes.pcolormesh(
        shades,
        cmap=ListedColormap([colour for _, colour in SHADES]),
        vmin=-0.5,
        vmax=len(SHADES) - 0.5,
        edgecolors="#ffffff",
        linewidth=1,
    )
    mesh.set_gid("cells")
    drawing.titles["cells"] = [
        _cell(facts, post, day, count, shade)
        for post, row, tones in zip(posts, gaps, shades)
        for day, (count, shade) in enumerate(zip(row, tones))
    ]
    for row, counts in enumerate(gaps):
        for day, count in enumerate(counts):
            if count:
                colour = "#ffffff" if shades[row][day] > 2 else _INK
                axes.text(day + 0.5, row + 0.48, str(count), ha="center", va="center", color=colour, size=7)
    axes.invert_yaxis()
    step = 1 if len(facts.days) <= 10 else 7
    first = 0 if step == 1 else -facts.days[0][0].weekday() % 7
    ticks = range(first, len(facts.days), step)
    axes.set_xticks([n + 0.5 for n in ticks], [f"{facts.days[n][0]:%m-%d}" for n in ticks])
    axes.set_yticks([n + 0.5 for n in range(len(posts))], [drawing.mark(label) for label in labels])
    return figure


def _cell_width(days: int) -> float:
    """In inches: room for a date below each of a few days, all of many days on a wide screen."""
    return 0.45 if days <= 10 else min(0.27, max(0.16, 12.6 / days))


def _cell(facts: Facts, post: int, day: int, missing: int, shade: int) -> Text:
    date = f"{facts.days[day][0]:%m-%d}"
    said = Text(f"{missing} missing", f"缺{missing}人") if missing else SHADES[shade][0]
    label = facts.posts[post].label
    return Text(f"{date} {label.en} {said.en}", f"{date} {label.zh} {said.zh}")


def _shade(missing: int) -> int:
    return (1, 2, 3, 3)[missing] if missing < 4 else 4


def _people(load: Fairness, languages: Sequence[Language]) -> Chart:
    spread = load.total
    text = Text(
        f"{spread.persons} people: {spread.least} to {spread.most} shifts each, median {spread.median:g}, "
        f"mean {spread.mean:.1f}.",
        f"共{spread.persons}人，每人{spread.least}至{spread.most}班，中位数{spread.median:g}，平均{spread.mean:.1f}班。",
    )
    counts = dict(spread.histogram)
    numbers = range(spread.most + 1)

    def draw(drawing: Drawing) -> Figure:
        figure, axes = _axes(0.3, 3.4, 2.0, 0.5)
        bars = axes.bar(list(numbers), [counts.get(n, 0) for n in numbers], width=0.8, color=_BLUE)
        axes.bar_label(bars, [f"{counts[n]}" if n in counts else "" for n in numbers], size=8, color=_INK)
        step = max(1, -(-len(numbers) // 16))
        axes.set_xticks([*numbers][::step])
        axes.set_yticks([])
        axes.set_xlabel(drawing.mark(Text("shifts per person", "每人班次数")))
        axes.set_ylabel(
            drawing.mark(Text("people", "人数")), rotation=0, ha="left", va="bottom", y=1.02, labelpad=12
        )
        return figure

    return Chart(Text("Shifts per person", "每人班次分布"), text, inline_svg(draw, text, languages))


def _organisations(load: Fairness, languages: Sequence[Language]) -> Chart:
    found = [one for one in load.organisations if one.person_times]
    shown = sorted(found, key=lambda one: (-one.person_times, one.organisation))[:_MOST_BARS]
    named = joined([_named(one.label, one.person_times) for one in shown[:3]])
    text = Text(f"Most person-times: {named.en}.", f"人次最多：{named.zh}。")
    labels = [_cut(one.label) for one in shown]

    def draw(drawing: Drawing) -> Figure:
        figure, axes = _axes(0.2 + _width(labels) * 0.125, 2.5, 0.27 * len(shown), 0.1)
        bars = axes.barh(range(len(shown)), [one.person_times for one in shown], height=0.7, color=_BLUE)
        marks = [
            drawing.mark(
                Text(f"{one.person_times} by {one.persons}", f"{one.person_times}人次 {one.persons}人")
            )
            for one in shown
        ]
        axes.bar_label(bars, marks, padding=3, size=8, color=_INK)
        axes.set_xlim(0, 1.45 * shown[0].person_times)
        axes.set_ylim(len(shown) - 0.5, -0.5)
        axes.set_xticks([])
        axes.set_yticks(range(len(shown)), [drawing.mark(label) for label in labels])
        return figure

    title = Text("Person-times by organisation", "各组织参与人次")
    return Chart(title, text, inline_svg(draw, text, languages))


def _named(label: Text, count: int) -> Text:
    return Text(f"{label.en} {count}", f"{label.zh}{count}人次")


def _axes(left: float, width: float, height: float, bottom: float) -> tuple[Figure, Axes]:
    """A figure and bare axes of that size in inches, with room for what stands left of and below them."""
    from matplotlib.figure import Figure

    right, top = 0.15, 0.3 if bottom >= 0.5 else 0.05
    whole, tall = left + width + right, bottom + height + top
    figure = Figure(figsize=(whole, tall))
    axes = figure.add_axes((left / whole, bottom / tall, width / whole, height / tall))
    axes.tick_params(length=0, labelcolor=_INK)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return figure, axes


def _cut(label: Text) -> Text:
    return Text(_clipped(label.en), _clipped(label.zh))


def _clipped(word: str) -> str:
    kept, width = "", 0.0
    for character in word:
        width += _em(character)
        if width > _LONGEST:
            return f"{kept}…"
        kept += character
    return kept


def _width(labels: Sequence[Text]) -> float:
    """The width of the longest label in ems."""
    return max((sum(map(_em, word)) for label in labels for word in (label.en, label.zh)), default=0.0)


def _em(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in "WF" else 0.56
