"""A name that is told by what its bearer does: 项目韦示例负责, 手续米示例在办."""

from dialogs.sought import Sought
from dialogs.understanding.surnames import DOUBLE, SURNAMES

_DOING = (
    r"(?:老师|师傅|经理|主任|工)?(?:[来在去]|一直|全程|具体|专门|主要){0,2}"
    r"(?:负责(?!人)|管(?:事|这|着|项目|工地|工程|基建)|盯|牵头|经办(?![人也都就还是写填登:跟和、])|(?:办|跑)(?:这个|这些|这)?手续|(?:办|跑|管|弄)(?=$|[^\u4e00-\u9fff]|的))"
)
DOER = Sought(
    rf"(?:^|(?<=[\n,、。;:!?()/ 是由归让叫有找])|(?<=项目|工程|手续|工地|材料|现场|资料))"
    rf"(?P<name>(?:(?:{'|'.join(DOUBLE)})[\u4e00-\u9fff]{{1,2}}|[{SURNAMES}][\u4e00-\u9fff]{{1,2}}))(?={_DOING})"
)
