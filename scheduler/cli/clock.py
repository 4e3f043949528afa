"""The one wall clock of the command line."""

from __future__ import annotations

import datetime as dt
import os


def now() -> dt.datetime:
    """The present moment in UTC, whole seconds; ``SOURCE_DATE_EPOCH`` stands in for it if it is a number.

    A run that must be repeatable sets that variable (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isdecimal():
        return dt.datetime.fromtimestamp(int(fixed), dt.UTC)
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
