"""联合踏勘意见表 as it is printed, line by line in the order of 附件3 (X150–X159); what the paper has no place for comes last."""

from collections.abc import Iterator

from handlers.paper.survey import SurveySheet, survey_of
from handlers.ports import RoutingCore
from handlers.wording.values import date_of
from model.case import Case
from model.county import County
from model.edition import under
from model.sheet import FollowUp, Sheet
from routing.conclusion import participants

_TICKED, _BLANK = "☑", "□"


async def sheet_printed(core: RoutingCore, county: County, case: Case) -> tuple[str, ...]:
    """The whole sheet; nothing for a case that has none. Raises `CoreAway`."""
    rule = under(county, case.process_version).process.survey.sheet
    made = await survey_of(core, county, case, await core.submission(case.id))
    if made is None or rule is None or case.sheet is None:
        return ()
    return (rule.title, *_lines(case, made), *_after(county, case, case.sheet))


def _lines(case: Case, made: SurveySheet) -> Iterator[str]:
    yield f"办件编号：{case.number}"
    yield f"项目名称：{made.project}"
    yield f"申请人（单位）：{made.applicant}　联系人：{made.contact}　电话：{made.phone}"
    yield f"踏勘地址：{made.address}"
    yield f"踏勘组织联络人：{made.organiser}"
    yield f"踏勘时间：{made.at}"
    yield f"承诺完成时限：{made.promise}"
    yield "参加联合踏勘部门："
    for number, row in enumerate(made.rows, 1):
        ticks = "　".join(f"{_TICKED if row.opinion == text else _BLANK}{text}" for text in made.opinions)
        written = f"（{row.written_by}代填）" if row.written_by else ""
        yield f"{number}. {row.department}　勘验人员：{row.surveyor}{written}　{ticks}"
        if row.detail:
            yield f"　{row.detail_label}：{row.detail}"
    yield f"勘验结论：{made.conclusion}"
    yield f"勘验人员签名：{made.signed}"


def _after(county: County, case: Case, sheet: Sheet) -> Iterator[str]:
    """Copies and what is still to be handed in."""
    if sheet.passed:
        lacking = [county.body[one].short for one in participants(case) if one not in sheet.copies]
        kept = f"还没收到的有{'、'.join(lacking)}" if lacking else "各单位都已收到"
        yield f"副本：{kept}；窗口{'已收' if sheet.returned_at else '还没收到'}"
    for item in sheet.follow_ups:
        yield f"容缺后补：{county.body[item.body].short}，{item.text}，{_stands(item)}"


def _stands(item: FollowUp) -> str:
    if item.settled is None:
        by = f"，{date_of(item.due)}前" if item.due else ""
        return f"待补交{by}{'（许可已取得）' if item.permit else ''}"
    return f"{'已交' if item.settled.done else '转为后续'}（{item.settled.words}）"
