"""An empty calendar: what a link gives whose holder has no feed any more."""

from __future__ import annotations

import hashlib

from scheduler.io.ics import to_ics
from scheduler.publish.event import Calendar
from scheduler.publish.wording import DUTY
from scheduler.serve.folder import Content, Holder
from scheduler.text import Language


def empty_calendar(holder: Holder) -> Content:
    """A valid calendar without events; a program that subscribed goes on asking, and finds new ones later."""
    calendar = Calendar(holder.audience, holder.owner, DUTY, "Asia/Shanghai", ())
    data = to_ics(calendar, Language.ZH)
    return Content(data, hashlib.sha256(data).hexdigest())
