"""Dying on purpose: `LIANBAN_FAULT=accept:after:3` is a kill -9 of ourselves, right after the third case was committed."""

import os
import signal
from collections.abc import Callable

from bot.settings import Settings
from storage.steps import POINTS, Point, hang


class FaultMistaken(Exception):
    """The fault asked for does not exist, or must not happen here; the message says what would be valid."""


def hang_fault(settings: Settings) -> Callable[[], None]:
    """Hang up the fault that is set, if any; returns what takes it off again. Raises FaultMistaken.

    Only beside the sandbox, or where LIANBAN_FAULTS=1 says that this is no production.
    """
    if not settings.fault:
        return lambda: None
    if not (settings.sandbox or settings.faults):
        raise FaultMistaken(
            "LIANBAN_FAULT would kill a program in production: it needs the sandbox or LIANBAN_FAULTS=1"
        )
    name, _, times = settings.fault.rpartition(":")
    point = {str(one): one for one in POINTS}.get(name)
    if point is None or not times.isdecimal() or int(times) < 1:
        raise FaultMistaken(
            f"LIANBAN_FAULT={settings.fault}: say STEP:before:N or STEP:after:N, the N-th passage of one of\n"
            + " ".join(str(one) for one in POINTS)
        )
    return hang(_Killer(point, int(times)))


class _Killer:
    def __init__(self, point: Point, times: int) -> None:
        self._point = point
        self._left = times

    def __call__(self, point: Point) -> None:
        if point != self._point:
            return
        self._left -= 1
        if self._left == 0:
            os.write(1, f"fault: killed at {point}\n".encode())  # past every buffer
            os.kill(os.getpid(), signal.SIGKILL)
