"""What `check` says of outlets that are wrong: the place, what is wrong, what would be valid (J14)."""

from pathlib import Path

import pytest

from tests.config.slips import said_of


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("body: xinao, address", "body: xinau, address", "没有叫“xinau”的公共服务单位"),
        ("body: xinao, address", "body: planning, address", "没有叫“planning”的公共服务单位"),
        ("body: xinao, address", "body: ganghua, address", "“新奥燃气”还没有联合办理网点"),
        ("towns: [云岭镇]", "towns: [云岭乡]", "towns 里没有“云岭乡”"),
        ("phone: 0563-5000008, towns", 'phone: "12", towns', "“12”不像电话号码"),
    ],
)
def test_a_slip_is_found(tmp_path: Path, old: str, new: str, said: str) -> None:
    report = said_of(tmp_path, "jingxian", "county.yaml", old, new)
    assert said in report
