"""Logs without people in them: an exception's place is written, its message is not.

A message may carry a phone number, a name or a customer's words (safety T18); the libraries'
own handlers would print it with the traceback.
"""

from __future__ import annotations

import logging
import traceback
from typing import Any

_OWN_LINES = 6


def where(error: BaseException) -> str:
    """The innermost lines of code of an error, as `file:line function`."""
    frames = traceback.extract_tb(error.__traceback__)[-_OWN_LINES:]
    return " < ".join(
        f"{'/'.join(f.filename.split('/')[-2:])}:{f.lineno} {f.name}" for f in reversed(frames)
    )


def install() -> None:
    """From now on every record of this process names the place of its exception only."""
    if getattr(logging.getLogRecordFactory(), "is_quiet", False):
        return
    make = logging.getLogRecordFactory()

    def quiet(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            record.msg = f"{record.msg if not record.args else record.getMessage()}: "
            record.msg += f"{type(error).__name__} at {where(error)}"
            record.args, record.exc_info = (), None
        return record

    quiet.is_quiet = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(quiet)
