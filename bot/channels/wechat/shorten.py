"""Making a Chinese sentence or address shorter by what matters least in it."""

import re

_BRACKETED = re.compile(r"（[^（）]*）|\([^()]*\)|【[^【】]*】|\[[^\[\]]*\]|〔[^〔〕]*〕")
_ENDS = re.compile(r"[。；;！!？?，,、：:]|\s")
_TRAILING = "。；;，,、：: ·-—"
_PROVINCE = (
    "河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃"
    "|青海|台湾"
)
_REGION = "内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔"
_HAN = r"[\u4e00-\u9fff]"
# From the outside in; a level may be missing. The least of each is two characters, so that 城市 or 小区 is no place.
_PLACE = re.compile(
    rf"(?P<province>(?:{_PROVINCE})省|(?:{_REGION})自治区|(?:北京|天津|上海|重庆)市)?"
    rf"(?P<city>{_HAN}{{2,8}}?(?:市|自治州|地区|盟))?"
    rf"(?P<county>{_HAN}{{1,8}}?(?:自治县|县|区|旗|市))?"
)
_REST_OF_ADDRESS = re.compile(r"[镇乡村路街巷弄号组社园]")
_NUMERAL = re.compile(r"[0-9０-９〇零一二两三四五六七八九十百千万亿点]")
_UNIT = re.compile(rf"{_NUMERAL.pattern}|[A-Za-z.:/_-]")
_ELLIPSIS = "…"


def without_brackets(text: str) -> str:
    """The text without its bracketed parts, nested ones too."""
    while True:
        shorter = _BRACKETED.sub("", text)
        if shorter == text:
            return text.strip()
        text = shorter


def shortened(text: str, limit: int) -> str | None:
    """The text within `limit` characters, losing the least important first; None if that would break a number.

    In turn: bracketed parts; province, city and county before an address; trailing clauses; then the end, marked `…`
    and never inside a number or a Latin word.
    """
    if len(text) <= limit:
        return text
    text = without_brackets(text) or text
    if len(text) > limit:
        text = _local_address(text, limit)
    if len(text) > limit:
        text = _without_last_clauses(text, limit)
    return text if len(text) <= limit else _cut(text, limit)


def _local_address(text: str, limit: int) -> str:
    match = _PLACE.match(text)
    if match is None:
        return text
    levels = [name for name in ("province", "city", "county") if match.group(name)]
    # One level alone may be a word that only looks like a place.
    if not levels or (len(levels) == 1 and levels[0] != "province"):
        return text
    for name in levels:
        rest = text[match.end(name) :]
        if not _REST_OF_ADDRESS.search(rest):
            break
        if len(rest) <= limit or name == levels[-1]:
            return rest
    return text


def _without_last_clauses(text: str, limit: int) -> str:
    ends = [match.start() for match in _ENDS.finditer(text) if not _inside_number(text, match.start())]
    for end in reversed(ends):
        shorter = text[:end].rstrip(_TRAILING)
        # A first clause of a word or two ("您好，…") is not what was to be said.
        if limit // 3 <= len(shorter) <= limit:
            return shorter
    return text


def _inside_number(text: str, at: int) -> bool:
    # 14:30 and 1,200 are one thing.
    return 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()


def _cut(text: str, limit: int) -> str | None:
    end = limit - len(_ELLIPSIS)
    while end > 0 and _UNIT.match(text[end]) and _UNIT.match(text[end - 1]):
        end -= 1
    # What precedes a measure word must keep it: 12 of 12号 alone would be another number.
    while end > 0 and _NUMERAL.match(text[end - 1]):
        end -= 1
    kept = text[:end].rstrip(_TRAILING)
    return kept + _ELLIPSIS if kept else None
