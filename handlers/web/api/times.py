"""Instants as other systems read them."""

import datetime as dt
from typing import Annotated, Any

from pydantic import AwareDatetime, BeforeValidator, Field

from model.calendar import CHINA


def _told(given: Any) -> Any:
    """A number is no time here: nobody would know in which unit it counts."""
    if not isinstance(given, str | dt.datetime):
        raise ValueError("a time is a text")  # noqa: TRY004 - pydantic tells of a ValueError alone
    return given


Time = Annotated[
    AwareDatetime, BeforeValidator(_told), Field(description="带时区的时间，例如 2026-12-01T09:30:00+08:00")
]


def local(at: dt.datetime) -> dt.datetime:
    """The same instant as a clock on the wall there shows it."""
    return at.astimezone(CHINA)
