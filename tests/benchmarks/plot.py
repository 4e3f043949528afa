"""Draws objective over time, with the bound, as SVG; the same figures give the same bytes.

python tests/benchmarks/plot.py CSV… [--out FOLDER] [--budget SECONDS]

A CSV is what ``peers.py`` wrote, or what ``run.py --trace`` did; a picture has its name. Needs the extra "benchmark".
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

PLOTS = Path(__file__).resolve().parent / "plots"
NAMES = {"scheduler": "duty-scheduler", "timefold": "Timefold, tuned", "cpsat": "CP-SAT, whole model"}
COLOURS = {"scheduler": "#1b6ca8", "timefold": "#c0504d", "cpsat": "#7f7f7f"}
STYLE: Any = {
    "svg.hashsalt": "duty-scheduler",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.alpha": 0.3,
}
Course = list[tuple[float, float, float | None]]
"""Seconds, objective, bound."""


def main() -> None:
    """Draw each file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=PLOTS)
    parser.add_argument(
        "--budget", type=int, help="only runs with this budget; default: each solver's largest"
    )
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for path in options.files:
        draw(read(path, options.budget), path.stem, options.out / f"{path.stem}.svg")


def read(path: Path, budget: int | None = None) -> dict[str, Course]:
    """The course of each solver in a file, by time; of several runs the one with the budget, else the longest."""
    runs: dict[str, dict[int, Course]] = defaultdict(lambda: defaultdict(list))
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            bound = float(row["bound"]) if row["bound"] else None
            point = float(row["seconds"]), float(row["objective"]), bound
            runs[row.get("solver") or "scheduler"][int(row.get("budget") or 0)].append(point)
    chosen = {solver: of.get(budget or max(of)) for solver, of in runs.items()}
    return {solver: sorted(course, key=lambda p: p[0]) for solver, course in chosen.items() if course}


def draw(courses: dict[str, Course], title: str, target: Path) -> None:
    """One picture: a line a solver, dashed the best bound."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt
    from matplotlib import ticker

    with mpl.rc_context(STYLE):
        figure, axes = plt.subplots(figsize=(7.2, 4.2), layout="constrained")
        end = max(course[-1][0] for course in courses.values())
        for solver, course in courses.items():
            _line(axes, solver, course, end)
        axes.set(title=title, xlabel="seconds", ylabel="objective", ylim=_range(courses))
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(ticker.LogLocator(subs=(1, 2, 5)))
        axes.xaxis.set_major_formatter(ticker.FormatStrFormatter("%g"))
        axes.xaxis.set_minor_formatter(ticker.NullFormatter())
        axes.ticklabel_format(axis="y", style="plain", useOffset=False)
        figure.legend(frameon=False, loc="outside lower center", ncols=2)
        figure.savefig(target, metadata={"Date": None, "Creator": None})
        plt.close(figure)


def _line(axes: Any, solver: str, course: Course, end: float) -> None:
    """A solver's objective as steps to the end, with its last value, and its bound if it told one."""
    colour = COLOURS.get(solver)
    times = [max(0.1, seconds) for seconds, _, _ in course] + [end]
    best = [objective for _, objective, _ in course]
    name = f"{NAMES.get(solver, solver)}: {best[-1]:.0f}"
    axes.step(times, [*best, best[-1]], where="post", label=name, color=colour)
    known = [(max(0.1, seconds), bound) for seconds, _, bound in course if bound is not None]
    if known:
        bounds = [bound for _, bound in known]
        steps = [seconds for seconds, _ in known] + [end]
        label = f"its bound: {bounds[-1]:.0f}"
        axes.step(steps, [*bounds, bounds[-1]], where="post", ls="--", lw=1, label=label, color=colour)


def _range(courses: dict[str, Course]) -> tuple[float, float]:
    """From a little under the best value to where the differences that matter are seen: a fifth above it."""
    best = min(objective for course in courses.values() for _, objective, _ in course)
    seen = [o for course in courses.values() for _, o, _ in course if o <= 1.2 * best]
    top = max(*seen, *(course[-1][1] for course in courses.values() if course[-1][1] <= 1.5 * best), best + 1)
    room = max(top - best, 0.01 * best)
    return best - 0.6 * room, best + 1.05 * room


if __name__ == "__main__":
    main()
