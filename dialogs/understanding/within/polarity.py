"""Whether what stands behind the name of a thing says yes or no of it: 均不含, 沿用现成的, 去年就埋好了."""

import re

_WHO = r"客户|对方|用户|他|她|老板|电工|[我俺咱]们?|自家|自己|单位"
_THING = r"[这那](?:些|种|类|个|块|样)|啥的|什么的|之类|一类|等等|设备|东西|里[面头]"
_HOW_MUCH = r"都|也|均|皆|全部?|一[概律样个点]|统统|通通|[两二三四五六几][样项者]|另外?|同样"
_NOW = r"还|先|肯定|暂时|目前|眼下|现在|至今|尚|当然|自然|倒是?|其实|确实|压根|根本|从来|本来|一直|仍然?"
_LEAD = rf"{_WHO}|{_THING}|{_HOW_MUCH}|{_NOW}|说|讲|就|的|了|呢|,"
_GONE = r"(?:卖|出手|拆|报废|坏|处理|淘汰|送人|转让|撤)(?:掉|了|$)"
"""那台柴油机已经出手: there is none any more."""
_GOING_ON = (
    r"正(?:挖|铺|建|盖|修|做|装|弄|施工|焊|埋)|[挖铺建盖修做弄埋焊]着|(?:刚|才)(?:开工|开始|动工|开挖)"
    r"|(?:还)?(?:正)?在(?:建|挖|装|做|修|弄|铺|施工|埋|砌|浇|盖|焊|接|打|调|验)|(?:施工|建设|铺设|敷设|安装|开挖|筹建|规划)中|拟建"
)
_NO = re.compile(
    rf"^(?:{_LEAD}|用不着)*(?:没|无|用不着|算了|拉倒|不(?!是\s?\d|止|够|变|动)|未|否|暂无|[挨沾靠扯]不[着上]|{_GOING_ON}|免"
    rf"|(?:早就?|已经?){{0,2}}{_GONE})(?!锡|线)"
)
_YES = re.compile(
    rf"^(?:{_LEAD}|的话|那|已经(?!{_GONE})|要|需要|打|填|登|勾|选|写|按|算)*"
    rf"(?:有|是|装|建|要|开|对接|对|好|已(?!经?{_GONE})|缴|交|需要|含|可以|行|嗯|同意|换|接着|继续|照|保留|上|办|通上|能|做|通|完工|齐"
    rf"|配了|买了|上了|带|存在|具备|包含|拥有|沿用|现成|利用)"
)
_DONE = re.compile(
    r"(?:验收|建|盖|做|弄|装|铺|修|埋|接|挖|敷设|铺设|安装|建设|施工)(?:完|好|成|齐|妥|毕|到位)|投入使用|投用|投运|竣工"
)
_NOT_YET = re.compile(r"[没未不等待要将快]|打算|准备|计划|预计|才|再|马上")


def is_no(said: str) -> bool:
    """Whether it begins with a no, after words that tell of whom, of what and when."""
    return bool(_NO.match(said))


def is_yes(said: str) -> bool:
    """Whether it begins with a yes, or says that something is finished."""
    if _YES.match(said):
        return True
    done = _DONE.search(said)
    return done is not None and not _NOT_YET.search(said, 0, done.start())
