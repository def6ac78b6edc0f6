"""Numbers as people write them: 3,600 · 8万2 · 三百二十 · 1.5万 · 三十二万 (no library reads these, design §7)."""

import re
from decimal import Decimal

DIGITS = {"零": 0, "〇": 0, "一": 1, "壹": 1, "幺": 1, "二": 2, "贰": 2, "两": 2, "俩": 2, "三": 3, "叁": 3, "四": 4,
          "肆": 4, "五": 5, "伍": 5, "六": 6, "陆": 6, "七": 7, "柒": 7, "八": 8, "捌": 8, "九": 9, "玖": 9}  # fmt: skip
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}

_CHINESE = "兩倆貳零〇一壹幺二贰两俩三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟"
LONGEST = 24
"""Characters of one number: nothing in a county is counted in more, and arithmetic stays cheap."""

#: Every part has an end: what is longer than `LONGEST` is no number, and looking for one costs no more than that.
_OF_UNIT = r"(?:[瓦伏帕米克]|怕(?![不是要会还没]))"
"""What makes a 千 before it the beginning of a unit: 千瓦, 千伏安, 千帕 (also mistyped 千怕; 两千怕不够 is a number)."""

#: One number, Arabic or Chinese, as a pattern to build larger ones from. The 千 of 千瓦 or 千伏安 belongs to the unit.
NUMBER = (
    rf"(?:\d{{1,25}}(?:,\d{{3}}(?!\d)){{0,8}}(?:\.\d{{1,24}})?(?:[百千](?!{_OF_UNIT})|[万亿]){{0,24}}"
    rf"(?:(?<=[百千万亿])零?\d{{1,4}}(?:[百千](?!{_OF_UNIT})|万)){{0,24}}(?:(?<=[百千万亿])零?\d{{1,4}}(?!\d))?"
    rf"|(?:[{_CHINESE}万亿萬億](?<!千(?={_OF_UNIT}))(?<!一(?=[直共旦般]))){{1,25}}(?:点[{_CHINESE}]{{1,24}})?[万亿]?|半)"
)
#: All of a number that is too long to be one.
RUN = re.compile(rf"[\d,]++|[{_CHINESE}万亿萬億点]++")
_ARABIC = re.compile(r"(\d[\d,]*(?:\.\d+)?)([百千万亿]*)(?:(零?)(\d{1,4}))?")
_CHAIN = re.compile(r"(?:\d+[百千万亿]+零?){2,}\d?")
_SIMPLE = str.maketrans("萬億兩倆貳陸點壹", "万亿两俩贰陆点一")


def read_number(text: str) -> Decimal | None:
    """The value of one number with nothing else around it, or None. 8万2 is 82000; 一千二 is 1200; 一千零二 is 1002."""
    if len(text) > LONGEST:
        return None
    text = text.replace(" ", "").translate(_SIMPLE)
    if text == "半":
        return Decimal("0.5")
    if match := _ARABIC.fullmatch(text):
        return _arabic(match)
    if _CHAIN.fullmatch(text):
        return _chain(text)
    if re.fullmatch(r"[0-9.]+", text) or not text:
        return None
    return _chinese(text)


def _arabic(match: re.Match[str]) -> Decimal | None:
    digits, scales, zero, tail = match.groups()
    if "," in digits and not re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", digits):
        return None
    value = Decimal(digits.replace(",", ""))
    factor = 1
    for scale in scales:
        factor *= TENS.get(scale) or MYRIADS[scale]
    if tail and not scales:
        return None
    if tail and (zero or len(tail) > 1):  # 1千零1, 3万4000
        return value * factor + int(tail) if int(tail) < factor else None
    return value * factor + (int(tail) * (factor // 10) if tail else 0)


def _chain(text: str) -> Decimal | None:
    """5万4千6百, 1万2千5: parts, each on a lower place than the one before."""
    total, scale, below = Decimal(0), None, 10**9
    for digits, scales, tail in re.findall(r"(\d+)([百千万亿]+)零?|(\d)$", text):
        if tail:
            return total + int(tail) * (1 if text[-2] == "零" else below // 10)
        scale = 1
        for one in scales:
            scale *= TENS.get(one) or MYRIADS[one]
        if scale >= below or int(digits) * scale >= below:
            return None
        total, below = total + int(digits) * scale, scale
    return total


def _chinese(text: str) -> Decimal | None:
    head, point, fraction = text.partition("点")
    scale = 1
    if point:
        if fraction and fraction[-1] in MYRIADS:
            fraction, scale = fraction[:-1], MYRIADS[fraction[-1]]
        if not fraction or any(char not in DIGITS for char in fraction):
            return None
        whole = _whole(head)
        return None if whole is None else (whole + Decimal("0." + "".join(str(DIGITS[c]) for c in fraction))) * scale
    return _whole(head)


def _whole(text: str) -> Decimal | None:
    """A Chinese whole number; digit strings (三六零) are read digit by digit."""
    if not text or any(char not in DIGITS and char not in TENS and char not in MYRIADS for char in text):
        return None
    if len(text) > 1 and all(char in DIGITS for char in text):
        return Decimal("".join(str(DIGITS[char]) for char in text))
    total = section = digit = 0
    last, zero = 1, False
    for char in text:
        if char in DIGITS:
            if digit:
                return None
            digit, zero = DIGITS[char], zero or DIGITS[char] == 0
        elif char in TENS:
            section += (digit or 1) * TENS[char]
            digit, last, zero = 0, TENS[char], False
        else:
            below = section + digit  # 一亿零一万: the 万 counts what came after the 亿
            if not below and not (total and last == 10_000):
                return None  # 万 alone, 亿亿; but 四万万
            total = total + below * 10_000 if char == "万" and below else (total + below) * MYRIADS[char]
            section, digit, last, zero = 0, 0, MYRIADS[char], False
    if digit and last > 10 and not zero:  # 一千二, 三万五: the next lower place
        digit *= last // 10
    return Decimal(total + section + digit)
