"""加办 at the window: the services that a caller wants too, and what he says for them, as it is typed (X19, X24)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from dialogs.as_data.filling import DECLARATION, NOTICE, Agreed, Problem
from dialogs.as_data.reading import read_value
from dialogs.kinds import parse
from dialogs.kinds.table import rows as read_rows
from dialogs.reading import Context, Reading, Refusal
from dialogs.withdrawing import service_names
from handlers.additions import Wish, addition, part_for, why_not
from handlers.web.api.portal import problem_of
from handlers.window_filling import NotFilled, mistake
from handlers.wording.catalogue import Catalogue
from handlers.wording.filled import called_apart
from handlers.wording.values import show
from model.case import Case
from model.commands.adding import AddService
from model.county import County
from model.decision import Refused
from model.edition import on_form, under
from model.fields import AttachmentField, Field, TableField
from model.form import Form
from model.submission import Submission
from routing.adding import left_to_add

_LATER: Final = ("后面补", "后补", "没有", "空着")
"""Leaves a field open, where the form lets it."""


def window_add(
    said: Sequence[str], case: Case, county: County, signed: Submission, by: str, now: dt.datetime
) -> AddService:
    """The command that adds these services, each typed by its name, with what they bring, as `field=words`. `by`: who types.

    Raises `NotFilled`.
    """
    here = under(on_form(county, signed.form_version), case.process_version)
    names, fields = [one for one in said if "=" not in one], [one for one in said if "=" in one]
    services = _services(names, case, here)
    if (refused := why_not(here, case, services, now)) is not None:
        raise NotFilled(Catalogue(here).say(f"refused.{refused.code}", **refused.about))
    form = part_for(here, case, signed, services)
    wish = Wish(
        id=f"window:{case.id}:{case.version}",
        services=services,
        given=dict(_given(one, form) for one in fields),
        agreed=agreed_aloud(form),
        by=by,
        role="staff",
        channel="window",
        at=now,
    )
    found = addition(county, case, signed, wish, read=_read)
    if isinstance(found, Refused):
        raise NotFilled(Catalogue(here).say(f"refused.{found.code}", **found.about))
    if isinstance(found, tuple):
        context = Context(now, here.area_code, here.calendar, signed.answers)
        raise NotFilled("\n".join(_told(one, form, context, wish.given, Catalogue(here)) for one in found))
    return found


def agreed_aloud(form: Form) -> dict[str, Agreed]:
    """What he says yes to when it is read to him: the notice and what he promises, as they are worded now."""
    texts = {NOTICE: form.notice, DECLARATION: form.declaration}
    return {name: Agreed(version=text.version) for name, text in texts.items() if text is not None}


def read_out(do: AddService, case: Case, county: County) -> str:
    """What is read to the caller before it is done: the services, what was understood of his words, what he promises."""
    here = on_form(county, do.signed.form_version)
    fields = here.form.fields
    lines = [
        f"{called_apart(here.form, fields[name])}：{show(one.value, fields[name])}"
        for name, one in do.signed.answers.items()
        if one.value is not None and fields[name].kind != "declaration"
    ]
    return Catalogue(here).say(
        "adding.read_out",
        number=case.number,
        services=[here.service[one].name for one in do.services],
        lines=lines,
        missing=[fields[name].called for name in do.signed.missing if name in fields],
        promise=here.form.declaration.text if here.form.declaration else "",
    )


def _services(names: Sequence[str], case: Case, county: County) -> list[str]:
    known = service_names(county) | {one.id.upper(): one.id for one in county.services}
    services = [known.get(one.strip().upper(), "") for one in names]
    if not services or "" in services:
        left = "、".join(one.name for one in left_to_add(case, county)) or "没有了"
        unknown = "、".join(one for one, service in zip(names, services, strict=True) if not service)
        raise NotFilled(
            f"请写要加办的业务，再写它的 项目=内容；{'这里没有：' + unknown + '；' if unknown else ''}还能加办：{left}"
        )
    return list(dict.fromkeys(services))


def _given(one: str, form: Form) -> tuple[str, Any]:
    name, _, words = (part.strip() for part in one.partition("="))
    found = [
        field
        for field in form.fields.values()
        if name in (field.id, field.called, f"{form.section_of[field.id].title}·{field.called}")
    ]
    if len(found) != 1 or not words:
        names = "、".join(called_apart(form, field) for field in found or form.fields.values() if _typed(field))
        why = "不止一项叫这个" if len(found) > 1 else "看不懂"
        raise NotFilled(f"请写成 项目=内容；{why}：{one}。有：{names or '没有要填的'}")
    left = words in _LATER and found[0].need != "required"
    return found[0].id, None if left else words


def _typed(field: Field) -> bool:
    return not isinstance(field, AttachmentField) and field.kind != "declaration"


def _read(words: Any, field: Field, context: Context) -> Reading:
    """As it would be read in chat; rows of a table all at once, as their example is written."""
    if isinstance(field, TableField):
        rows = [row.cells for row in read_rows(str(words), field) if not row.missing]
        return read_value(rows, field, context) if rows else Refusal("table.row")
    return parse(str(words), field, context)


def _told(one: Problem, form: Form, context: Context, given: Mapping[str, Any], catalogue: Catalogue) -> str:
    """What was understood, what is wrong with it, and what would be right."""
    field = form.fields.get(one.name)
    found = problem_of(one, context, catalogue)
    name = called_apart(form, field) if field is not None else found.label or found.field
    problem = replace(one, field=field) if field is not None else one
    return mistake(problem, name, str(given.get(one.name) or ""), context, catalogue)
