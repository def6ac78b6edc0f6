"""Who may sign in to the console: a login of a member of staff, and what it is for (roles)."""

import datetime as dt
import re
from enum import StrEnum
from typing import Final

from model.frozen import Frozen

NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{2,31}")
"""How a login is written: small letters, digits and . _ -, 3 to 32 of them."""


class Role(StrEnum):
    """What somebody does at the console. One login may have several."""

    WINDOW = "window"  # 窗口
    HOTLINE = "hotline"  # 热线
    STEWARD = "steward"  # 服务管家、服务专员: the orders of his body
    LEAD = "lead"  # 单位负责人: all of his body
    SUPERVISOR = "supervisor"  # 督办: all of the county, to look
    ADMIN = "admin"  # 管理员: staff, settings, delivery


ALL: Final = frozenset(Role)


class Login(Frozen):
    """A login and whose it is (`staff`, an id). `given`: its password came from somebody else, and has to be changed first.

    `changed_at`: when its password or roles changed last; what was begun before that has ended.
    """

    name: str
    staff: str
    roles: frozenset[Role]
    given: bool
    changed_at: dt.datetime
