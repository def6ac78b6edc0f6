"""The form of a county as data, so that a portal can show it and know what to send (X23, X27)."""

from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from dialogs.as_data.showing import example
from dialogs.reading import Context
from model.condition import Condition
from model.county import County
from model.fields import ByAnswer, Need
from model.fields import Field as FormField
from model.form import Text
from model.frozen import Frozen

Kind = Literal[
    "text",
    "number",
    "choice",
    "yes_no",
    "phone",
    "contact",
    "code",
    "address",
    "date",
    "buildings",
    "table",
    "attachment",
]


class OptionShape(Frozen):
    """An option (选项)."""

    text: str
    means: str = ""
    note: Literal["none", "optional", "required"] = Field(default="none", description="旁边能不能写、要不要写说明")


class ColumnShape(Frozen):
    """A column of a table."""

    id: str
    label: str
    number: bool
    unit: str = ""
    need: Literal["required", "deferrable"]


class FieldShape(Frozen):
    """A field of the form (表上的一项); what other kinds have is empty."""

    id: str
    kind: Kind
    label: str = Field(description="表上印的字")
    name: str = Field(description="简短的叫法")
    ask: str = Field(description="可以直接拿来问申请人的话")
    help: str = ""
    need: Need = Field(description="required 要填；optional 可以不填；deferrable 可以后面补（容缺）")
    when: Condition | None = Field(default=None, description="什么时候才有这一项")
    ask_when: Condition | None = Field(default=None, description="什么时候才一定要答；不成立时可以答，也可以不答")
    volunteered: bool = Field(default=False, description="不问，愿意写就写")
    consent: str | None = Field(default=None, description="填证件号码前，本人要先同意的是哪一份")
    options: tuple[OptionShape, ...] = ()
    several: bool = Field(default=False, description="choice：可以选几项")
    units: tuple[str, ...] = Field(default=(), description="number：可以用的单位；有几个时要写明")
    whole: bool = Field(default=False, description="number：要整数")
    least: Decimal | None = None
    most: Decimal | None = Field(
        default=None, description="number：最大的数；text、address：最多几个字；table：最多几行"
    )
    count_unit: str = Field(default="", description="yes_no：答“是”时要写明多少")
    scheme: str | None = Field(default=None, description="code：什么号码")
    scheme_by: ByAnswer | None = Field(default=None, description="code：什么号码由哪一项的答案定")
    halves: bool = Field(default=False, description="date：要写上午或下午")
    hours: bool = Field(default=False, description="date：要写钟点")
    columns: tuple[ColumnShape, ...] = ()
    example: Any = Field(default=None, description="一个合适的答案，可以原样提交")


class SectionShape(Frozen):
    """A part of the form."""

    id: str
    title: str
    note: str = ""
    when: Condition | None = None
    fields: tuple[FieldShape, ...]


class TextShape(Frozen):
    """A text that the applicant must be shown word for word (告知, 承诺)."""

    version: int
    title: str
    text: str


class FormShape(Frozen):
    """The application form of a county (申请表)."""

    county: str
    county_name: str
    form: str
    form_version: int
    title: str
    services: str = Field(description="选办哪几项的字段")
    notice: TextShape | None
    consents: dict[str, TextShape]
    declaration: TextShape | None
    sections: tuple[SectionShape, ...]


def form_shape(county: County, context: Context) -> FormShape:
    """The form as it stands, without what the office fills in."""
    form = county.form
    sections = [
        SectionShape(
            id=section.id,
            title=section.title,
            note=section.note,
            when=section.when,
            fields=tuple(_field(one, context) for one in section.fields if _asked_of_applicants(one)),
        )
        for section in form.sections
    ]
    return FormShape(
        county=county.id,
        county_name=county.name,
        form=form.id,
        form_version=form.version,
        title=form.title,
        services=county.places.services,
        notice=_text(form.notice),
        consents={
            name: TextShape(version=one.version, title=one.title, text=one.text) for name, one in form.consents.items()
        },
        declaration=_text(form.declaration),
        sections=tuple(section for section in sections if section.fields),
    )


def _asked_of_applicants(field: FormField) -> bool:
    return field.filler == "applicant" and field.kind != "declaration"


def _text(text: Text | None) -> TextShape | None:
    return None if text is None else TextShape(version=text.version, title=text.title, text=text.text)


def _field(field: FormField, context: Context) -> FieldShape:
    assert field.kind != "declaration"
    return FieldShape(
        id=field.id,
        kind=field.kind,
        label=field.label,
        name=field.called,
        ask=field.ask,
        help=field.help,
        need=field.need,
        when=field.when,
        ask_when=field.ask_when,
        volunteered=field.volunteered,
        consent=field.consent,
        example=example(field, context),
        **_of_kind(field),
    )


def _of_kind(field: FormField) -> dict[str, Any]:
    """What only this kind has."""
    match field.kind:
        case "choice":
            options = (
                OptionShape(text=one.text, means=one.means, note="optional" if one.blank == "unprinted" else one.blank)
                for one in field.options
            )
            return {"options": tuple(options), "several": field.several}
        case "number":
            units = field.units or ((field.unit,) if field.unit else ())
            return {"units": units, "whole": field.whole, "least": field.least, "most": field.most}
        case "yes_no":
            return {"count_unit": field.count_unit}
        case "code":
            return {"scheme": field.scheme, "scheme_by": field.by}
        case "date":
            return {"halves": field.halves, "hours": field.hours}
        case "table":
            columns = (
                ColumnShape(id=one.id, label=one.label, number=one.number, unit=one.unit, need=one.need)
                for one in field.columns
            )
            return {"columns": tuple(columns), "most": Decimal(field.most)}
        case "text" | "address":
            return {"most": Decimal(field.most)}
        case _:
            return {}
