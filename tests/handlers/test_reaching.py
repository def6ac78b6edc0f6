"""A database that cannot be reached is said to be away, not a fault of the program."""

import os

import pytest

from handlers.casework import Casework
from handlers.ports import CoreAway
from routing.evolve import fold
from storage.engine import open_database
from storage.records import Records
from storage.staffing import Staffing
from storage.vault import Keyring, Vault


async def test_no_server_at_the_url_is_away():
    vault = Vault(Keyring("k", {"k": os.urandom(32)}), os.urandom(32))
    database = open_database("postgresql://nobody@127.0.0.1:1/none")
    core = Casework(Records(database, vault, fold), Staffing(database, vault), {})
    with pytest.raises(CoreAway):
        await core.case("any")
    with pytest.raises(CoreAway):
        await core.staff("account", "person")
    await database.close()
