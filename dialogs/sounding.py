"""Words written with wrong characters of the same sound (增荣, 峰古, 非线形): read as what was meant, of the same length."""

import re

from dialogs.sought import Sought

_MEANT = {
    "增容": "增荣 增溶 增融 增熔 增绒 增蓉 曾容 赠容 增客 增榕",
    "过户": "过互 过胡 过乎 过沪 果户",
    "销户": "削户 销护 肖户 消护",
    "注销": "注消 住销",
    "移表": "移标 宜表",
    "改装": "改桩 改庄 改妆",
    "改管": "改官",
    "改类": "改内 改累",
    "报装": "抱装 报庄 报桩",
    "新装": "新撞 欣装 新状",
    "峰谷": "峰股 峰古 峰骨 锋谷 蜂谷 烽谷 封谷",
    "谷峰": "谷锋 谷风 股峰 骨峰 鼓峰",
    "变压器": "变亚器 边压器 便压器 变压气 变压汽",
    "宽带": "宽代 宽袋 宽戴",
    "光纤": "光签 光钎",
    "有线电视": "有限电视 有线电是 有线电事",
    "燃气": "染气 燃汽",
    "暖气": "暖汽 暖器",
    "锅炉": "锅卢 锅芦 锅庐",
    "毛坯": "毛胚 毛丕 毛批 毛坏",
    "精装修": "金装修 经装修 晶装修",
    "精装房": "金装房 经装房",
    "暗埋": "安埋 暗买 暗卖 按埋",
    "餐饮": "参饮 餐引 餐印",
    "非居民": "飞居民 非巨民 非聚民 非举民",
    "居民": "巨民 聚民 举民",
    "特种行业": "特重行业 特种行页 特中行业",
    "合表居民": "和表居民 河表居民 盒表居民",
    "商业": "伤业 商页 商叶",
    "农业": "农页 农叶 浓业",
    "住宅": "住宰 住寨 住斋",
    "换热站": "换热战 换热占 换热栈 唤热站 换热桟",
    "庭院": "停院 亭院 廷院",
    "庭院管网": "庭院官网 庭院管往",
    "消防": "销防",
    "消防栓": "消房栓 消防拴",
    "消防水": "消房水",
    "开栓": "开拴",
    "经办人": "经伴人 精办人",
    "非线性": "非线形 非线型 非限性 非现性 飞线性",
    "自备电源": "自备电原 自备电员 自被电源",
    "踏勘": "踏看 塌勘 踏堪",
    "预约": "预月 欲约 予约",
    "身份证": "身分证",
    "机顶盒": "机顶合 机顶核",
    "临时用": "零时用 临事用",
    "临时电": "零时电 临事电",
    "临时水": "零时水 临事水",
    "临时接": "零时接 临事接",
    "名字": "名子",
}
_SAME = tuple((wrong, right) for right, several in _MEANT.items() for wrong in several.split())
_BY_PLACE = (
    (Sought("(?<!取)消户"), "销户"),
    (re.compile("户明(?![天年早晚白])"), "户名"),
    (Sought("(?<![天自仍当])然气"), "燃气"),
)
"""消户 is written for 销户, but not in 取消户名."""
_WRONG = re.compile("|".join((*(wrong for wrong, _ in _SAME), "消户", "户明", "然气")))
"""Any of them: in most texts there is none."""
MISSPELT = frozenset(wrong[0] for wrong in _WRONG.pattern.split("|"))
"""What a word so written can begin with."""


def as_meant(text: str) -> str:
    """The text with such words put right; what stands where stays there."""
    if _WRONG.search(text) is None:
        return text
    for wrong, right in _SAME:
        if wrong in text:
            text = text.replace(wrong, right)
    for pattern, right in _BY_PLACE:
        text = pattern.sub(right, text)
    return text
