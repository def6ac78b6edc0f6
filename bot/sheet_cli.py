"""`sheet`: the 联合踏勘意见表 of a case as text, and the cells of its form that staff fill in (附件3, X150–X159, X97–X99, J88)."""

from bot.editions_cli import office
from bot.settings import Settings
from handlers.cells import cells_printed
from handlers.sheet_printed import sheet_printed


class SheetMissing(Exception):
    """There is no such case, or it has no sheet; the message says which."""


async def print_sheet(settings: Settings, number: str) -> list[str]:
    """The sheet and the cells line by line, of whichever county has this case. Raises SheetMissing."""
    async with office(settings) as here:
        for county in here.counties.values():
            case = await here.casework.numbered(county.id, number)
            if case is None:
                continue
            lines = [
                *await sheet_printed(here.casework, county, case),
                *await cells_printed(here.casework, county, case),
            ]
            if not lines:
                raise SheetMissing(f"{number}没有联合踏勘意见表，申请表上也没有由单位填写的栏。")
            return lines
        raise SheetMissing(f"没有这个办件：{number}；编号要写全，例如 XXLB2026000001。")
