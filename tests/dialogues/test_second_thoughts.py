"""Options that are named and at once replaced by another one, in the same message or the next."""

import pytest

from tests.dialogues.telling import shortly


@pytest.mark.parametrize(
    ("county", "turns", "field", "option"),
    [
        ("xinxiang", ["燃气 用气性质餐饮 改单位食堂"], "gas_use", "单位食堂"),
        ("xinxiang", ["燃气 工商业 先说餐饮 又改单位食堂"], "gas_use", "单位食堂"),
        ("xinxiang", ["燃气 工商业 餐饮吧 不对 单位食堂"], "gas_use", "单位食堂"),
        ("jingxian", ["用网 移动算了 还是电信"], "net_operator", "电信"),
        ("jingxian", ["用网 宽带 移动吧 算了还是电信"], "net_operator", "电信"),
        ("jingxian", ["用网 宽带 联通 哦不 移动"], "net_operator", "移动"),
        ("jingxian", ["用网 宽带 先说移动 后来又说电信"], "net_operator", "电信"),
        ("jingxian", ["用网 宽带 移动的", "移动算了 电信"], "net_operator", "电信"),
        ("xinxiang", ["用电 类别写工业吧 不 写商业"], "power_category", "商业"),
        ("xinxiang", ["用电 类别 商业", "不写商业了 写非工业"], "power_category", "非工业"),
        ("xinxiang", ["用水 改表 哎不对 是移表"], "water_kind", "移表"),
        ("xinxiang", ["用水 用水性质居民生活 后来想想还是非居民"], "water_nature", "非居民生活"),
        ("xinxiang", ["燃气 居民 毛坯吧 不不 精装"], "gas_fitting", "精装房暗埋"),
        ("jingxian", ["业务性质写商用吧 不 写工业"], "business_nature", "工业"),
        ("jingxian", ["用网 新装 哦不 迁移"], "net_business", "迁移"),
    ],
)
def test_the_second_thought_counts(county, turns, field, option):
    assert shortly(county, *turns)[field] == option


@pytest.mark.parametrize(
    ("county", "said", "field", "options"),
    [
        ("xinxiang", "燃气 工商业 餐饮 后来又加了锅炉", "gas_use", "餐饮、锅炉"),
        ("xinxiang", "用水 改表 再移个表", "water_kind", "改表、移表"),
        ("jingxian", "用网 电信和移动都要", "net_operator", "电信、移动"),
        ("xinxiang", "用电 类别 工业,不是商业", "power_category", "工业"),
        ("xinxiang", "燃气 工商业 餐饮 还是单位食堂?", "gas_use", None),
    ],
)
def test_both_count_or_the_first(county, said, field, options):
    assert shortly(county, said).get(field) == options
