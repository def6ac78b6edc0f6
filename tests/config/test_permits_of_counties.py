"""Which permits the counties' works need, how each is applied for, and by when it is decided (X46–X48, J27)."""

from tests.shipped import shipped


def test_works_and_limits() -> None:
    """X46, X48: two working days offline, one online; J27 gives none."""
    found = {
        (name, kind.name): (kind.works, {channel: limit.days for channel, limit in kind.limits.items()})
        for name, county in shipped().items()
        for kind in county.process.approvals.kinds
    }
    both = {"offline": 2, "online": 1}
    assert found == {
        ("xinxiang", "规划许可"): (("新建管线",), both),
        ("xinxiang", "破绿许可"): (("动绿地",), both),
        ("xinxiang", "占掘路许可"): (("挖路面", "占用道路"), both),
        ("jingxian", "规划许可"): (("新建管线",), {}),
        ("jingxian", "道路挖掘"): (("挖路面",), {}),
        ("jingxian", "道路占用"): (("占用道路",), {}),
        ("jingxian", "绿地临时占用"): (("动绿地",), {}),
    }


def test_ways() -> None:
    """X47, J27: from when works may begin, by the way that was chosen."""
    found = {
        name: [(mode.name, mode.works_from, mode.items) for mode in county.process.approvals.modes]
        for name, county in shipped().items()
    }
    assert found == {
        "xinxiang": [
            ("材料齐全", "granted", False),
            ("容缺受理", "granted", True),
            ("告知承诺", "accepted", False),
        ],
        "jingxian": [("告知承诺备案制", "signed", False), ("并联审批制", "granted", False)],
    }
    applies = {name: county.process.approvals.applies for name, county in shipped().items()}
    assert applies == {"xinxiang": "unit", "jingxian": "builder"}
