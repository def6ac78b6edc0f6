"""How names of firms begin: with the province, city, county or town they are in, or with the country."""

import re
from functools import lru_cache

PROVINCES = (
    *(
        "北京",
        "天津",
        "上海",
        "重庆",
        "河北",
        "山西",
        "辽宁",
        "吉林",
        "黑龙江",
        "江苏",
        "浙江",
        "安徽",
        "福建",
        "江西",
        "山东",
    ),
    *(
        "河南",
        "湖北",
        "湖南",
        "广东",
        "海南",
        "四川",
        "贵州",
        "云南",
        "陕西",
        "甘肃",
        "青海",
        "台湾",
        "内蒙古",
        "广西",
        "西藏",
    ),
    *("宁夏", "新疆", "香港", "澳门"),
)
"""As names of firms have them (GB/T 2260)."""


class FirmBegins:
    """Patterns for the beginning of a name, for a county whose firms are called after these places (新乡, 新乡县)."""

    def __init__(self, regions: tuple[str, ...]) -> None:
        """`regions`: the city and the county, without and with what they are."""
        near = "|".join(map(re.escape, sorted({*PROVINCES, *regions}, key=len, reverse=True)))
        starts = rf"(?:{near}|[\u4e00-\u9fff]{{2}}[省市]|[\u4e00-\u9fff]{{1,3}}县|[\u4e00-\u9fff]{{2,3}}[镇乡])"
        self.placed = re.compile(
            rf"^(?:[\u4e00-\u9fff]{{2,3}}省)?(?:[\u4e00-\u9fff]{{2,3}}市)?(?:[\u4e00-\u9fff]{{1,4}}县|{near}|中国|国网|国家|"
            r"[\u4e00-\u9fff]{2,4}[镇乡](?!政府))"
        )
        """The place a name begins with."""
        self.ahead = re.compile(rf"{_AHEAD}(?={starts})")
        """Words for what somebody runs, or for its name, right before it: 驾校全名新乡县…, 院子由新乡县…."""
        self.glued = re.compile(rf"{_GLUED}(?={starts})")
        """What stands right before it: 我方河南…, 场子叫新乡县…."""
        self._seat = re.compile(rf"(?<=[^省市县镇乡])(?:{near})(?=[\u4e00-\u9fff]{{4}})")
        self._first = re.compile(rf"{near}|[\u4e00-\u9fff]{{2}}[省市]")

    def seat(self, said: str) -> int | None:
        """Where behind other words the place stands that a name begins with: 总包河南…, 开办新乡县…, 个体户新乡县…."""
        if self._first.match(said) or _NATIONAL.match(said):
            return None
        return next((one.start() for one in self._seat.finditer(said) if one.start()), None)


_NATIONAL = re.compile(r"[中国华]|大唐")
"""Names that have their place in the middle begin so: 中石化河南示例分公司."""
_PLAIN = r"叫做?|就?是|为|名称|称|方|客户|单位|户名|店名|名字|抬头|全称|[写填登]"
_GLUED = rf"(?:{_PLAIN}|(?:执照|证书)上?的?(?:名称|名字|名)?|\d[号楼室层])"
_AHEAD = (
    r"^(?:[那这咱俺我他它](?:个|边|家|们)?|公司|企业|单位|主体|厂子?|厂家|店|铺子?|铺面|门头|招牌|牌匾|院子?|园子?|学?校|驾校|医院|合作社|场子?|小区|项目|老板|"
    r"全名|全称|大名|名称?|名字|字号|店号|抬头|户头|户名|执照|登记|注册|开发商|建设方|业主|甲方|客户|户主|申请方?|报装|用能|主办|"
    r"由|归|属于?|挂在?|是|叫做?|为|写|填|的|上|就|里|给|替|帮|跟|和|在|:){1,6}"
)


@lru_cache(maxsize=64)
def firm_begins(regions: tuple[str, ...] = ()) -> FirmBegins:
    """The patterns for these regions, made once."""
    return FirmBegins(regions)
