"""`staff template` and `staff import`, as an operator uses them: all of a sheet or nothing, and twice is once."""

import asyncio
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.editions_cli import office
from bot.settings import Settings
from model.staff import Staff
from storage.staff_changes import StaffingChanged
from tests.machine import own_machine
from tests.roster.sheets import HEAD, LIMING, filled, sheet
from tests.routing.county import NOW

WANG = ("王芳", "供电公司", "0373-5000002", "负责人", "小冀镇、七里营镇")


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own_machine(tmp_path, monkeypatch)


@pytest.fixture
def enter(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Imports a sheet; the exit status and all that was said."""

    def import_it(data: bytes, *more: str) -> tuple[int, str]:
        file = tmp_path / "人员.xlsx"
        file.write_bytes(data)
        status = main(["staff", "import", "xinxiang", str(file), *more])
        said = capsys.readouterr()
        return status, said.out + said.err

    return import_it


def serving() -> dict[str, Staff]:
    async def read() -> dict[str, Staff]:
        async with office(Settings()) as here:
            return {one.name: one for one in await here.staffing.of_county("xinxiang")}

    return asyncio.run(read())


def test_the_template_is_filled_in_and_imported(enter, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "空表.xlsx"
    assert main(["staff", "template", "xinxiang", str(file)]) == 0
    assert "--dry-run" in capsys.readouterr().out
    status, said = enter(filled(file.read_bytes(), LIMING, WANG))
    assert status == 0, said
    assert "第2行是示例，没有登记" in said and "新增2人，更改0人，不变0人" in said
    assert said.count("绑定码：") == 2
    found = serving()
    assert set(found) == {"李明", "王芳"}
    assert (found["王芳"].duty, found["王芳"].districts, found["王芳"].phone) == (
        "lead",
        ("小冀镇", "七里营镇"),
        "0373-5000002",
    )
    assert main(["staff", "template", "xinxiang", str(file)]) == 1
    assert "已经有这个文件" in capsys.readouterr().err


def test_twice_is_once(enter) -> None:
    enter(sheet(LIMING, WANG))
    before = serving()
    status, said = enter(sheet(LIMING, WANG))
    assert status == 0 and "新增0人，更改0人，不变2人" in said and "绑定码" not in said
    assert serving() == before


def test_a_code_that_is_told_binds(enter) -> None:
    code = enter(sheet(LIMING))[1].split("绑定码：")[1][:8]

    async def bind() -> object:
        async with office(Settings()) as here:
            return await here.staffing.redeem(code, "xinxiang", "openid", here.now())

    assert getattr(asyncio.run(bind()), "name", None) == "李明"


def test_a_dry_run_enters_nobody(enter) -> None:
    status, said = enter(sheet(LIMING), "--dry-run")
    assert status == 0 and "试算，没有登记：新增1人" in said and "绑定码" not in said
    assert serving() == {}


def test_every_mistake_is_told_at_once_with_its_cell_and_nobody_is_entered(enter) -> None:
    rows = [
        ("", "供水公司", "13700000301"),
        ("李明", "供水厂", "13700000302"),
        ("王2", "供电公司", "1370000030"),
        ("赵六", "", "1.38E+10", "局长", "月球镇、小冀镇"),
        ("钱七", "供电公司", "13700000309"),
        ("钱八", "供电公司", 13700000309.0),
        ("孙九", "供电公司", "13700000310", None, None, "xinxiang_nobody"),
        ("张三", "供电公司", "13700000311", None, None, None, "示例：照这样填"),
        ("周十", "供电公司", "=A1"),
    ]
    status, said = enter(sheet(*rows))
    assert status == 1 and serving() == {}
    for at, told in [
        ("A2", "没有写姓名"),
        ("B3", "没有单位“供水厂”；您想写的可能是：供水公司"),
        ("A4", "“王2”不像姓名"),
        ("C4", "（10位数字）不是一个电话"),
        ("B5", "没有写单位；可以写：供水公司"),
        ("C5", "后面几位已经丢了"),
        ("D5", "没有职责“局长”；可以写："),
        ("E5", "没有乡镇“月球镇”；可以写："),
        ("C7", "第6行已经写过"),
        ("F8", "没有编号是xinxiang_nobody的人"),
        ("G9", "还标着“示例:照这样填”"),
        ("C10", "是公式"),
    ]:
        assert any(line.startswith(f"{at}：") and told in line for line in said.splitlines()), (at, told, said)
    assert "共12处要改，一个人也没有登记" in said
    assert [line.split("：")[0] for line in said.splitlines()[:3]] == ["A2", "B3", "A4"]


def test_by_his_id_somebody_gets_another_name_and_phone(enter) -> None:
    enter(sheet(LIMING, WANG))
    before = serving()["李明"]
    status, said = enter(sheet(("李小明", "供水公司", "13700000399", None, "小冀镇", before.id)))
    assert status == 0
    assert "更改1人" in said and "姓名 李明→李小明，电话 13700000301→13700000399，负责的乡镇 全部→小冀镇" in said
    assert "表里没有、仍在岗的1人" in said and "供电公司 王芳" in said
    assert serving()["李小明"].id == before.id and "王芳" in serving()


def test_a_phone_that_another_name_has_is_not_taken_over_in_silence(enter) -> None:
    enter(sheet(LIMING))
    held = serving()["李明"].id
    status, said = enter(sheet(("新人", "供水公司", "13700000301")))
    assert status == 1 and f"A2：这个电话在供水公司登记的是李明：是同一个人，编号填{held}" in said
    assert set(serving()) == {"李明"}


def test_two_exchange_their_phones(enter) -> None:
    enter(sheet(LIMING, ("赵六", "供水公司", "13700000302")))
    ids = {name: one.id for name, one in serving().items()}
    rows = [
        ("李明", "供水公司", "13700000302", None, None, ids["李明"]),
        ("赵六", "供水公司", "13700000301", None, None, ids["赵六"]),
    ]
    assert enter(sheet(*rows))[0] == 0
    assert serving()["李明"].phone == "13700000302"
    status, said = enter(sheet(("李明", "供水公司", "13700000301", None, None, ids["李明"])))
    assert status == 1 and "C2：13700000301是供水公司赵六" in said


def test_columns_that_are_not_there_change_nothing(enter) -> None:
    enter(sheet(WANG))
    before = serving()["王芳"]
    data = sheet(("0373-5000002", "供电公司", "王芳", "内勤"), head=("联系电话", "单位名称", "姓 名", "科室"))
    status, said = enter(data)
    assert status == 0 and "D1：“科室”这一列没有用到" in said and "不变1人" in said
    assert serving()["王芳"] == before


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (sheet(LIMING, head=("名字", "公司", "电话")), "找不到标题“姓名”“单位”"),
        (sheet(), "一个人也没有"),
        (b"x", "不是 Excel 工作簿"),
    ],
)
def test_what_is_no_list_of_staff_is_said(data: bytes, says: str, enter) -> None:
    status, said = enter(data)
    assert status == 1 and says in said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["import", "nowhere", "x.xlsx"], "没有这个县"),
        (["import", "xinxiang", "没有.xlsx"], "没有这个文件"),
        (["import", "xinxiang", "."], "读不了"),
        (["template", "nowhere", "x.xlsx"], "没有这个县"),
        (["template", "xinxiang", "x.xls"], "以 .xlsx 结尾"),
        (["template", "xinxiang", "nowhere/x.xlsx"], "写不了"),
    ],
)
def test_what_is_typed_wrong_is_said_of_sheets(words: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["staff", *words]) == 1
    assert says in capsys.readouterr().err


def test_a_title_above_the_headings_and_full_width_words_are_read(enter) -> None:
    def title(page) -> None:
        page.insert_rows(1)
        page["A1"] = "新乡县报装人员登记表"
        page.merge_cells("A1:G1")

    status, said = enter(sheet(("李明", "新乡县供水公司（示例）", "１３７００００３０１０"), head=HEAD, touch=title))
    assert status == 0, said
    assert serving()["李明"].phone == "13700003010"


def test_a_body_is_left_only_without_open_work(enter, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(sheet(LIMING))
    one = serving()["李明"]
    assert enter(sheet(("李明", "供电公司", "13700000301", None, None, one.id)))[0] == 0
    assert serving()["李明"].body == "power_company"


def test_an_import_beside_another_change_enters_nobody() -> None:
    async def race() -> None:
        async with office(Settings()) as here:
            one = Staff(id="x1", county="xinxiang", body="water_company", name="甲", phone="13700000301")
            version = await here.staffing.version("xinxiang")
            await here.staffing.put(one)
            with pytest.raises(StaffingChanged):
                await here.staffing.put_all("xinxiang", [one.model_copy(update={"id": "x2"})], {}, NOW, since=version)
            assert [each.id for each in await here.staffing.of_county("xinxiang")] == ["x1"]
            with pytest.raises(ValueError, match="another county"):
                two = [one.model_copy(update={"id": "x3"}), one.model_copy(update={"county": "jingxian"})]
                await here.staffing.put_all("xinxiang", two, {}, NOW, since=1)
            assert [each.id for each in await here.staffing.of_county("xinxiang")] == ["x1"]

    asyncio.run(race())
