"""What the project is called, how large its pipes are and when heat is wanted, in other words."""

import pytest

from tests.dialogues.telling import filled

FIRM = "新乡县示例食品有限公司"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("项目名儿写 设施农业大棚供电 地点跟合作社一样", "设施农业大棚供电"),
        ("锤锻车间升级 这是项目名 代码2507-410721-04-02-071174", "锤锻车间升级"),
        ("因修建经三路雨污管网分流项目，需申请临时用电", "经三路雨污管网分流"),
        ("瑞衡智造园C区 大召营镇兴业街与经三路交叉口西侧 2506-410721-04-05-071132", "瑞衡智造园C区"),
        ("工程资料：恒拓智造园B区，编号2506-410721-04-05-071132", "恒拓智造园B区"),
        ("要建个充电的站，名字登古固寨公共充电站一期", "古固寨公共充电站一期"),
        ("项目-印刷废气治理-无代码-翟坡镇创新路12号（公司也在）", "印刷废气治理"),
    ],
)
def test_what_the_project_is_called(said, name):
    assert filled("xinxiang", "用电", FIRM, said)["project_name"] == name


@pytest.mark.parametrize(
    ("said", "pieces"),
    [
        ("管子：口径DN80，调压箱接到机房，75米长。", ("80", "75")), ("水管是DN100的，挪12米左右", ("DN100", "12")),
        ("那根管子七百二十米长 直通到棚 PE的 粗细75", ("七百二十", "75")),
        ("从干管至大棚距离720米，管材为PE管，直径75。", ("720", "75")),
        ("新管从大表井里接出，PE75，估计120米左右，得穿北门前的绿化带", ("PE75", "120")),
        ("管子DN50的四五十米长吧没细量光挪管道表还在老地方", ("DN50", "四五十米")),
        ("从主管接到院里约60米，用63的PE管", ("60", "63")),
    ],
)  # fmt: skip
def test_how_large_the_pipe_is(said, pieces):
    scale = filled("xinxiang", "用水", FIRM, said)["project_scale"]
    assert all(one in scale for one in pieces)
    assert "绿化带" not in scale


@pytest.mark.parametrize(
    "said",
    ["想2026-11-15供上", "热表尚未安装。希望2026-11-15通热", "2026-11-15那天送暖", "2026年11月15日得热起来"],
)
def test_when_heat_is_wanted(said):
    assert "2026, 11, 15" in filled("xinxiang", "热力", FIRM, said)["heat_start"]


@pytest.mark.parametrize(
    ("said", "device"),
    [
        ("另有做腐竹的油皮锅5口，单口4.5方/时", "油皮锅"),
        ("另外清单少写了矮汤炉，一台，1.6方", "矮汤炉"),
        ("热水锅炉使俩 每个一小时三十八方", "热水锅炉"),
    ],
)
def test_what_the_thing_is_called(said, device):
    assert f"text='{device}'" in filled("xinxiang", "燃气", FIRM, said)["gas_devices"]
