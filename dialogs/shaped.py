"""Whether words in which nothing else was found look like what is asked for: a place, a name, a description."""

import re

from dialogs.asking import asks
from dialogs.folding import fold
from model.fields import AddressField, ContactField, TextField

_LONG = 300
"""Free text of so many characters is a description; what has to be shorter is a name."""
_PLACE = re.compile(r"[省市县区镇乡村路街巷道号楼栋室园院里口旁边东西南北侧头门内厂店站场]")
_NO_PLACE = re.compile(
    r"^[问说是]|^(?:要|长度|距离|宽度|[独单新另]立?开?户)|要挖|[我你他她您俺咱]|千瓦|千伏安|要[顶破]|[得要](?:从|先|把|再)|(?:接|引|拉|穿|挪)[过到进出]?[来去]?$|接过|穿过|不[用要会能行通够]"
    r"|[主备][供用]|备用|那路|这路|(?:上|下|前)面那|那个$|负责人|法人|经办|主任|老板|站长|代码|自己$"
)
_SAYS = re.compile(
    r"一共|就[中行成]|都是|得有|[了着没别吗呢吧想能会给让找补]|不(?!锈)|已|要(?!道)|就是|平常|应该|怎|户号|编号|就在我|电话|身份证|打印|加工$|大概|上午|下午|点[半以后]"
)
"""Words with which something is said of a place, if it is one: 门口狗拴着的, 那边水电已经有了."""
_SAID = re.compile(
    r"[我你您他她俺咱]|吗|不|先|再"
    r"|的事$|的事[转让给]|转[供达给交]|投诉|反映|记得|通知|告知|回电|来电|已经|暂时|栓着|拴着"
    r"|^[也都就还在]|[得要](?:从|先|把|在)|在这|(?<![除])了$|算(?![力法机中])"
)
_NO_NAME = re.compile(r"^就是|都|叫|\d{4}|[,。;?]|千伏安|千瓦|吨|兆|平米|[我你他她]|不|了$| \S+ \S+ ")
_NOBODY = re.compile(r"[\d一两二三四五六七八九十几][个台户层块盏套根条栋平米方吨]|[^ ]{4,} [^ ]|[\u4e00-\u9fff]{8}")
"""No person is called so: 双头灶漏了一个."""
_TOLD = re.compile(
    r"^(?:更正|来电更正|改|补充?[:, ]|再?问|又|他|她|那|哦|对了|不对|说错|喂|刚|客户|谢谢|好的|嗯)"
    r"|改成|改为|改到?\d|改[一两二三四五六七八九十]|删掉|去掉|"
    r"不要了|不动|不变|照旧|说不准|说不清|不掌握|拿不准|不清楚|不知道|念给你|多少|几天|啥时|咋|怎么|押金|写错|说错|没错|报错|你们看着|麻烦|快一?点|抓紧|尽快|着急|(?<![酒网水清书氧])吧$"
)
"""Words about what was said before, or about nothing: no text that was asked for."""


_CALLS = re.compile(
    r"^(?:(?:项目|工程|立项|备案)?的?(?:名称|名字|名)?(?:那?就|暂时?|先)*(?:叫做?|[写填是为报]|定为|登记为?|:){0,2}\s*)"
)
_STATES = re.compile(
    r"没|还(?![迁建原])|[也已]|要(?!塞)|[勾每]|写(?![字意])|填(?![埋方充])|选(?![矿煤材])|[一总]共|合计|有(?![限机色线氧林])|是|只能"
    r"|才[能会要有开批下]|就(?![业地])|不(?![锈夜动])|别[上来让忘给装挖拆]|能[用办开上来够行给接装]|[这那嘞]|电话|手机|\d{7}|\d户|个$|补$"
    r"|千瓦$|千伏安$|钟头|每?小时|[\d一二两三四五六七八九十]方[一二三四五六七八九半\d]?$|需要|可以|准备|打算|以后|以前|之前|现在|目前|原来"
)
"""Words with which something is said, so that they call nothing by its name: 没有自备电源, 每栋36户."""
_OTHER_WORD = re.compile(
    r"^(?:部(?!队)|队|款|量|师(?![范院])|址|落[在户地]|[也都还要需想没不有]|正在|预计|已|目前|现在|刚|[开完竣施]工(?![区厂])|验收|经理|负责|联系|代码"
    r"|编[码号]|地[址点]|位[于置]|报[装建])"
)
"""What makes another word of 工程 and 项目, or says something of it: 工程部, 工程款, 项目址同, 工程也有."""


def is_titled(field: object) -> bool:
    """Whether the field is for what something is called: short words of its own, that may be left out."""
    if not isinstance(field, TextField) or field.name_only or field.cell:
        return False
    return field.need == "optional" and field.most < _LONG


def is_title(words: str) -> bool:
    """Whether the words only call something by its name."""
    said = _CALLS.sub("", words.strip()).rstrip("吧呗。 ")
    return bool(said) and not (_STATES.search(said) or _SAID.search(said) or _OTHER_WORD.match(said))


def says_more(words: str) -> bool:
    """Whether something is said here of a place, if it is one."""
    return bool(_SAYS.search(_first(words)))


def _first(words: str) -> str:
    """The first of the words, up to a separator; 就是 before a place says nothing against it."""
    return re.split(r"[,。;\n ]", words.strip())[0].removeprefix("就是")


def is_shaped(field: TextField | AddressField | ContactField, text: str) -> bool:
    """Whether words in which nothing else was found look like a place, where one is asked for, or like a name."""
    words = fold(text)
    if isinstance(field, TextField) and field.most >= _LONG and field.need == "optional" and not field.tells:
        return not asks(words)  # a remark may be anything else
    if _TOLD.search(words) or asks(words):
        return False
    if isinstance(field, AddressField):
        return (
            bool(_PLACE.search(_first(words)))
            and "同" not in words[:6]
            and not _NO_PLACE.search(words)
            and not says_more(words)
        )
    if isinstance(field, TextField) and field.name_only and field.names == "person" and _NOBODY.search(words):
        return False
    if isinstance(field, TextField) and field.name_only:
        return len(words) <= field.most and not _NO_NAME.search(words)
    if is_titled(field):
        return is_title(words)
    if isinstance(field, TextField) and field.most < _LONG:
        return not _SAID.search(words)
    return not isinstance(field, TextField) or not field.tells or any(one in words.upper() for one in field.tells)
