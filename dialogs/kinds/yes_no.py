"""是/否 and 有/无, with the number asked beside 是 (X103–X106)."""

import re

from dialogs.derived import derived
from dialogs.folding import plain_words, plainly
from dialogs.numerals import NUMBER, read_number
from dialogs.reading import Context, Partial, Reading, Refusal, Understood
from model.fields import YesNoField
from model.values import Amount, YesNo

_SAY_YES = (
    "1 是 是的 对 对的 嗯 有 有的 要 要的 需要 好 好的 可以 行 装了 已装 已安装 建了 建好了 已建 "
    "开 装 建 通 办 换 已经装了 YES Y OK 确认 确定 同意 没错 是有 开通 安装 没问题 愿意 中 中啊 能行 管 得行"
)
YES = plainly(_SAY_YES.split())
_SAY_NO = (
    "2 否 不是 不对 错了 没 没有 没有的 无 不 不要 不用 不需要 没装 未装 未安装 还没装 没建 还没建 "
    "还没有 还没 未建 NO N 不含 不含有 没有小户型 不开通 不装 都没有 不同意 不愿意 不中 不行 不可以"
)
NO = plainly(_SAY_NO.split())
_MOST = 1_000_000
_ADDED = re.compile(
    r"^(?:[哦噢嗯啊那就也]|那就)+[,，、 ]*(?=[没有不要无是开装对好行])|(?:那种|这种|那些|这些|那个|这个|那样的?|那东西)$"
)
_COUNT = re.compile(rf"^(.*?)[,，:：(（]?({NUMBER})(?:户|家|套|个)?[)）]?$")


def says(text: str) -> bool | None:
    """True for a plain yes, False for a plain no, None for anything else."""
    words = plain_words(text)
    return True if words in YES else False if words in NO else None


def parse(text: str, field: YesNoField, context: Context) -> Reading:
    """Yes or no (`yes_no.unclear`, `yes_no.count`); where 是 has a number beside it, a missing number is asked for."""
    words = _ADDED.sub("", plain_words(text))
    plain = _plain(words, field)
    if plain is not None:
        return Understood(YesNo(yes=False)) if not plain else _with_count(None, field, context)
    if field.count_unit and (match := _COUNT.fullmatch(words)):
        start = match[1].removesuffix(":").strip("，,、 ")
        number = read_number(match[2])
        if number is not None and (
            not start.strip("有含") or _plain(start, field) or _plain(start.strip("有含"), field)
        ):
            if number > _MOST or number != int(number):
                return Refusal("yes_no.count", {"unit": field.count_unit})
            return _with_count(int(number), field, context)
    return Refusal("yes_no.unclear", {"given": words[:20], "yes": field.yes, "no": field.no})


def _plain(words: str, field: YesNoField) -> bool | None:
    yes, no = _heard(field)
    return True if words in yes else False if words in no else says(words)


@derived
def _heard(field: YesNoField) -> tuple[frozenset[str], frozenset[str]]:
    """What is heard as yes and as no: a county has many words for both."""
    return plainly((field.yes, *field.yes_words)), plainly((field.no, *field.no_words))


def _with_count(count: int | None, field: YesNoField, context: Context) -> Reading:
    if not field.count_unit:
        return Understood(YesNo(yes=True))
    if count is None:
        return Partial("count", {"unit": field.count_unit}, so_far=field.yes)
    whole = context.answers.get(field.count_within or "")
    much = whole is not None and isinstance(whole.value, Amount) and count > whole.value.number
    return Understood(YesNo(yes=count > 0, count=count or None), ("yes_no.within",) if much else ())
