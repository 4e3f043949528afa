"""What all facts share: immutability, strict keys, ids that say what they refer to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)

from scheduler.domain.refusal import found, refused
from scheduler.text import Text


class Entity(BaseModel):
    """A fact: immutable, and every key must be known."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, allow_inf_nan=False)


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field as a reference to the id of another fact of one of these kinds."""

    kinds: tuple[str, ...]

    def __init__(self, *kinds: str) -> None:
        object.__setattr__(self, "kinds", kinds)


_NOT_IN_IDS = r"\s/,;|\\\x00-\x1f"


def _as_id(value: str) -> str:
    if re.search(f"[{_NOT_IN_IDS}]", value):
        raise refused(
            Text(
                f'the id "{value}" holds a blank or one of / , ; | \\',
                f"编号“{value}”含有空格或 / , ; | \\ 之一",
            ),
            Text("ids are plain words; what people read is the name", "编号须为连续的字符；供人阅读的是名称"),
        )
    return value


Identifier = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=80),
    AfterValidator(_as_id),
    Field(json_schema_extra={"pattern": f"^[^{_NOT_IN_IDS}]+$"}),
]


def _in_tenths(value: float) -> float:
    if abs(value * 10 - round(value * 10)) > 1e-6:
        raise refused(
            Text(f"{value} is not in tenths of a point", f"{value} 不是 0.1 分的整数倍"),
            Text("write it like 1.2", "请写成如 1.2"),
        )
    return value


Burden = Annotated[float, AfterValidator(_in_tenths)]
"""Burden points, in tenths so that sums are exact."""

PlaceId = Annotated[str, Ref("place")]
PostId = Annotated[str, Ref("post")]
PlaceOrPostId = Annotated[str, Ref("place", "post")]
OrganisationId = Annotated[str, Ref("organisation")]
TeamId = Annotated[str, Ref("team")]
SkillId = Annotated[str, Ref("skill")]
ShiftTypeId = Annotated[str, Ref("shift type")]
VolunteerId = Annotated[str, Ref("volunteer")]


def _as_text(value: Any) -> Any:
    if isinstance(value, str):
        if not value.strip():
            raise refused(Text("a name must not be empty", "名称不能为空"))
        return Text(en=value.strip(), zh=value.strip())
    if isinstance(value, Text):
        return value
    if isinstance(value, dict) and set(value) == {"en", "zh"}:
        return Text(en=_as_text(value["en"]).en, zh=_as_text(value["zh"]).zh)
    what = found(value)
    raise refused(
        Text(
            f"expected a text, or a mapping with the keys en and zh, found {what.en}",
            f"应为文本，或含 en 与 zh 两键的键值，实为{what.zh}",
        ),
        Text("put it in quotes", "请加引号") if isinstance(value, int | float) else None,
    )


Words = Annotated[
    Text,
    BeforeValidator(_as_text),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {"en": {"type": "string"}, "zh": {"type": "string"}},
                    "required": ["en", "zh"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
"""A name or sentence as a plan gives it: one string, or one by language."""


class Named(Entity):
    """A fact with an id and a name; the name defaults to the id."""

    id: Identifier
    name: Words | None = Field(default=None, description="what people read; default: the id")

    @property
    def label(self) -> Text:
        """What people read."""
        return self.name or Text(en=self.id, zh=self.id)

    def __hash__(self) -> int:
        return hash(self.id)


class Level(StrEnum):
    """The rank of a rule, from the top; a score is compared level by level in this order."""

    HARD = "hard"
    COVER = "cover"
    STABILITY = "stability"
    RESERVE = "reserve"
    ORGANISATION = "organisation"
    FAIRNESS = "fairness"
    WISH = "wish"

    @property
    def label(self) -> Text:
        """What people read."""
        return _LEVEL_LABELS[self]


_LEVEL_LABELS = {
    Level.HARD: Text("hard rules", "硬性规则"),
    Level.COVER: Text("cover", "覆盖"),
    Level.STABILITY: Text("stability", "稳定"),
    Level.RESERVE: Text("reserve", "后备"),
    Level.ORGANISATION: Text("organisations", "组织"),
    Level.FAIRNESS: Text("fairness", "公平"),
    Level.WISH: Text("wishes", "意愿"),
}

LEVELS = tuple(Level)
"""All levels from the top."""

SOFT_LEVELS = LEVELS[1:]
"""The levels that are optimised, from the top."""
