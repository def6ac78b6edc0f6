"""What stands behind a name and tells that it is one: a number, what its bearer is, the end of what is said."""

import re

from dialogs.understanding.surnames import DOUBTFUL
from dialogs.understanding.titles import KIN, TITLES

NUMBERED = re.compile(
    r"[\s,、:(]{0,2}(?:[男女][\s,、]|身份证|证号|电话|手机|联系|1[3-9]\d[\d ]{8,10}"
    r"|\d{6} ?\d{8} ?\d{3}[\dXx]|[一二三四五六七八九零〇幺洞]{6})"
)
ROLE_BEHIND = re.compile(
    r"[\s,、:(]{1,2}(?:今年|[一二三四五六七八九]?十[一二三四五六七八九]?岁|\d{2}岁|老板|法人|法定代表|经营者|店主|业主|户主|[校园院厂场]长"
    r"|[我俺]?(?:本人|自己)(?![家们])|[我俺](?:自己)?的店|就?是?我(?=[\s,。]|$))"
)
"""What somebody is, who stands alone before it: 米示例 老板; 米示例 今年七十一."""

OF_CALLING = (
    "教师|职工|员工|工人|干部|社员|村民|居民|业主|商户|农户|农民|学生|军人|战士|护士|租客|租户|房客|承租人|个体(?:工商)?户"
    "|店员|业务员|物业经理|店长|前台|内勤|后勤"
)
"""What whoever writes is, right before his name: 我是退休教师翁示例."""
_NOBODY = (
    r"(?![^ ,:]{0,2}(?:身份|证|号|码|法人|老板|经办|联系|本人|自己|住[户宅]|户[主名]|电话|手机|代码|地址|单位|公司"
    r"|家用|居民|农业|工业|商[用业]"
    r"|新装|过户|增容|宽带|燃气|天然|用[水电气]|[水电气]表|更正|补充|另外|还有|现在|性质|类型"
    rf"|[我你他她俺的是叫给打没不改换就也都报填写办要装]|[店馆厂坊铺行部所院校镇乡村路街组](?=[ ,:]))|(?:{KIN}|{TITLES})(?=[ ,:]))"
)
UNHEARD = re.compile(
    rf"(?:^|(?<=[\n ,、。;:])){_NOBODY}(?P<name>[\u4e00-\u9fff]{{2,3}})(?=[ ,、:]{{1,2}}[1-9]\d{{5}}(?:19|20)\d{{9}}[\dXx](?!\d))"
)
"""Somebody with a surname nobody has heard of, right before the number of his identity card: 枚示例 3425…."""
_ME = re.compile(r"(?:是|由)?(?:我|俺|咱)(?:自己|本人|自个儿?)?$|[我俺咱](?:自己|本人|自个儿?)$")


def ends_with_me(text: str, start: int) -> bool:
    """Whether 我 stands right before the name, so that one is sure to stand there: 老板就是我自己孟示例按商业走."""
    return bool(_ME.search(text, max(0, start - 5), start))


NOT_CALLED = re.compile(
    r".{0,3}(?:什么|啥|公司|超市|饭店|小区|项目|有限|花园|商行|个体|工程|改造|单位|厂|店|社|院|站|村|镇|路|街)"
    r"|.{2,5}(?:中心|机房|大厦|广场|基地|园区|产业|物流|数据|科技|[一二三四五六七八九]期|配电|车间|楼盘|公寓)"
)
"""What is called is no person: 叫金鼎花园二期."""
_NICKNAME = re.compile(
    r"(?:大伙儿?|大家|人家|别人|街坊|村里|邻居|熟人|外号|绰号|小名|人称)[^,。;\s]{0,4}(?:[叫喊称]|(?<=[号名称]))[我俺他她]?$"
)


def is_nickname(text: str, start: int) -> bool:
    """Whether people only call somebody so, and his name is another: 大伙都叫俺段示例."""
    return bool(_NICKNAME.search(text, max(0, start - 14), start))


def is_told(text: str, start: int, name: str) -> bool:
    """Whether a name whose surname is nearly always another word ends with what is said, or before a number."""
    after = start + len(name)
    if len(name) > 2 and ROLE_BEHIND.match(text, after):
        return True
    if name[0] == "来":
        return len(name) > 2 and bool(NUMBERED.match(text, after))
    return name[0] not in DOUBTFUL or (
        len(name) > 2 and bool(NUMBERED.match(text, after) or _TOLD_END.match(text, after))
    )


_TOLD_END = re.compile(r"\s?(?:$|[,。;])")
