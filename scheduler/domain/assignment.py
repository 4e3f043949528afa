"""Assignment: a volunteer on a shift, by the names a plan uses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from scheduler.domain.entity import Entity, PostId, ShiftTypeId, VolunteerId
from scheduler.domain.moment import Day
from scheduler.domain.refusal import found, refused
from scheduler.domain.shift import shift_id
from scheduler.text import Text, same

if TYPE_CHECKING:
    from scheduler.domain.instance import Instance
    from scheduler.domain.shift import Shift
    from scheduler.domain.volunteer import Volunteer


_PARTS = ("post", "day", "shift_type")


class Assignment(Entity):
    """A volunteer on the shift of a post, a duty day and a shift type.

    Short form of the last three: ``shift: gate/2020-03-02/morning``, the id of the shift.
    """

    volunteer: VolunteerId
    post: PostId
    day: Day
    shift_type: ShiftTypeId

    @model_validator(mode="before")
    @classmethod
    def _long(cls, value: Any) -> Any:
        if not isinstance(value, Mapping) or "shift" not in value:
            return value
        if any(key in value for key in _PARTS):
            raise refused(
                Text(
                    "write either shift or post, day and shift_type, not both",
                    "shift 与 post、day、shift_type 只能写其一",
                )
            )
        parts = value["shift"].split("/") if isinstance(value["shift"], str) else []
        if len(parts) != 3:
            raise _no_shift_id(value["shift"])
        rest = {key: one for key, one in value.items() if key != "shift"}
        return rest | dict(zip(_PARTS, parts))

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        long = handler.resolve_ref_schema(handler(core_schema))
        shift = {"type": "string", "examples": ["gate/2020-03-02/morning"]}
        rest = {key: one for key, one in long["properties"].items() if key not in _PARTS}
        short = long | {"properties": rest | {"shift": shift}, "required": ["volunteer", "shift"]}
        return {"anyOf": [long, short]}

    @property
    def shift_id(self) -> str:
        """The id of the shift."""
        return shift_id(self.post, self.day, self.shift_type)

    def shift(self, instance: Instance) -> Shift | None:
        """The shift; None if the plan's demand has no such one."""
        number = instance.shift_index.get(self.shift_id)
        return None if number is None else instance.shifts[number]

    def start(self, instance: Instance) -> dt.datetime:
        """The naive wall time at which the shift starts, whether the plan's demand has it or not."""
        known = instance.shift_types.get(self.shift_type)
        return instance.horizon.starting(self.day, known.start if known else instance.horizon.day_starts)

    def person(self, instance: Instance) -> Volunteer | None:
        """The volunteer; None if the plan has nobody of that id."""
        number = instance.volunteer_index.get(self.volunteer)
        return None if number is None else instance.volunteers[number]

    def shift_label(self, instance: Instance) -> Text:
        """What people read for the shift: its id if the plan has no such one."""
        shift = self.shift(instance)
        return same(self.shift_id) if shift is None else shift.label


def _no_shift_id(value: object) -> Exception:
    what = found(value)
    return refused(
        Text(
            f"expected a shift like gate/2020-03-02/morning, found {what.en}",
            f"应为形如 gate/2020-03-02/morning 的班次，实为{what.zh}",
        )
    )
