"""Where somebody is and where something is to be connected, as people say it; and what is no place of theirs."""

import pytest

from tests.dialogues.telling import filled

FIRM = "新乡县示例服饰有限公司 厂址 翟坡镇朝阳路21号"
AT = "翟坡镇朝阳路21号"


@pytest.mark.parametrize(
    "said",
    [
        "项目就在厂里", "项目也在这儿", "工程就在我们厂区里面", "施工地点也是厂里", "项目还在老厂区", "项目地点就是这里", "工地跟公司一个地方",
        "项目和单位在同一个地址", "项目同址", "工程地址同厂址", "项目叫车间配电改造，在本厂院内", "项目名 车间配电改造 就在院内", "项目名称 车间配电改造 地址就是上面那个地",
        "电就装在厂里", "厂房也在这儿", "增容也在这个点上", "水和电都在园内厨房施工", "活儿都在作坊里", "施工就这一个地方", "地点同厂址",
        "工程位置照抄上面的", "项目地址填厂里的", "装也装这儿", "楼就是这个楼", "要办的项目也在这块儿", "改造也是在那儿干", "干活也在这儿",
        "装的地方也是那儿", "冷库同址", "项目也是这", "项目叫车间配电改造，还是厂里那个地址", "就做在厂里面", "水电都通到这屋", "工程地点一致",
        "公寓即此址", "公寓跟公司同一处", "单位、项目一处", "中心跟伙房同在此处", "表也在这院", "厂址就是项目地址", "建设地点即上述地址",
        "施工地点与单位地址相同", "公司和项目共用这个地址", "安装的地儿就是上头说的厂里", "活就在厂里干", "电也是接到这个地址",
    ],
)  # fmt: skip
def test_the_project_is_where_the_firm_is(said):
    for turns in ((f"用电增容 {FIRM} {said}",), ("用电增容", FIRM, said)):
        found = filled("xinxiang", *turns)
        assert (found["applicant_address"], found["project_address"]) == (AT, AT), turns
        assert found.get("project_name") in (None, "车间配电改造")


@pytest.mark.parametrize(
    "said",
    [
        "管子都在院里 不用破路",
        "我们人都在这儿 什么时候来看",
        "院里管网还在埋",
        "项目负责人在厂里",
        "变压器放在厂区东边行不行",
        "资料都在店里",
        "电表就在门口",
        "法人和经办人是同一个人",
        "电话同上",
        "建面和入网一致",
        "材料也在这里",
        "变压器也在这里",
        "老板也在这",
        "项目不在这儿",
        "两家不在一处",
        "公司和项目不是一个地址",
        "工程地点一致吗",
        "邻居也在这块儿装的",
    ],
)
def test_what_only_speaks_of_the_place_fills_no_address(said):
    found = filled("xinxiang", "用电增容", FIRM, said)
    assert (found["applicant_address"], found.get("project_address")) == (AT, None)


@pytest.mark.parametrize(
    "said",
    [
        "单位、工程同址：{}", "地址（单位与安装同）：{}，即新楼", "场址即单位住址：{}，别无他处", "住所：{}。工程地点一致", "地址：{}，单位、工程共用",
        "店址与安装地点相同：{}。手机：159-0000-5523", "店址（安装地址）：{}", "单位和项目同一个地址 {}", "广场与村委会同址：{}",
        "伙房、中心全在一个院子，{}", "公司设在{}，公寓跟公司同一处", "机房就在{} 公司也在这里", "装的地方都在园里 {}", "{} 水装在行里",
        "新乡县示例冷链有限公司 / {}（冷库同址）", "单位跟工地同一个地儿，{}", "村委会跟广场一个地址 {} 路灯十八盏", "{} 厂跟注册一个地方",
        "{} 公司跟场地都在这",
    ],
)  # fmt: skip
def test_two_things_in_one_place(said):
    found = filled("xinxiang", "用电新装", said.format(AT))
    assert (found["applicant_address"], found["project_address"]) == (AT, AT)


@pytest.mark.parametrize(
    ("said", "firm", "project", "name"),
    [
        ("公司在小冀镇胜利路71号，项目在小冀镇胜利路南头铁道以西，叫惠安家园", "小冀镇胜利路71号", "小冀镇胜利路南头铁道以西", "惠安家园"),
        ("单位地址：小冀镇宏力大道188号\n项目叫锦程御园 在大召营镇新荷路与府东街交叉口东北角", "小冀镇宏力大道188号", "大召营镇新荷路与府东街交叉口东北角", "锦程御园"),
        ("公司小冀镇振兴路8号 工地翟坡镇新中大道东侧", "小冀镇振兴路8号", "翟坡镇新中大道东侧", None),
        ("项目 锦程御园 大召营镇新荷路88号 公司 小冀镇振兴路8号", "小冀镇振兴路8号", "大召营镇新荷路88号", "锦程御园"),
        ("公司地址新乡市红旗区平原路266号创业楼；站址翟坡镇东环路加油站北侧空地", "新乡市红旗区平原路266号创业楼", "翟坡镇东环路加油站北侧空地", None),
        ("公司在郑州市示范区清云北路2号（示范工业园） 厂在翟坡镇工业园东二路15号", "郑州市示范区清云北路2号（示范工业园）", "翟坡镇工业园东二路15号", None),
        ("公司在广西壮族自治区南宁市示范区民族大道88号 厂在翟坡镇工业园东二路15号", "广西壮族自治区南宁市示范区民族大道88号", "翟坡镇工业园东二路15号", None),
        ("公司注册地址 翟坡镇商贸街6号 厂在翟坡镇工业园东二路15号", "翟坡镇商贸街6号", "翟坡镇工业园东二路15号", None),
        ("办公在小冀镇青龙路12号，厂子在七里营镇纬三路东头", "小冀镇青龙路12号", "七里营镇纬三路东头", None),
        ("公司小冀镇富民路19号 影院在小冀镇人民路悦和广场四楼 工程地址写影院", "小冀镇富民路19号", "小冀镇人民路悦和广场四楼", None),
        ("物业和项目都在翟坡镇棉织路4号院", "翟坡镇棉织路4号院", "翟坡镇棉织路4号院", None),
        ("厂子在古固寨镇工业大道5号 新车间隔着马路 古固寨镇工业大道8号", "古固寨镇工业大道5号", "古固寨镇工业大道8号", None),
    ],
)  # fmt: skip
def test_two_places(said, firm, project, name):
    found = filled("xinxiang", "热力", f"新乡县示例置业有限公司 {said}")
    assert (found["applicant_address"], found["project_address"], found.get("project_name")) == (firm, project, name)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("地址小冀镇中街路76号以前就是个饭店", "小冀镇中街路76号"),
        ("小冀镇文化街18号我租的门面", "小冀镇文化街18号"),
        ("小冀镇文化街18号原来是信用社", "小冀镇文化街18号"),
        ("大召营镇原来的供销社院里", "大召营镇原来的供销社院里"),
        ("古固寨镇三王庄村北养殖小区 13200000671", "古固寨镇三王庄村北养殖小区"),
        ("家在小冀镇东街村 村委会往南第三排第二家", "小冀镇东街村 村委会往南第三排第二家"),
        ("我们住七里营镇前街东头 供销社后面第二家 水就自家做饭", "七里营镇前街东头 供销社后面第二家"),
        ("朗公庙镇高速口下来右手 加油站后院/项目名 充电站", "朗公庙镇高速口下来右手 加油站后院"),
        ("执照上是新乡县小冀镇老邵烩面馆 地址小冀镇中街路76号", "小冀镇中街路76号"),
        ("小冀镇中心小学总务温主任来电 地址 小冀镇文教路2号 不是文化路", "小冀镇文教路2号"),
    ],
)
def test_where_an_address_ends(said, place):
    assert filled("xinxiang", "用水", said)["applicant_address"] == place


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("泾川镇荷花塘路23号3幢201一直自己住", "泾川镇荷花塘路23号3幢201"),
        ("泾川镇桃花潭路8号5栋302室现在租出去了", "泾川镇桃花潭路8号5栋302室"),
        ("我在泾川镇城南新村7幢101住了二十年", "泾川镇城南新村7幢101"),
        ("泾川镇桃花潭路8号三楼就我们一家", "泾川镇桃花潭路8号三楼"),
        ("泾川镇荷花塘路锦绣园\n15栋\n2704室", "泾川镇荷花塘路锦绣园 15栋 2704室"),
        ("榔桥镇浙溪村上村组 老祠堂西边 门牌还没发下来", "榔桥镇浙溪村上村组 老祠堂西边"),
    ],
)
def test_where_an_address_ends_in_the_other_county(said, place):
    assert filled("jingxian", "水", said)["address"] == place


@pytest.mark.parametrize(
    "said",
    [
        "水管得从乡道对面接过来 要破路", "电缆从健康路12号门口过来", "进线得从振兴路底下穿过去", "变压器在107国道边上 线要横穿国道", "备用那路200千瓦",
        "两路都从城东变出线", "水管要经过稼祥路5号门口拉进来",
    ],
)  # fmt: skip
def test_where_a_line_comes_from_is_no_address(said):
    for county in ("xinxiang", "jingxian"):
        found = filled(county, "用水、用电", said)
        assert not {"applicant_address", "project_address", "address", "old_address"} & found.keys(), found


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("我们公司在郑州市金水区农业路32号", "郑州市金水区农业路32号"),
        ("注册地郑州市金水区农业路32号 施工在七里营镇刘庄村西头", "郑州市金水区农业路32号"),
        ("昌平家园：小冀镇孤峰街50号新开一家超市", "小冀镇孤峰街50号"),
        ("地址：翟坡镇工业路9号（单位地址、项目地址同）", "翟坡镇工业路9号"),
        ("工程地点 翟坡镇中心街（新七公路至兴宁大道段）", None),
        ("锦绣华庭7-1-902", "锦绣华庭7-1-902"),
        ("小冀镇文化街5号（老邮局对面）", "小冀镇文化街5号（老邮局对面）"),
        ("小冀镇水西路金山花苑 3栋2单元 502 13900001234", "小冀镇水西路金山花苑 3栋2单元 502"),
    ],
)
def test_where_an_address_begins(said, place):
    assert filled("xinxiang", "用水", said).get("applicant_address") == place


@pytest.mark.parametrize(
    "said",
    [
        "来电：小冀镇新开酒店 水电三项", "铺子叫新乡县大召营镇顺手铁艺加工部", "门口狗拴着的 别怕", "户号找不到了，回头补。就是平常老百姓生活用水", "地址让会计发 一会儿", "那边水电已经有了",
        "去年翟坡镇工业路9号那家也是你们装的", "材料是送到小冀镇青龙路的大厅吗", "客户抱怨路口那个配电箱老响", "他问营业厅地址 告知小冀镇文化路2号", "村口那条路坏了 车进不来",
    ],
)  # fmt: skip
def test_what_is_no_address(said):
    found = filled("xinxiang", "用水、用电", said)
    assert not {"applicant_address", "project_address"} & found.keys(), found


HOME = "泾川镇谢园路88号"


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("不是88号 是86号", "泾川镇谢园路86号"),
        ("门牌说反了 是86号", "泾川镇谢园路86号"),
        ("86号 刚才写成88了", "泾川镇谢园路86号"),
        ("房号漏了 601", "泾川镇谢园路88号601"),
        ("谢园路88号3栋601", "泾川镇谢园路88号3栋601"),
        ("泾川镇稼祥路17号", "泾川镇稼祥路17号"),
        ("地址应该是泾川镇稼祥路17号", "泾川镇稼祥路17号"),
        ("我姐家在泾川镇稼祥路17号 她家装的移动", HOME),
        ("以前房东住泾川镇南门街3号", HOME),
        ("营业厅是不是在泾川镇苏红路那边", HOME),
        ("来的时间改成12号", HOME),
        ("宽带不是88兆 是200兆", HOME),
    ],
)
def test_an_address_put_right(said, place):
    assert filled("jingxian", f"家里装宽带 {HOME}", said)["address"] == place


def test_one_of_two_addresses_put_right():
    found = filled("xinxiang", f"用电新装 {FIRM}", "地址应该是翟坡镇朝阳路12号")
    assert (found["applicant_address"], found.get("project_address")) == ("翟坡镇朝阳路12号", None)


@pytest.mark.parametrize(
    "said",
    [
        "泾川镇南门街3号的宽带 移到泾川镇谢园路88号", "泾川镇南门街3号 → 泾川镇谢园路88号", "泾川镇谢园路88号 之前是泾川镇南门街3号",
        "迁出地址：泾川镇南门街3号 迁入地址：泾川镇谢园路88号", "旧：泾川镇南门街3号，新：泾川镇谢园路88号",
    ],
)  # fmt: skip
def test_moved_from_one_place_to_another(said):
    found = filled("jingxian", "宽带移机", said)
    assert (found["address"], found["old_address"]) == (HOME, "泾川镇南门街3号")


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("原位置：东墙根", "东墙根"),
        ("表在楼梯间，要挪出来", "楼梯间"),
        ("表本来在烘干房边，要移到沼气池旁边", "烘干房边"),
        ("表原位于住院部南侧，现迁至后院", "住院部南侧"),
        ("从前面搬到后院", None),
        ("我在外地，想挪一下表", None),
    ],
)
def test_moved_inside_the_house(said, place):
    assert filled("jingxian", f"水表改装 {HOME}", said).get("old_address") == place


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("地点：泾川镇荷花路与桃花潭路口，由南向北数第四间门面", "泾川镇荷花路与桃花潭路口，由南向北数第四间门面"),
        ("地址：榔桥镇涌溪村外村组，晒谷场北面。门牌号尚未核发。", "榔桥镇涌溪村外村组，晒谷场北面"),
        ("工地在云岭镇新村路，镇卫生院综合楼那块", "云岭镇新村路，镇卫生院综合楼那块"),
        ("工地在云岭镇新村路 从老桥头到小学门口", "云岭镇新村路 从老桥头到小学门口"),
        ("地址云岭镇新村路，变压器旁边要留位置", "云岭镇新村路"),
        ("地址云岭镇新村路，我们在邮局对面", "云岭镇新村路"),
        ("店在蔡村镇新街13号 不是13 31号 13号是卖鞋的", "蔡村镇新街31号"),
        ("地址 云岭镇新四军路22号 等下 22号是后门 正门是20号 写正门", "云岭镇新四军路20号"),
        ("老屋门牌是蔡村镇大屋组23号 哦不对23号是隔壁老四家 我家25号", "蔡村镇大屋组25号"),
        ("就写蔡村镇新街南头第三家，说反了，北头", "蔡村镇新街北头第三家"),
        ("店在蔡村镇新街13号，15号是卖鞋的", "蔡村镇新街13号"),
        ("桃花潭镇桃花潭东路88号接了人家一个饭店", "桃花潭镇桃花潭东路88号"),
    ],
)
def test_a_place_told_on_or_put_right_in_the_same_breath(said, place):
    assert filled("jingxian", "水电新装", said)["address"] == place


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("楼就建在院子东南角", f"{AT}院子东南角"),
        ("建在院区西北角", f"{AT}院区西北角"),
        ("新楼盖在医院后院", f"{AT}医院后院"),
        ("变压器放在院子东南角", None),
        ("去年建在院子东南角的那个不算", None),
        ("能不能建在院子东南角？", None),
    ],
)
def test_a_spot_in_the_yard(said, place):
    assert filled("xinxiang", "用电新装", FIRM, said).get("project_address") == place


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("我在丁家桥镇工业园区3号生产竹席", "丁家桥镇工业园区3号"),
        ("琴溪镇赤滩村渡口路7号修摩托车", "琴溪镇赤滩村渡口路7号"),
        ("桃花潭镇查济街26号租下一栋老屋", "桃花潭镇查济街26号"),
        ("黄村镇九峰街41号一家包子铺来电", "黄村镇九峰街41号"),
        ("泾川镇桃花潭路创客园A座309 租的工作室", "泾川镇桃花潭路创客园A座309"),
        ("桃花潭镇查村许溪街12号大院", "桃花潭镇查村许溪街12号大院"),
        ("泾川镇锦溪路1号锦溪花园地下车库", "泾川镇锦溪路1号锦溪花园地下车库"),
        ("泾川镇五星路118号训练场", "泾川镇五星路118号训练场"),
    ],
)
def test_a_place_ends_where_something_else_is_told(said, address):
    assert filled("jingxian", "用电新装", said)["address"] == address


@pytest.mark.parametrize(
    ("turns", "address"),
    [
        (("家是七里营镇沟王村北街6排4号", "地址更正：是6排5号；4号为伯父家。"), "七里营镇沟王村北街6排5号"),
        (("家是七里营镇沟王村北街6排4号", "门牌敲错 6排5号才是俺家 4号住的是俺大伯"), "七里营镇沟王村北街6排5号"),
        (("店址 翟坡镇书香街26号，噢不，62号，26号是卖化肥的",), "翟坡镇书香街62号"),
        (("门牌写翟坡镇水东街36号……慢着，36号开在巷子里是后门，前门34号，登前门",), "翟坡镇水东街34号"),
        (("屋在翟坡镇河冲村上塘组十八号啊讲错讲错先头写成十六号过就是十八",), "翟坡镇河冲村上塘组十八号"),
        (("家是翟坡镇水东街36号", "等等 我家旁边38号是药店 40号是学校"), "翟坡镇水东街36号"),
    ],
)
def test_a_house_number_put_right_when_it_is_noticed(turns, address):
    assert filled("xinxiang", "自来水新装 个人办", *turns)["applicant_address"] == address
