"""A name that is told by its bearer's calling, or by the number behind it: 房东韦示例打来, 管账的韦示例,号码138…."""

from dialogs.sought import Sought
from dialogs.understanding.surnames import DOUBLE, SURNAMES
from dialogs.understanding.titles import TITLES

_NAME = rf"(?P<name>(?:(?:{'|'.join(DOUBLE)})[\u4e00-\u9fff]{{1,2}}|[{SURNAMES}][\u4e00-\u9fff]{{1,2}}))"
_TELEPHONES = r"打(?:的)?(?:电话)?[来进过]|打(?:的)?电话|来电|致电"
_FOR_THEM = r"[\s,]?[帮替代给](?:单位|公司|厂|学校|园里|医院|老板|他们)"
_CALLS = rf"(?:本人|女士|先生|{TITLES})?(?:刚才|刚刚|又|亲自)?(?:{_TELEPHONES}|{_FOR_THEM})"
CALLER = Sought(rf"(?<=[的户东主工师长人员手家院司校厂店园会局社]){_NAME}(?={_CALLS})")
_NUMBER = r"[\s,、:(]{0,2}(?:[他她]?的?(?:联系)?(?:电话|手机号?|号码?)[是为:]?\s?)?(?:1[3-9]\d[ \-]?\d{4}|[一幺][三四五六七八九])"
REACHED = Sought(rf"(?<=[的是叫]){_NAME}(?={_NUMBER})")
MYSELF = Sought(rf"(?<=[的是叫]){_NAME}(?=就是[我俺](?:本人|自己)?(?:$|[,。;\s]))")
"""负责制片的李示例就是我本人."""
