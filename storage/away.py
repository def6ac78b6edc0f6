"""What it looks like when the SQL database cannot be reached, as opposed to a mistake in what was asked of it."""

from typing import Final

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from storage.newer import Newer
from storage.records import Conflict

RECORDS_AWAY: Final = (OperationalError, InterfaceError, NoConnection, Conflict, Newer, OSError, TimeoutError)
"""Asking again later may help: no connection, a lock not had in time, a transaction lost too often."""
