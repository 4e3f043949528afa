"""Names of levels and states, as people read them."""

from __future__ import annotations

from scheduler.domain.entity import Level
from scheduler.text import Text

LEVEL_NAMES = {
    Level.HARD: Text("hard rules", "硬性规则"),
    Level.COVER: Text("cover", "覆盖"),
    Level.RESERVE: Text("reserve", "后备"),
    Level.ORGANISATION: Text("organisations", "组织"),
    Level.FAIRNESS: Text("fairness", "公平"),
    Level.WISH: Text("wishes", "意愿"),
}
