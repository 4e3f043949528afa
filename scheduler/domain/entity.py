"""What all facts share: immutability, strict keys, ids that say what they refer to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from scheduler.text import Text


class Entity(BaseModel):
    """A fact: immutable, and every key must be known."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field as a reference to the id of another fact of one of these kinds."""

    kinds: tuple[str, ...]

    def __init__(self, *kinds: str) -> None:
        object.__setattr__(self, "kinds", kinds)


Identifier = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=r"^[^\s/,;|\\\x00-\x1f]+$"),
]

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
            raise ValueError("a name must not be empty")
        return Text(en=value.strip(), zh=value.strip())
    if (
        isinstance(value, dict)
        and set(value) == {"en", "zh"}
        and all(isinstance(v, str) for v in value.values())
    ):
        return Text(**value)
    if isinstance(value, Text):
        return value
    raise ValueError("expected a text, or a mapping with the keys en and zh")


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
    RESERVE = "reserve"
    ORGANISATION = "organisation"
    FAIRNESS = "fairness"
    WISH = "wish"


LEVELS = tuple(Level)
"""All levels from the top."""

SOFT_LEVELS = LEVELS[1:]
"""The levels that are optimised, from the top."""
