"""Draws the roster of the smallest example as the picture in the README: python examples/picture.py."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scheduler.engine.settings import Settings
from scheduler.engine.solve import solve
from scheduler.engine.stop import Deadline
from scheduler.io.read import read_plan
from scheduler.report.table import roster_table
from scheduler.text import Language, day_text

TINY = Path(__file__).parent / "tiny"
WIDTHS, HEIGHT, TOP = (150, 150, 230, 150), 44, 50
HEAD, LINE, OPEN = "#e8eef7", "#9aa7b8", "#fde2e1"


def main() -> None:
    """Solve the smallest example and draw its table, open heads in red."""
    problem = read_plan(TINY / "plan.yaml").problem
    result = solve(problem.instance(), problem.all_rules(), Deadline(60), Settings())
    table = roster_table(result.roster)
    chinese = Language.ZH
    rows = [["值守日", "岗位", *(one.say(chinese) for one in table.shift_types)]]
    missing = [[False] * len(WIDTHS)]
    for row in table.rows:
        cells = [cell.text.say(chinese) if cell else "" for cell in row.cells]
        rows.append([day_text(row.day).say(chinese)[5:], row.label.say(chinese), *cells])
        missing.append([False, False, *(bool(cell and cell.missing) for cell in row.cells)])
    (TINY / "roster.svg").write_text(_drawn(problem.name.zh, rows, missing), encoding="utf-8")


def _drawn(title: str, rows: list[list[str]], missing: list[list[bool]]) -> str:
    width, height = sum(WIDTHS), TOP + HEIGHT * len(rows)
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 0 {width + 2} {height + 1}" width="{width}" '
            'font-family="sans-serif" font-size="17" text-anchor="middle">'
        ),
        f'<rect x="-1" width="{width + 2}" height="{height + 1}" fill="white"/>',
        f'<text x="{width / 2}" y="32" font-size="21" font-weight="bold">{escape(title)}</text>',
    ]
    for number, row in enumerate(rows):
        left, top = 0, TOP + HEIGHT * number
        for cell, wide, gap in zip(row, WIDTHS, missing[number]):
            fill = OPEN if gap else "white" if number else HEAD
            parts.append(
                f'<rect x="{left}" y="{top}" width="{wide}" height="{HEIGHT}" fill="{fill}" stroke="{LINE}"/>'
            )
            parts.append(f'<text x="{left + wide / 2}" y="{top + HEIGHT / 2 + 6}">{escape(cell)}</text>')
            left += wide
    return "\n".join([*parts, "</svg>", ""])


if __name__ == "__main__":
    main()
