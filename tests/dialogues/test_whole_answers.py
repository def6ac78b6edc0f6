"""A message is taken whole, as the text that was asked for, only if it is nothing else."""

from tests.dialogues.telling import filled

_MOVES = ("搬家 宽带跟着走", "电信")
_FIRM = (
    "工地上的 自来水管挡着我们地下室了 要移管线",
    "单位新乡县恒筑建设工程有限公司，法人申玉柱，公司地址大召营镇中心街30号，座机5081 716",
)


def test_the_old_place_is_not_the_new_one() -> None:
    """What stands before a place says which it is, though another is asked for."""
    got = filled("jingxian", *_MOVES, "老的在泾川镇苏红路28号后楼", "新的 泾川镇荷花塘路南苑公寓1205")
    assert (got["old_address"], got["address"]) == ("泾川镇苏红路28号后楼", "泾川镇荷花塘路南苑公寓1205")


def test_a_title_with_its_place() -> None:
    """The name of a project is asked for, and the place told with it."""
    got = filled("xinxiang", *_FIRM, "项目叫 和苑商务楼供水管迁改 在大召营镇滨河路西段")
    assert (got["project_name"], got["project_address"]) == ("和苑商务楼供水管迁改", "大召营镇滨河路西段")


def test_so_much_of_something_is_nobodys_name() -> None:
    """A number with its unit, where a name is asked for."""
    assert "applicant_name" not in filled("xinxiang", "粮油店接个电", "六十千瓦")


def test_what_is_to_be_done_is_no_name() -> None:
    """The name of a firm is asked for."""
    assert "organisation_name" not in filled("jingxian", "店面转给我了 水电气", "公司名义", "就是过户 三样都过")


def test_nobody_is_called_like_the_firm() -> None:
    """全名 names firms and people: he is the 法人, and not of the firm's name."""
    got = filled("jingxian", "企业来电 安徽泾川电机有限公司 报电增容", "联系人吴总 就是法人 全名吴承志")
    assert (got["applicant_type"], got["applicant_name"]) == ("法人", "吴承志")
