"""A county as data: who is who, the form, the process, the guide, the calendar (design §4)."""

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from pydantic import Field as Setting

from model.alternatives import SaidWords
from model.calendar import WorkingCalendar
from model.card import CardReading
from model.condition import Condition, options_named
from model.credit import CreditRule
from model.form import Form
from model.frozen import Frozen
from model.handover import HandoverRule
from model.human import InboxRule
from model.outlets import Outlet
from model.process import Process
from model.scene import Entrance
from model.sheet_template import SheetTemplate
from model.short_message import ShortMessages


class Body(Frozen):
    """A public-service unit (公共服务单位) that handles orders; `districts` empty means the whole county.

    `kind` approval: 行政审批单位, which surveys and decides about permits for works outside the red line, and has no orders (X11).
    `complaints` is where to complain of it, if not at the county's own telephone for that.
    """

    id: str = Setting(pattern=r"^[a-z][a-z0-9_]*$")
    name: str
    short: str
    phone: str
    address: str = ""
    complaints: str = ""
    districts: tuple[str, ...] = ()
    kind: Literal["service", "approval"] = "service"


class BodyChoice(Frozen):
    """Bodies that act for a service: those an answer picks (each network operator), else all listed whose district fits."""

    field: str
    bodies: dict[str, str]


class Service(Frozen):
    """One service on offer: the option of the form that chooses it, and who acts for it."""

    id: str = Setting(pattern=r"^[a-z][a-z0-9_]*$")
    option: str
    name: str
    bodies: tuple[str, ...] = ()
    by_answer: BodyChoice | None = None

    @property
    def able(self) -> tuple[str, ...]:
        """Every body that may ever act for it; empty: the county names none, the window places it."""
        picked = self.by_answer.bodies.values() if self.by_answer else ()
        return tuple(dict.fromkeys((*self.bodies, *picked)))


class Help(Frozen):
    """Where a person can turn: the hotline, the window, where to complain; hours as people say them."""

    hotline: str
    window: str
    window_address: str
    complaints: str
    hours: str


class Material(Frozen):
    """A paper of the checklist (一次性告知): `when` it is needed; `defer`: may follow (容缺); `field` if photographed in chat."""

    title: str
    note: str = ""
    when: Condition | None = None
    defer: bool = False
    field: str | None = None


class Topic(Frozen):
    """A question the guide answers: the words that mark it and the answer, as a template text.

    `asked`: words that mark it only where something is asked, if the question is about nothing else: 钱, 资料, 一起.
    `complaint`: who says it, and does not merely ask of it, is registered and answered by somebody (J44).
    `outlets`: the nearest outlets are told beside the answer (J14).
    """

    id: str
    title: str
    words: SaidWords = Setting(min_length=1)
    asked: SaidWords = ()
    answer: str
    complaint: bool = False
    outlets: bool = False


class Guide(Frozen):
    """`guide.yaml`: answers to questions, and the checklist of materials."""

    topics: tuple[Topic, ...] = ()
    materials: tuple[Material, ...] = ()


class Party(Frozen):
    """Somebody the form names beside the applicant: in one field of name and phone, or in two; `when` it is he (经办人)."""

    name: str
    phone: str
    when: Condition | None = None


class Places(Frozen):
    """The fields of the form that the core must know by meaning.

    Four people, four facts: who writes to us is a WeChat user and stands on no form; the applicant (`unit` where a unit
    applies, else `applicant_name`), his `agent` (经办人) and the `site_contact` (现场联系人) may be three more.
    """

    services: str
    applicant_name: str
    applicant_phone: str
    address: str
    unit: str | None = None
    agent: Party | None = None
    site_contact: Party | None = None
    project: str | None = None
    district: str | None = None


class Retention(Frozen):
    """How long something is kept (保存期限), in days, and by which rule of the archives (档案) as people are told.

    `drafts`: a draft since it was last touched; `remind` days before, its person is reminded once. `words`: the words in
    which answers were given, since the case was closed. `cases`: all of a case, since it was closed. `talk`: a
    conversation in which nothing is open, since its person's last message. `pushes`: a push since it ended.
    """

    drafts: int = Setting(default=30, ge=2, le=365)
    remind: int = Setting(default=7, ge=1, le=180)
    words: int = Setting(default=90, ge=0, le=3650)
    cases: int = Setting(default=3650, ge=1, le=36500)
    talk: int = Setting(default=365, ge=30, le=365)
    pushes: int = Setting(default=90, ge=7, le=3650)
    rule: str = Setting(default="档案管理的规定", min_length=2, max_length=60)


class Quiet(Frozen):
    """夜间免打扰: between these times of the day an applicant is not written to unasked, but for notices that he waits for
    (`still`, as they are called in `messages`). From a time until the same one: never.
    """

    since: dt.time = dt.time(21)
    until: dt.time = dt.time(8)
    still: tuple[str, ...] = ("urge_answered",)


class County(Frozen):
    """Everything a conversation or a case of this county needs; loaded once, frozen.

    `inbox`: how 人工 is answered by staff in the chat; without it 人工 says where to call.
    `regions`: the city and the county, as names of firms there begin with them (新乡, 新乡县).
    `editions` are those known here, its own among them once it is registered, newest first (see `model.edition`).
    """

    id: str = Setting(pattern=r"^[a-z][a-z0-9_]*$")
    name: str
    title: str
    area_code: str = Setting(pattern=r"^0\d{2,3}$")
    steward: str
    services: tuple[Service, ...] = Setting(min_length=1)
    bodies: tuple[Body, ...] = Setting(min_length=1)
    outlets: tuple[Outlet, ...] = ()
    entrances: tuple[Entrance, ...] = ()
    towns: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    help: Help
    places: Places
    retention: Retention = Retention()
    quiet: Quiet = Quiet()
    sms: ShortMessages = ShortMessages()
    cards: CardReading = CardReading()
    handover: HandoverRule = HandoverRule()
    inbox: InboxRule | None = None
    credit: CreditRule | None = None
    most_drafts: int = Setting(default=50, ge=1, le=200)
    form: Form
    process: Process
    guide: Guide
    calendar: WorkingCalendar
    messages: dict[str, str]
    sheets: tuple[SheetTemplate, ...] = ()
    editions: tuple["County", ...] = ()

    def known_with(self, editions: Iterable["County"]) -> "County":
        """The same county, knowing these editions."""
        return self.made_anew(editions=tuple(editions))

    def made_anew(self, **changes: object) -> "County":
        """The county with these changes: made, not copied, for a copy keeps what the old one worked out of its parts."""
        return County(**{name: getattr(self, name) for name in County.model_fields} | changes)

    @cached_property
    def forms(self) -> dict[str, Form]:
        """The application form and the stewards' forms by id."""
        return {form.id: form for form in (self.form, *self.process.forms)}

    @cached_property
    def entrance(self) -> dict[str, Entrance]:
        """Entrances by id; also those of other editions: a case may have come in by one that is there no more."""
        return {one.id: one for county in (*reversed(self.editions), self) for one in county.entrances}

    @cached_property
    def body(self) -> dict[str, Body]:
        """Bodies by id; also those of other editions, so that whoever is gone can still be named."""
        return {body.id: body for one in (*reversed(self.editions), self) for body in one.bodies}

    @cached_property
    def sheet(self) -> dict[str, SheetTemplate]:
        """The official sheets by id."""
        return {one.id: one for one in self.sheets}

    def services_of(self, field: str) -> frozenset[str]:
        """The services whose section of the form has this field; empty: it is asked whatever was chosen."""
        options = options_named(self.form.section_of[field].when, self.places.services)
        return frozenset(one.id for one in self.services if one.option in options)

    @cached_property
    def service(self) -> dict[str, Service]:
        """Services by id; also those of other editions."""
        return {service.id: service for one in (*reversed(self.editions), self) for service in one.services}
