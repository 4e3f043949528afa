"""What stands in a roster.json."""

from __future__ import annotations

from pydantic import Field, ValidationError

from scheduler.domain.entity import LEVELS, Entity, Level
from scheduler.errors import Fault, InputError
from scheduler.io.faults import validation_faults
from scheduler.io.marked import Marked
from scheduler.text import Text

_KIND = "duty-scheduler roster"
FORMAT = f"{_KIND} 1"
"""What a roster file says it is; the number changes when an older product could not read it."""


class StoredPlan(Entity):
    """The plan of a roster: its file as seen from the roster's folder, its id and its digest."""

    file: str
    id: str
    digest: str


class Figures(Entity):
    """What a roster scores on a level, and what is proven of it."""

    score: int
    bound: float | None = None


class StoredAssignment(Entity):
    """A volunteer on a shift, by id."""

    shift: str
    volunteer: str


class StoredRoster(Entity):
    """A roster file."""

    format: str
    product: str = ""
    plan: StoredPlan
    status: str
    seed: int | None = None
    rounds: int | None = None
    levels: dict[Level, Figures] = Field(default_factory=dict)
    """All of them, or none for a roster made by hand; older files know no stability, which was nothing then."""
    assignments: tuple[StoredAssignment, ...]

    @property
    def scores(self) -> tuple[int, ...] | None:
        """The score level by level from the top; None if none is known."""
        none = Figures(score=0)
        return tuple(self.levels.get(level, none).score for level in LEVELS) if self.levels else None


def stored(marked: Marked) -> StoredRoster:
    """The content of a roster file.

    Raises:
        InputError: it is no roster, or one of a newer product.
    """
    data = marked.data if isinstance(marked.data, dict) else {}
    kind = data.get("format")
    if kind != FORMAT:
        raise InputError([_foreign(kind, marked)])
    try:
        found = StoredRoster.model_validate(data)
    except ValidationError as wrong:
        raise InputError([*marked.faults, *validation_faults(wrong, StoredRoster, marked)]) from wrong
    if found.levels and not set(LEVELS) <= {*found.levels, Level.STABILITY}:
        text = Text("the levels are not complete", "级别不完整")
        raise InputError([*marked.faults, Fault(marked.marks.place(("levels",)), text)])
    if marked.faults:
        raise InputError(list(marked.faults))
    return found


def _foreign(kind: object, marked: Marked) -> Fault:
    if isinstance(kind, str) and kind.startswith(_KIND):
        text = Text("the roster was made by a newer version of this program", "该排班由本程序的更新版本生成")
    else:
        text = Text("this is not a roster", "这不是排班文件")
    return Fault(marked.marks.place(("format",)), text)
