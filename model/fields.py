"""The declaration of a field, one class per kind; how a kind understands a message is in `dialogs/kinds`."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field as Setting

from model.alternatives import SaidWords
from model.condition import Condition
from model.frozen import Frozen

Need = Literal["required", "optional", "deferrable"]
Filler = Literal["applicant", "staff", "system"]


class BaseField(Frozen):
    """What every kind of field has.

    `label` is the printed wording, `name` how the bot calls it, `cell` the printed row it shares with others
    (第一路电源容量); `ask` is the question, `help` explains it, `example` shows one good answer. `need`: required;
    optional (跳过 leaves it empty); deferrable (容缺: 跳过 means it follows later and stays on the list of what is missing).
    `words` are other names people have for it (法代, (单位|公司)名称; `共_期` has its value inside);
    `ask_when`: accepted whenever shown, but asked only if this holds (the old capacity of a new supply, X89).
    `volunteered`: accepted whenever shown and never asked; the review card says that there is room for it (备注).
    `carried`: it says who applies, and 照上一件填 takes it over. `ask` may be empty for what is never asked: staff and system fields, and
    the declaration, which stands on the review card.
    """

    id: str = Setting(pattern=r"^[a-z][a-z0-9_]*$")
    ref: tuple[str, ...] = ()
    label: str
    name: str = ""
    cell: str | None = None
    words: SaidWords = ()
    ask: str = ""
    help: str = ""
    example: str = ""
    need: Need = "required"
    filler: Filler = "applicant"
    when: Condition | None = None
    ask_when: Condition | None = None
    volunteered: bool = False
    personal: bool = False
    carried: bool = False
    consent: str | None = None
    printed: bool = True

    @property
    def called(self) -> str:
        """The short name for replies, else the printed label."""
        return self.name or self.label


class TextField(BaseField):
    """Free text of at most `most` characters; `name_only`: the name of a person or firm and nothing else.

    `names` says of whom: in free text a firm's name is never taken for a person's, nor the other way round. `tells`: what
    is said there has one of these words in it (管, DN); without one it is an answer to something else. `facts`: words that
    belong there and nowhere else (固定IP), so that what is said with one needs no name of the cell.
    """

    kind: Literal["text"]
    most: int = 200
    name_only: bool = False
    names: Literal["person", "organisation", "either"] = "either"
    tells: SaidWords = ()
    facts: SaidWords = ()


class NumberField(BaseField):
    """A number in `unit`, or in one of `units` the person chooses (R20); `zero_words` say that it is 0 (原来没有).

    `per`: a number said of each (每个12平) is multiplied by that field's. `zero_when`: other answers say that it is 0.
    """

    kind: Literal["number"]
    unit: str = ""
    units: tuple[str, ...] = ()
    whole: bool = False
    zero_words: SaidWords = ()
    per: str | None = None
    zero_when: Condition | None = None
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(1_000_000_000)


class Act(Frozen):
    """What is done (`done`: 挪, 迁) to what (`of`: 水表), however far apart in one breath: 那块表钉在旧墙上, 请师傅给迁到门口."""

    of: SaidWords
    done: SaidWords


class Option(Frozen):
    """A tick box: its exact text, other words for it, a plain explanation, and whether a blank follows it (J52).

    `blank` unprinted: words beside it are kept although the form prints no blank there.
    `words` say the option itself; `facts` only point to it (开饭店的 to 商业): a guess, always read back. `…` stands for a
    few characters (换…大的). `told_by`: a firm or a person applying, or an identity number, says as much; `implied` by other answers.
    `acts` tell what is to be done by the thing and the verb.
    """

    text: str
    words: SaidWords = ()
    facts: SaidWords = ()
    acts: tuple[Act, ...] = ()
    told_by: Literal["organisation", "person", "identity"] | None = None
    implied: Condition | None = None
    means: str = ""
    blank: Literal["none", "unprinted", "optional", "required"] = "none"


class ChoiceField(BaseField):
    """Tick boxes: one of them, or several (`several`)."""

    kind: Literal["choice"]
    options: tuple[Option, ...] = Setting(min_length=2)
    several: bool = False


class YesNoField(BaseField):
    """是/否 or 有/无 (`yes`/`no` are the printed words), with a number asked beside 是 (`count_unit`).

    `yes_words`/`no_words` are what people say instead (建好了; 在建, 还没完工); `facts` tell as much, but are read back
    (变频压缩机), unless the field was asked for. `count_within` names the number field that
    the number can hardly exceed: more is taken, with a remark (X108).
    """

    kind: Literal["yes_no"]
    yes: str = "是"
    no: str = "否"
    yes_words: SaidWords = ()
    no_words: SaidWords = ()
    facts: SaidWords = ()
    count_unit: str = ""
    count_within: str | None = None


class PhoneField(BaseField):
    """A mobile or landline number; without area code the county's is added."""

    kind: Literal["phone"]


class ContactField(BaseField):
    """A name and a phone in one cell."""

    kind: Literal["contact"]


class ByAnswer(Frozen):
    """A number's scheme chosen by another field: the option (or 是/否) picked there -> scheme."""

    field: str
    schemes: dict[str, Literal["identity", "organisation", "document"]]
    otherwise: Literal["identity", "organisation", "document"]


class CodeField(BaseField):
    """A number with a scheme of its own, or one chosen by another field (X72, R24)."""

    kind: Literal["code"]
    scheme: Literal["identity", "organisation", "project", "account"] | None = None
    by: ByAnswer | None = None


class AddressField(BaseField):
    """An address; a location message answers it too."""

    kind: Literal["address"]
    most: int = 100


class DateField(BaseField):
    """A date; `halves` asks for 上午/下午 too, `hours` for a time of day; `future` refuses the past, `past` what is to come."""

    kind: Literal["date"]
    halves: bool = False
    hours: bool = False
    future: bool = False
    past: bool = False


class BuildingsField(BaseField):
    """A list of building numbers, ranges allowed."""

    kind: Literal["buildings"]


class Column(Frozen):
    """A column of a table: words, or a number in `unit`. Of a row whose cell may follow (`deferrable`, 容缺) the rest counts."""

    id: str = Setting(pattern=r"^[a-z][a-z0-9_]*$")
    label: str
    unit: str = ""
    number: bool = False
    whole: bool = False
    need: Literal["required", "deferrable"] = "required"


class TableField(BaseField):
    """Repeatable rows of at least two columns (X110, X138)."""

    kind: Literal["table"]
    columns: tuple[Column, ...] = Setting(min_length=2)
    most: int = 30


class AttachmentField(BaseField):
    """A paper handed in as photo or PDF. `paper` and `stamped` say what the office wants to see in the end (X125–X128)."""

    kind: Literal["attachment"]
    paper: Literal["copy", "original", "drawing"] = "copy"
    stamped: bool = False
    most: int = 9


class DeclarationField(BaseField):
    """The declaration (承诺) that ends the form; its text is the form's `declaration`."""

    kind: Literal["declaration"]


Field = Annotated[
    TextField
    | NumberField
    | ChoiceField
    | YesNoField
    | PhoneField
    | ContactField
    | CodeField
    | AddressField
    | DateField
    | BuildingsField
    | TableField
    | AttachmentField
    | DeclarationField,
    Setting(discriminator="kind"),
]
