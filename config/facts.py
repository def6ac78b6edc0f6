"""`county.yaml` as it stands in the file: the county without its form, process, guide, calendar and texts."""

from pydantic import Field as Setting

from model.card import CardReading
from model.county import Body, Help, Places, Quiet, Retention, Service
from model.credit import CreditRule
from model.frozen import Frozen
from model.handover import HandoverRule
from model.human import InboxRule
from model.outlets import Outlet
from model.scene import Entrance
from model.short_message import ShortMessages


class Facts(Frozen):
    """Names, windows, services, bodies and towns of a county (C1, C2)."""

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
    credit: CreditRule | None = None
    inbox: InboxRule | None = None
    most_drafts: int = Setting(default=50, ge=1, le=200)
