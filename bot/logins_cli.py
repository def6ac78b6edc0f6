"""`staff login`: who may sign in to the console, and with which roles; his first password is printed this once."""

from bot.console.passwords import Passwords, drawn
from bot.people_cli import member
from bot.settings import Settings
from bot.staff_cli import StaffMistake
from model.login import NAME, Login, Role
from storage.logins import Logins

ROLES = {
    Role.WINDOW: "窗口",
    Role.HOTLINE: "热线",
    Role.STEWARD: "服务管家",
    Role.LEAD: "单位负责人",
    Role.SUPERVISOR: "督办",
    Role.ADMIN: "管理员",
}


def check_login(name: str, roles: list[str]) -> str:
    """The name as it is kept. Raises StaffMistake for a name or roles that there cannot be."""
    name = name.casefold()
    if not NAME.fullmatch(name):
        raise StaffMistake(f"登录名用小写字母、数字和 . _ -，3到32个，例如 --login zhou.run：{name or '（没写）'}")
    if not roles or not set(roles) <= set(Role):
        raise StaffMistake(f"请写角色：--roles {'、'.join(f'{one}（{told}）' for one, told in ROLES.items())}")
    return name


async def staff_login(settings: Settings, staff_id: str, name: str, roles: list[str]) -> list[str]:
    """Gives a member of staff a login, or another password and other roles; what to tell him. Raises StaffMistake."""
    name = check_login(name, roles)
    password = drawn()
    async with member(settings, staff_id) as (here, one):
        login = Login(
            name=name, staff=one.id, roles=frozenset(Role(each) for each in roles), given=True, changed_at=here.now()
        )
        if not await Logins(here.database).give(login, await Passwords().kept(password)):
            raise StaffMistake(f"登录名已经有人用了：{name}，请换一个，例如 {name}2")
        told = "、".join(ROLES[each] for each in Role if each in login.roles)
        return [
            f"{one.name}的登录名：{name}（{told}）",
            f"第一次用的密码：{password}",
            "只显示这一次，请当面交给本人；第一次登录要换成自己的。登录页面：/console/",
        ]


async def staff_logout(settings: Settings, staff_id: str) -> list[str]:
    """Takes a login away, at once. Raises StaffMistake."""
    async with member(settings, staff_id) as (here, one):
        if not await Logins(here.database).end(one.id):
            raise StaffMistake(f"{one.name}没有登录名。")
        return [f"{one.name}的登录名已停用，正在用的页面下一步就退出。"]
