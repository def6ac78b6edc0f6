"""`staff list`, `staff leave`: who serves in a county, and who leaves (离岗)."""

import datetime as dt
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

from bot.editions_cli import Office, office
from bot.settings import Settings
from bot.staff_cli import StaffMistake, by_operator, people_of
from handlers.directory import directory
from handlers.leaving import Handed
from handlers.wording.catalogue import Catalogue
from handlers.wording.dues import Say
from model.calendar import CHINA
from model.county import County
from model.decision import Refused
from model.staff import Absence, Staff

_WEEKDAYS = {str(number): day for number, day in enumerate("一二三四五六日", 1)}
_DUTIES = {"steward": "", "lead": "负责人", "supervisor": "督办", "clerk": "窗口热线"}

_AWAY = {
    "away_backwards": "{last}在{first}前面",
    "away_over": "{last}已经过去了",
    "away_overlaps": "和已经登记的{first}到{last}重了；要改那一次，起的日子写{first}",
    "overtaken": "刚才有别人也在改，请再运行一次。",
}


async def list_staff(settings: Settings, county_id: str) -> list[str]:
    """One line per member of staff in service: id, body, name, phone, whether he is bound, open tasks. Raises StaffMistake."""
    async with office(settings) as here:
        county = here.counties.get(county_id)
        if county is None:
            raise StaffMistake(f"没有这个县：{county_id}；有：{'、'.join(here.counties)}")
        found = await here.staffing.of_county(county_id)
        return [_line(county, one) for one in found] or ["还没有登记的人员。"]


async def staff_directory(settings: Settings, county_id: str, only: str = "") -> list[str]:
    """通讯录: per body who is on duty today, its head, its telephone (X57). Raises StaffMistake."""
    async with office(settings) as here:
        county = here.counties.get(county_id)
        if county is None:
            raise StaffMistake(f"没有这个县：{county_id}；有：{'、'.join(here.counties)}")
        staff = await here.staffing.of_county(county_id)
        found = tuple(directory(county, staff, here.now().astimezone(CHINA).date(), only))
        return Catalogue(county).say("directory.list", entries=found).splitlines()


def _line(county: County, one: Staff) -> str:
    body = county.body[one.body].short if one.body in county.body else one.body
    told = (body, _DUTIES[one.duty], one.name, one.phone, "已绑定" if one.reachable else "未绑定")
    return f"{one.id}  {' '.join(filter(None, told))}，在办{one.open_tasks}项"


async def staff_code(settings: Settings, staff_id: str) -> list[str]:
    """A new binding code: for whoever has lost his, or changes between official account and WeCom. Raises StaffMistake."""
    async with member(settings, staff_id) as (here, one):
        made = await people_of(here).code(one, by_operator(here))
        if isinstance(made, Refused):
            raise StaffMistake(f"{one.name}已离岗，不再绑定。")
        moved = "用了以后，原来绑定的那边就不再收到。" if one.reachable else ""
        return [f"{one.name}的绑定码：{made.code}（3天内有效）。请本人在公众号或企业微信应用里发：绑定 绑定码。{moved}"]


async def staff_leaves(settings: Settings, staff_id: str) -> list[str]:
    """离岗: ends all access of this member of staff and moves his open orders; what became of each. Raises StaffMistake."""
    async with member(settings, staff_id) as (here, one):
        handed = await people_of(here).leave(one, by_operator(here), sure=True)
        if isinstance(handed, Refused):
            raise StaffMistake("没有办成，请再运行一次。")
        say = Catalogue(here.counties[one.county]).say
        left = sum(one.refused is not None for one in handed)
        head = f"{one.name}已离岗，绑定已解除；在办{len(handed)}项，转出{len(handed) - left}项。"
        return [head, *(_told(one, say) for one in handed)]


async def staff_away(settings: Settings, staff_id: str, first: str, last: str) -> list[str]:
    """请假: no new orders for this member of staff from one day to another. Raises StaffMistake."""
    try:
        absence = Absence(first=dt.date.fromisoformat(first), last=dt.date.fromisoformat(last))
    except ValueError:
        raise StaffMistake(f"看不懂日子：{first} {last}；例如 2026-11-25 2026-11-27") from None
    async with member(settings, staff_id) as (here, one):
        done = await people_of(here).away(one, absence, by_operator(here))
        if isinstance(done, Refused):
            raise StaffMistake(_AWAY[done.code].format(**done.about))
        return [f"{one.name}从{first}到{last}请假，不派新任务；在办{one.open_tasks}项仍在名下。"]


async def staff_duty(settings: Settings, staff_id: str, weekdays: Sequence[str]) -> list[str]:
    """值班: on which weekdays (1 is Monday) he is on duty; none takes him off the rota. Raises StaffMistake."""
    if not all(one in _WEEKDAYS for one in weekdays):
        raise StaffMistake("值班的日子写1到7，1是周一，例如：1 3 5")
    async with member(settings, staff_id) as (here, one):
        await people_of(here).duty(one, [int(day) - 1 for day in weekdays], by_operator(here))
        return [
            f"{one.name}值班：周{'、周'.join(_WEEKDAYS[day] for day in weekdays)}" if weekdays else f"{one.name}不排班"
        ]


def _told(one: Handed, say: Say) -> str:
    if one.refused is not None:
        return f"  {one.number} {one.service}：没有转成，{say(f'refused.{one.refused.code}', **one.refused.about)}"
    to = f"转给{one.to.name}（{one.to.phone}）" if one.to else "单位里没有别人能接，已列入热线工单"
    return f"  {one.number} {one.service}：{to}"


@asynccontextmanager
async def member(settings: Settings, staff_id: str) -> AsyncGenerator[tuple[Office, Staff], None]:
    """The member of staff with this id, with the records open. Raises StaffMistake."""
    async with office(settings) as here:
        one = await here.staffing.one(staff_id)
        if one is None or one.county not in here.counties:
            raise StaffMistake(f"没有这个人：{staff_id}；编号请看：python -m bot staff list 县")
        yield here, one
