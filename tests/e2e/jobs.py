"""What people say in the tests over the wire: whole forms, and a steward's round. Everybody in them is made up."""

XINXIANG = (
    "水和电|1|1|河南禾粮面业有限公司|91410721MA000100X8|七里营镇龙泉路12号|贾文斌|13500000127|1|410721198103090006|职工食堂改造|"
    "后面补|七里营镇龙泉路12号|贾文斌 13500000127|跳过|跳过|2|1|3|1|1|900千瓦|1000|没有|无|无|贾文斌 13500000127"
)
"""新乡县, water and power, up to the promise."""

AGENT = "水、电、气和网|工业|同意|榔桥镇示范路6号|经办人"
AFTER_PAPERS = (
    "安徽示例茶业有限公司|91341823MA000901X7|李示例|13500000127|身份证|同意|341823199001010007|不需要|新装|15|新装|"
    "630千伏安|不要|是|是|通气点火|3|18|电信和移动|宽带|新装|300|没有"
)
"""泾县, everything there is, filled in by an agent: up to his papers, and from there to the promise."""

SHORT = "水|住宅|同意|{address}|住户|{name}|{phone}|身份证|不同意|不需要|过户|用水备注：{remark}"
"""泾县, the shortest form there is, up to the promise."""


WORKS = "接入方案|从路东主管接入|5天|不用|都不动|外线完工"
"""What a steward says between the survey and the acceptance."""


def short(address="泾川镇示范路6号3栋201", name="李示例", phone="13800000000", remark="表在楼道里"):
    return SHORT.format(address=address, name=name, phone=phone, remark=remark)


async def fill(phone, texts):
    """Says one thing after the other; the reply to the last. None of them may be turned down."""
    seen = ""
    for text in texts.split("|"):
        seen = await phone.say(text)
        assert f"收到“{text}”" not in seen, seen
        assert "没看懂" not in seen, seen
    return seen


async def at_the_site(steward, *, opinion="符合", result="通过"):
    """From the agreed time to the connection."""
    seen = await fill(steward, f"踏勘意见|{opinion}|{WORKS}|验收结果|{result}|接通")
    assert "已记录“接通”" in seen, seen
