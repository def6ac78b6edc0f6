"""Every mistake of a broken county is told at once, with file, line and what would be valid (design §4)."""

from pathlib import Path

import pytest

from config.check import check
from config.loader import load_counties, load_county
from config.mistakes import Mistake, Mistakes

DATA = Path(__file__).parent / "data"
TEXTS = DATA / "messages"


def told(mistakes: list[Mistake], directory: Path) -> list[str]:
    """The mistakes with file names as in the county's own directory."""
    return [str(one).replace(f"{directory}/", "") for one in mistakes]


def county(tmp_path: Path, **files: str) -> Path:
    """A copy of the small sample county with some files replaced."""
    sample = DATA / "counties" / "shili"
    directory = tmp_path / "shili"
    (directory / "messages").mkdir(parents=True)
    for file in sample.glob("**/*.yaml"):
        (directory / file.relative_to(sample)).write_text(file.read_text("utf-8"), "utf-8")
    for name, text in files.items():
        (directory / f"{name}.yaml").write_text(text, "utf-8")
    return directory


def mistakes_of(directory: Path) -> list[Mistake]:
    """The mistakes of a county that must not load."""
    with pytest.raises(Mistakes) as found:
        load_county(directory, defaults=TEXTS)
    return found.value.mistakes


def test_all_mistakes_at_once() -> None:
    """The golden list of a county in which nearly everything is wrong."""
    expected = (DATA / "broken.txt").read_text("utf-8").splitlines()
    assert told(mistakes_of(DATA / "broken"), DATA / "broken") == expected


def replaced(file: str, old: str, new: str) -> str:
    """The sample county's file with one passage replaced."""
    text = (DATA / "counties" / "shili" / f"{file}.yaml").read_text("utf-8")
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("form", "by: {field: paper", "by: {field: papr", "没有叫“papr”的字段 → 您想写的可能是：paper"),
        ("form", "by: {field: paper", "by: {field: who", "“姓名”不是勾选题或是否题"),
        ("form", "otherwise: document}", "otherwise: document}\n        scheme: identity", "只能写一个"),
        ("form", "unit: 立方米", "unit: 立方米\n        units: [升, 方]", "unit 和 units 只能写一个"),
        ("form", "least: 0.5", "least: 0.5\n        most: 0.1", "最大值 0.1 比最小值 0.5 还小"),
        ("form", "count_unit: 个", "yes: 有, no: 有", "“是”和“否”都写成了“有”"),
        ("form", "count_unit: 个", "count_unit: 个, count_within: whol", "没有叫“whol”的字段"),
        ("form", "count_unit: 个", "count_unit: 个, count_within: who", "“姓名”不是数字题"),
        ("form", "ask: 有水池吗？", 'ask: ""', "少了“ask”"),
        ("form", "ask: 有水池吗？", "ask: 有水池吗？, volunteered: true", "从不主动问的，不能是必填或容缺"),
        ("form", "{id: count, label: 个数, number: true", "{id: name, label: 个数, number: true", "“name”用了两次"),
        ("form", "- id: heat\n    title", "- id: water\n    title", "“water”用了两次"),
        (
            "form",
            "kind: declaration, label: 承诺, ask: 请看承诺。",
            "kind: text, label: 注, ask: 还有吗？, example: 无",
            "没有承诺字段",
        ),
        ("form", "title: 示例县接入申请表", "title: 示例县接入申请表\nsections: []", "“sections”写了两遍"),
        ("county", "id: shili", "id: shilli", "文件夹却叫“shili”"),
        (
            "county",
            "bodies: {东热: heat_east, 西热: heat_west}",
            "bodies: {东热: heat_east}",
            "选了“西热”，没有写由谁来办",
        ),
        ("county", "by_answer: {field: heat_company", "by_answer: {field: houses", "“楼号”不是勾选题"),
        ("county", "西热: heat_west}", "西热: heat_wset}", "没有叫“heat_wset”的单位 → 您想写的可能是：heat_west"),
        ("county", "applicant_phone: who_phone", "applicant_phone: houses", "“楼号”这类字段不能用在这里"),
        ("county", "district: town}", "unit: who_phone, district: town}", "“电话”这类字段不能用在这里"),
        ("county", "district: town}", "agent: {name: whoo, phone: who_phone}}", "没有叫“whoo”的字段"),
        ("county", "district: town}", "agent: {name: who, phone: where}}", "“地址”这类字段不能用在这里"),
        (
            "county",
            "district: town}",
            "agent: {name: who, phone: who_phone, when: {field: paper, has: [护照]}}}",
            "没有“护照”",
        ),
        (
            "form",
            "consent: identity\n        by",
            "consent: identity\n        carried: true\n        by",
            "不知道是哪种号码",
        ),
        ("form", "kind: declaration,", "kind: declaration, carried: true,", "“承诺”不能照上一件填"),
        ("county", 'phone: "95598"', 'phone: "955"', "“955”不像电话号码"),
        ("process", "{counter:04d}", "{counter:04d}{day}", "只认识 {counter} 和 {year}"),
        ("process", "{year}-", "", "明年会和今年重号"),
        ("process", "-{counter:04d}", "", "编号里没有 {counter}"),
        ("process", "form: look", "form: look, time_form: look", "里没有日期题，约不了时间"),
        ("process", "form: look", "form: loock", "没有叫“loock”的小表 → 您想写的可能是：look"),
        ("process", "{text: 不行}]", "{text: 免谈}]", "“看现场意见”里没有“不行”"),
        ("process", "lead: water_north", "lead: water_nord", "没有叫“water_nord”的单位"),
        ("process", "joint_if_yes: [pool]", "joint_if_yes: [who]", "“姓名”不能回答是或否"),
        ("process", "id: look\n    version", "id: shili_application\n    version", "已经是申请表的 id"),
        ("process", "closes: 17:00", "closes: 五点", "这里应是时间 → 时间写成 17:30"),
        ("guide", "{{ county }}", "{{ conty }}", "花括号里的“conty”不认识 → 您想写的可能是：county"),
        ("guide", "{{ help.hotline }}", "{{ help.hotlin }}", "“help.hotlin”不认识 → 您想写的可能是：hotline"),
        ("guide", "{{ help.hotline }}", "{{ county.x.y }}", "这段文字填不出来"),
        ("guide", "field: plan", "field: houses", "没有叫“houses”的材料字段 → 可以写：plan"),
        ("guide", "has: [暖气]", "has: [冷气]", "“事项”没有“冷气”这个选项"),
        ("calendar", "2026-06-10", "2026-06-31", "这里应是日期 → 日期写成 2026-10-01"),
        ("messages/own", "{{ county }}", "{{ county | shout }}", "花括号里的“|shout”不认识"),
        ("messages/own", "hello:", "ask:", "没有“ask”这段文字"),
        ("messages/own", "hello: 欢迎", "hello:\n  - 欢迎", "不是列表"),
    ],
)
def test_one_mistake(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    """A single slip in a good county is named, in the right file."""
    directory = county(tmp_path, **{file: replaced(file, old, new)})
    found = mistakes_of(directory)
    assert any(said in str(one) and one.file == directory / f"{file}.yaml" for one in found), "\n".join(map(str, found))


@pytest.mark.parametrize(
    ("cards", "said"),
    [
        ("identity: [{part: name, field: whom}]", "没有叫“whom”的字段 → 您想写的可能是：who"),
        ("identity: [{part: name, field: where}]", "“地址”放不下证件上的“name” → 换成文字题的 id"),
        ("identity: [{part: number, field: who}]", "“姓名”放不下证件上的“number” → 换成号码题的 id"),
        ("licence: [{part: code, field: number}]", "不是这种号码 → 换成 scheme: organisation 的号码题"),
        ("identity: [{part: birthday, field: who}]", "name"),
        ("identity: [{part: name, field: who, when: {field: paper, has: [护照]}}]", "“证件”没有“护照”这个选项"),
        ("in_notice: true", "个人信息告知里没有写到识别照片"),
    ],
)
def test_cards_that_are_read_into_nothing(tmp_path: Path, cards: str, said: str) -> None:
    text = replaced("county", "id: shili", f"id: shili\ncards: {{{cards}}}")
    directory = county(tmp_path, county=text)
    found = mistakes_of(directory)
    assert any(said in str(one) and one.file == directory / "county.yaml" for one in found), "\n".join(map(str, found))


def test_cards_that_can_be_read(tmp_path: Path) -> None:
    cards = "identity: [{part: name, field: who}, {part: number, field: number}, {part: address, field: where}]"
    made = load_county(
        county(tmp_path, county=replaced("county", "id: shili", f"id: shili\ncards: {{{cards}}}")), defaults=TEXTS
    )
    assert [one.field for one in made.cards.of("identity")] == ["who", "number", "where"]
    assert made.cards.of("licence") == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "文件是空的"),
        ("# 只有说明\n", "文件是空的"),
        ("- 甲\n- 乙\n", "文件应是“名称: 内容”的样子"),
        ("一句话", "文件应是“名称: 内容”的样子"),
        ("id: a\n\ttitle: b\n", "用了制表符（Tab）"),
        ('title: "没有结束\n', "引号没有成对"),
        ("title: 甲: 乙\n", "多余的冒号"),
        ("title: [甲, 乙\n", "方括号"),
        ("title: *别处\n", "整段用引号括起来"),
        ("a: 1\n---\nb: 2\n", "两份内容"),
        ("a: &x [1]\nb: *x\n", "引用了别处的内容"),
        ("a: &x [*x, *x]\n", "引用了别处的内容"),
        ("? [甲]\n: 乙\n", "冒号左边应是一个词"),
        ("a: \x07\n", "不能用的字符"),
    ],
)
def test_unreadable_files(tmp_path: Path, text: str, said: str) -> None:
    """A file that is no file of a county is a mistake with a place, not an exception."""
    directory = county(tmp_path, form=text)
    found = [one for one in mistakes_of(directory) if one.file.name == "form.yaml"]
    assert any(said in str(one) for one in found), found


def test_not_utf8(tmp_path: Path) -> None:
    """Another encoding is named."""
    directory = county(tmp_path)
    (directory / "guide.yaml").write_bytes("topics: []  # 问答".encode("gbk"))
    assert [one.problem for one in mistakes_of(directory)] == ["文件不是 UTF-8 编码"]


def test_missing_file_and_directory(tmp_path: Path) -> None:
    """A missing file, a missing county, and a name that only looks right."""
    directory = county(tmp_path)
    (directory / "guide.yaml").rename(directory / "guid.yaml")
    assert {one.problem for one in mistakes_of(directory)} == {"找不到这个文件", "不认识这个文件"}
    report, good = check(tmp_path / "nowhere")
    assert not good
    assert "找不到这个文件夹" in report


def test_a_later_field_may_decide_but_a_circle_may_not(tmp_path: Path) -> None:
    """Conditions may look forward (J55); two fields that wait for each other are told once."""
    late = replaced("form", "example: 李示例,", "example: 李示例, when: {field: pool, yes: true},")
    load_county(county(tmp_path / "late", form=late), defaults=TEXTS)
    first = "count_unit: 个, when: {field: pool_size, answered: true}"
    found = mistakes_of(county(tmp_path / "round", form=replaced("form", "count_unit: 个", first)))
    assert [one.problem for one in found] == ["条件绕成了圈：是否有水池 → 水池容积 → 是否有水池"]


def test_an_option_nobody_acts_for(tmp_path: Path) -> None:
    """An option of the services field without a service is told where the option is."""
    found = mistakes_of(county(tmp_path, county=replaced("county", "option: 暖气", "option: 自来水")))
    assert [(one.file.name, one.problem) for one in found] == [("form.yaml", "“暖气”没有单位来办")]


def test_all_counties_together(tmp_path: Path) -> None:
    """The mistakes of all counties come together, and the report names each county."""
    county(tmp_path, guide="")
    (tmp_path / "leer").mkdir()
    with pytest.raises(Mistakes) as found:
        load_counties(tmp_path, defaults=TEXTS)
    assert {one.file.parent.name for one in found.value.mistakes} == {"shili", "leer"}
    report, good = check(tmp_path, defaults=TEXTS)
    assert not good
    assert "shili：有 1 处要改" in report


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ("{drafts: 7, remind: 7}", "提前7天提醒，可草稿只保留7天"),
        ("{words: 400, cases: 365}", "原话保留400天，比办件的365天还长"),
        ("{drafts: 90, talk: 60}", "对话保留60天，比草稿的90天还短"),
    ],
)
def test_terms_of_retention_fit_together(tmp_path: Path, terms: str, said: str) -> None:
    text = (DATA / "counties" / "shili" / "county.yaml").read_text("utf-8")
    assert any(
        said in one for one in told(mistakes_of(county(tmp_path, county=f"{text}\nretention: {terms}\n")), tmp_path)
    )


def test_the_desk_of_enquiries_is_a_body(tmp_path: Path) -> None:
    """J37: whose staff are asked first where no other fits."""
    text = (DATA / "counties" / "shili" / "process.yaml").read_text("utf-8")
    found = mistakes_of(county(tmp_path, process=f"{text}\nenquiries: {{desk: nowhere}}\n"))
    assert any("没有叫“nowhere”的单位" in str(one) for one in found)
