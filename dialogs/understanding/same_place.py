"""Words for the place that was told before: 就在厂里, 也在这儿, 跟公司一个地方, 上面那个地."""

import re

_BEFORE = r"(?:上面|前面|刚才|上头|前头)(?:说|写|报|填)?的?(?:[这那]个?)?"
_OWN = rf"(?:(?:我|俺|咱|你)们?|本|自己|自家|同|原来?的?|老|现在的?|[这那]个?|同?一个|{_BEFORE})"
_WHOSE = (
    r"(?:厂|店|院|园|公司|单位|学校|校园?|医院|站|家|场|小区|所|局|楼|屋|铺子?|作?坊|门[店面]|饭[店馆]|诊所|酒店|宾馆|超市|商场|市场|球场|工厂"
    r"|棚|馆|场子|园子|校区|行(?=里)|地方|地址|地点|位置|地儿|地|址|点)"
)
_ROOM = r"(?:(?:的|自己的?)?[\u4e00-\u9fff]{0,3}(?:厨|房|堂|间|棚|门口|门前|门外|后院|前院|空地))?"
_IN = (
    rf"(?:区|子|址)?(?:院子?)?(?:里面|里头|里边|里|内部?|上)?(?:这里|这儿|这边|这块|那里|那儿|那边|那块|这|那)?{_ROOM}"
)
_HERE = r"(?:[这那](?:里|儿|边|块|个地方)?|此(?:处|地)?|原[址地]|原处|同[一]?[址处地]|一起|一块)"
AT = rf"(?:{_HERE}|(?:{_OWN}){{0,2}}{_WHOSE}{_IN})"
_PLACE = r"(?:地址|地方|地点|位置|院子?|地儿|地|处)"
WITH = (
    r"(?:跟|和|与|同|按|照)[^,。;\s]{1,8}?"
    rf"(?:的?(?:写|填|来|登)|(?:同|是|在|算)?(?:一[个处块样致]|同一?[个处]?|相同|同样)的?{_PLACE}?)"
)
_ENDS = r"(?=$|[\s,。;!?:()吧呢啊了哈]|施工|安?装|[接建盖挖]|没有?(?:别的|其他|第二))"
_SAID = r"(?:(?:也|就|都|全|还|仍|正好|同样)?(?:是|写|填|用|按|装|建|盖|设|放|安|弄|办|算)?(?:在|是|到|进)?)"
_JUST = r"(?:(?:就|只|也)?是?有?这一?个?(?:地方|地儿|地址|地点|位置|院子?|处))"
SAME = re.compile(
    rf"\s*即?(?:上述|前述|上列)(?:的)?{_PLACE}{_ENDS}|\s*(?:{_JUST}|照(?:抄|搬|上面|前面|着上面)的?){_ENDS}|\s*{_SAID}(?:{AT}的?|{WITH}|同址|同上|一个地[方址儿点]){_ENDS}"
)
"""The whole of what is said of where: 就是上面那个地, 同址, 写一样 is left to others."""
_AT_IT = re.compile(
    rf"\s*(?:{_JUST}|就?是这[个栋座片家](?:楼|房子|店|厂|院子?|地方|地址)|照抄|照搬|(?:装|接|建|用|安)(?:到|进)?{_HERE}){_ENDS}"
    rf"|\s*(?:也|就|都|全|还|仍|正好|同样)?(?:是|装|建|盖|设|放|安)?(?:在|位于|坐落(?:在|于)?)(?:{AT}){_ENDS}"
    rf"|\s*(?:也|就|都|是)?(?:在)?{WITH}{_ENDS}|\s*(?:也|就|都|是)?(?:在)?(?:同一?址|同一?个?地[址方点]|一个地[方址儿点]){_ENDS}"
)


def same_place(text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
    """The words from here on, if they are for a place told before, and nothing else up to the next separator."""
    return SAME.match(text, start, len(text) if end is None else end)


def is_there(text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
    """The words from here on, if they say of something that it is in that place: 就在院内, 同址."""
    return _AT_IT.match(text, start, len(text) if end is None else end)
