"""By: what a report of person-times has its rows for."""

from __future__ import annotations

from enum import StrEnum

from scheduler.text import Text


class By(StrEnum):
    """What a table has a row for."""

    ORGANISATION = "organisation"
    PLACE = "place"
    POST = "post"
    PERSON = "person"
    TIER = "tier"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    @property
    def label(self) -> Text:
        """What people read."""
        return _LABELS[self]


_LABELS = {
    By.ORGANISATION: Text("Organisation", "组织"),
    By.PLACE: Text("Place", "地点"),
    By.POST: Text("Post", "岗位"),
    By.PERSON: Text("Person", "人员"),
    By.TIER: Text("Tier", "类别"),
    By.DAY: Text("Duty day", "值守日"),
    By.WEEK: Text("Week", "周"),
    By.MONTH: Text("Month", "月份"),
}
