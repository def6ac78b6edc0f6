"""联合踏勘意见表 as it is printed, line by line in the order of 附件3 (X150–X159); what the paper has no place for comes last."""

from collections.abc import Iterator, Mapping

from handlers.parties import parties, to_call
from handlers.ports import RoutingCore
from handlers.wording.values import date_of, moment, show
from model.case import JOINT, Case
from model.county import County
from model.edition import on_form, under
from model.order import Opinion
from model.sheet import FollowUp, Sheet
from model.staff import Staff
from model.submission import Submission
from routing.conclusion import failed, missing, participants

_TICKED, _BLANK = "☑", "□"


async def sheet_printed(core: RoutingCore, county: County, case: Case) -> tuple[str, ...]:
    """The whole sheet; nothing for a case that has none. Raises `CoreAway`."""
    rule = under(county, case.process_version).process.survey.sheet
    if case.sheet is None or rule is None:
        return ()
    writers = {row.opinion.by for row in case.sheet.rows if row.opinion} | {
        one.survey.by for one in case.orders if one.survey
    }
    people = {one: await core.steward(one) for one in sorted(writers | {case.sheet.organiser or ""}) if one}
    known = {name: staff for name, staff in people.items() if staff is not None}
    submission = await core.submission(case.id)
    return (rule.title, *_head(county, case, case.sheet, submission, known), *_rows(county, case, case.sheet, known))


def _head(
    county: County, case: Case, sheet: Sheet, submission: Submission | None, people: Mapping[str, Staff]
) -> Iterator[str]:
    filed = on_form(county, submission.form_version) if submission else county
    answers = submission.answers if submission else {}

    def said(field: str | None) -> str:
        answer = answers.get(field or "")
        return show(answer.value) if answer and answer.value else ""

    named = parties(filed, answers)
    call = to_call(named, case.contact)
    organiser = people.get(sheet.organiser or "")
    at = case.appointments.get(JOINT)
    promise = sheet.promise
    yield f"办件编号：{case.number}"
    yield f"项目名称：{said(filed.places.project)}"
    yield f"申请人（单位）：{named.applicant.name}　联系人：{call.name or named.applicant.name}　电话：{call.phone}"
    yield f"踏勘地址：{said(filed.places.address)}"
    yield f"踏勘组织联络人：{f'{organiser.name} {organiser.phone}' if organiser else county.body[case.lead or ''].short}"
    yield f"踏勘时间：{moment(at.at) if at and not at.released else ''}"
    days = f"（{promise.days}个工作日）" if promise and promise.days else ""
    yield f"承诺完成时限：{date_of(promise.day) + days if promise else ''}"


def _rows(county: County, case: Case, sheet: Sheet, people: Mapping[str, Staff]) -> Iterator[str]:
    """Departments in the order chosen, then the units that build; a body with two orders has two rows."""
    choices = [one.text for one in under(county, case.process_version).process.survey.opinions]
    rows = [(row.body, row.surveyor, row.opinion, row.basis) for row in sheet.rows]
    rows += [(order.body, "", order.survey, "") for order in case.orders]
    signed = []
    yield "参加联合踏勘部门："
    for number, (body, surveyor, opinion, basis) in enumerate(rows, 1):
        writer = people.get(opinion.by) if opinion else None
        who = surveyor or (writer.name if writer else "")
        signed += [who] if who else []
        ticks = "　".join(f"{_TICKED if opinion and opinion.text == text else _BLANK}{text}" for text in choices)
        written = f"（{writer.name}代填）" if surveyor and writer else ""
        yield f"{number}. {county.body[body].name}　勘验人员：{who}{written}　{ticks}"
        yield from _detail(opinion, basis)
    yield f"勘验结论：{_conclusion(county, case, sheet)}"
    yield f"勘验人员签名：{'、'.join(dict.fromkeys(signed))}"
    yield from _after(county, case, sheet)


def _detail(opinion: Opinion | None, basis: str) -> Iterator[str]:
    if opinion is not None and opinion.remark:
        name = "整改内容" if opinion.passes else "原因" if basis else "原因及依据"
        yield f"　{name}：{opinion.remark}{f'；依据：{basis}' if basis else ''}"


def _conclusion(county: County, case: Case, sheet: Sheet) -> str:
    left, wanting = missing(case), failed(case)
    if left:
        return f"还差{'、'.join(county.body[one].short for one in left)}"
    if wanting:
        return f"不通过（{'、'.join(county.body[one].short for one in wanting)}不符合）"
    return f"通过（容缺后补{len(sheet.follow_ups)}项）" if sheet.follow_ups else "通过"


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
