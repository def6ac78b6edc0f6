"""`staff login`: who may sign in to the console, and with which roles; his first password is printed this once."""

from bot.people_cli import member
from bot.settings import Settings
from bot.staff_cli import StaffMistake, by_operator, people_of
from handlers.people.desk import wrong_login
from model.decision import Refused
from model.login import Role

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
    wrong = wrong_login(name, frozenset(Role) if roles else frozenset())
    if wrong is not None and wrong.code == "login_name":
        raise StaffMistake(f"登录名用小写字母、数字和 . _ -，3到32个，例如 --login zhou.run：{name or '（没写）'}")
    if not roles or not set(roles) <= set(Role):
        raise StaffMistake(f"请写角色：--roles {'、'.join(f'{one}（{told}）' for one, told in ROLES.items())}")
    return name


async def staff_login(settings: Settings, staff_id: str, name: str, roles: list[str]) -> list[str]:
    """Gives a member of staff a login, or another password and other roles; what to tell him. Raises StaffMistake."""
    name = check_login(name, roles)
    async with member(settings, staff_id) as (here, one):
        given = await people_of(here).login(one, name, frozenset(Role(each) for each in roles), by_operator(here))
        if isinstance(given, Refused):
            raise StaffMistake(f"登录名已经有人用了：{name}，请换一个，例如 {name}2")
        told = "、".join(ROLES[each] for each in Role if each in given.login.roles)
        return [
            f"{one.name}的登录名：{name}（{told}）",
            f"第一次用的密码：{given.password}",
            "只显示这一次，请当面交给本人；第一次登录要换成自己的。登录页面：/console/",
        ]


async def staff_logout(settings: Settings, staff_id: str) -> list[str]:
    """Takes a login away, at once. Raises StaffMistake."""
    async with member(settings, staff_id) as (here, one):
        if isinstance(await people_of(here).logout(one, by_operator(here)), Refused):
            raise StaffMistake(f"{one.name}没有登录名。")
        return [f"{one.name}的登录名已停用，正在用的页面下一步就退出。"]
