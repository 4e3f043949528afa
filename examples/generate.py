"""Writes the tables of the example plans anew: ``python examples/generate.py``. Everybody is invented."""

from __future__ import annotations

from pathlib import Path

from district import dongcheng
from invented import write
from stations import beixinqiao

HERE = Path(__file__).parent

PEOPLE = (
    "id,name,organisation,tier,home,teams,skills,availability,unavailable,want,avoid,"
    "per_day,per_week,per_horizon,born,joined,history_shifts,history_burden"
)


def main() -> None:
    """Write every table beside this file."""
    people, teams = beixinqiao()
    write(HERE / "beixinqiao" / "volunteers.csv", PEOPLE, people)
    write(HERE / "beixinqiao" / "teams.csv", "id,name,kind", teams)
    write(HERE / "dongcheng" / "volunteers.csv", PEOPLE, dongcheng())


if __name__ == "__main__":
    main()
