"""The day: the only thing that the pipeline asks of the clock."""

from __future__ import annotations

import datetime
import os
import re

_LATEST = 253402300799
"""The last second of the year 9999."""


def today() -> datetime.date:
    """The day in universal time; that of SOURCE_DATE_EPOCH (seconds since 1970) where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if re.fullmatch(r"[0-9]+", epoch):
        return datetime.datetime.fromtimestamp(min(int(epoch), _LATEST), datetime.UTC).date()
    return datetime.datetime.now(datetime.UTC).date()
