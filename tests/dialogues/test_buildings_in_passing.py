"""Lists of buildings with one that is out, one more, or one of which something is told."""

import pytest

from tests.dialogues.telling import told


@pytest.mark.parametrize(
    ("said", "buildings"),
    [
        ("21-26号楼 24号是售楼部不算 户数380", "21 22 23 25 26"),
        ("20到26号楼 24号是物管房 不用气", "20 21 22 23 25 26"),
        ("21-25号楼 无23 毛坯", "21 22 24 25"),
        ("楼号7、8、10-12（9号是幼儿园）", "7 8 10 11 12"),
        ("住宅七栋 1-5 加7号8号 没6号", "1 2 3 4 5 7 8"),
        ("11号到18号 没有13和14 毛坯", "11 12 15 16 17 18"),
        ("11到15号楼 12和14空号", "11 13 15"),
        ("楼号11到14 12号那栋漏雨住不了人 不报", "11 13 14"),
        ("11-15号楼，12号跟14号都不报", "11 13 15"),
        ("11号 13号 15号", "11 13 15"),
        ("楼号1到6 里头没有4号楼 后头还有一栋叫8号楼", "1 2 3 5 6 8"),
    ],
)
def test_lists(said, buildings):
    assert _buildings("燃气 居民", said) == buildings.split()


@pytest.mark.parametrize("said", ["3号楼少一层 实际44户", "2号楼只盖了半截", "地址 小冀镇安居路2号 代码说没有"])
def test_what_is_told_of_one_building_leaves_the_list(said):
    assert _buildings("燃气 居民", "1-4号楼", said) == ["1", "2", "3", "4"]


def test_the_buildings_of_another_service_less_one():
    assert _buildings("燃气和热力", "热力楼号 7 8 9 再加14号", "燃气只报住宅 热力那几栋里头除掉14号") == ["7", "8", "9"]


def _buildings(*turns):
    values, _ = told("xinxiang", *turns)
    return values["燃气"]["报装范围(楼号)"]


@pytest.mark.parametrize(
    ("told_before", "said", "small", "public"),
    [
        ("小户型96户", "小户型没变", 96, None),
        ("公租房12户 小户型30户", "公租房和小户型说反了", 12, 30),
        ("户数518", "518户里有30户小户型", 30, None),
        ("户数518", "小户型公廉租都没有", 0, 0),
        ("户数518", "公租房小户型都挨不着", 0, 0),
    ],
)
def test_small_and_public_flats(told_before, said, small, public):
    values, _ = told("xinxiang", "燃气 居民 户数518", told_before, said)
    gas = values["燃气"]
    assert [_count(gas.get(one)) for one in ("是否含有小户型", "是否含有公/廉租房")] == [small, public]


def _count(value):
    return value and (int(value["户数"]) if value["是否"] == "是" else 0)


@pytest.mark.parametrize(
    ("said", "buildings"),
    [
        ("报3、4、5、6四栋，一共300户。6号楼划作公租房，80户", "3 4 5 6"),
        ("1-6#加9# 7#是配电房不算", "1 2 3 4 5 6 9"),
        ("12到17号楼 14跳号", "12 13 15 16 17"),
        ("2到6号楼 5号除外 5号是售楼部另报", "2 3 4 6"),
        ("1到8号楼 其中2号是开关站 7号是物业房 不通气", "1 3 4 5 6 8"),
        ("楼号1 2 4 5，3号楼是卫生所", "1 2 4 5"),
        ("楼号1 2 4 5，再加3号楼", "1 2 4 5 3"),
        ("楼是5到9 其中7号是会所 不进网", "5 6 8 9"),
    ],
)
def test_one_of_a_list_of_which_something_is_told(said, buildings):
    assert _buildings("燃气 居民", said) == buildings.split()


@pytest.mark.parametrize(
    ("said", "gas", "heat"),
    [
        ("3号楼检测过了 不是危房 也接", "1 2 3 4", "1 2 3 4"),
        ("热力这次3号楼也报", "1 2 4", "1 2 3 4"),
        ("4号楼甩到二期了", "1 2", "1 2"),
        ("2号楼算下户数", "1 2 4", "1 2 4"),
        ("热力 楼号同气 再加6号", "1 2 4", "1 2 4 6"),
    ],
)
def test_a_building_after_all_and_one_put_off(said, gas, heat):
    values, _ = told("xinxiang", "燃气居民 热力", "燃气1、2、4号楼", "热力楼号和燃气一样", said)
    assert (values["燃气"]["报装范围(楼号)"], values["热力"]["本次申请楼号"]) == (gas.split(), heat.split())
