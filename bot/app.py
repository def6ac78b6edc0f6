"""The composition root: everything is made here, and handed what it needs."""

import asyncio
import hmac
import random
from collections.abc import AsyncGenerator, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import aiohttp
import structlog
from aiohttp import web

from bot.accounts import Accounts, load_accounts
from bot.api import api_of
from bot.calendar_watch import CalendarWatch
from bot.cards import WeChatCards
from bot.channels.side import Side
from bot.channels.sms.settings import GatewaySettings
from bot.channels.wechat.account import Account
from bot.channels.wechat.client import WeChat
from bot.channels.wechat.endpoint import Endpoint
from bot.channels.wechat.endpoint import Limits as EndpointLimits
from bot.channels.wechat.predecessor import predecessor_of
from bot.channels.wechat.traces import Marks
from bot.clock import WallClock
from bot.code_pictures import scanned_at
from bot.console.compose import Parts, console_of
from bot.delivery import Delivery
from bot.embedded import redis_at
from bot.extractor import extractor_of
from bot.faults import hang_fault
from bot.gallery import WeChatGallery
from bot.health import Health
from bot.keys import KeyWatch, key_file, secrets, vault_of
from bot.lag import Lag
from bot.letters import OutboxLetters
from bot.menus import create_menus
from bot.metrics import MeteredPort, Metrics
from bot.mornings import Mornings
from bot.opt_in_offers import OptInOffers
from bot.opting_in import OptInReports
from bot.paperboy import OutboxPaperboy, carried
from bot.platforms import clients_of, gate_of, sides_of
from bot.receipts import PushReceipts
from bot.reception import Reception
from bot.recounting import Recounter
from bot.retaining import Retainer, keeping
from bot.ringing import Ringer
from bot.robots import Robots
from bot.sandbox_door import SandboxDoor, sandbox_offset
from bot.sending import WeChatSender
from bot.settings import Settings
from bot.signing import signing_of
from bot.site import address_of, site_of
from bot.sweeping import Sweeper
from bot.texting import load_gateways, news_of, paces_of, sms_way
from bot.typing import Typing
from bot.warning import Warner
from bot.ways.enclosing import Enclosing
from bot.ways.in_turn import ways_of
from bot.ways.places import AT_ONCE
from bot.webhooks.working import webhook_delivery
from config.loader import load_counties
from dialogs.understanding.lexicon import lexicon
from handlers.book import SealedBook
from handlers.card_reading import CardReading
from handlers.casework import Casework
from handlers.credit_notices import CreditNotices
from handlers.digest import Digest
from handlers.editions import Editions
from handlers.effects import Effects
from handlers.elsewhere import Elsewhere
from handlers.enquiries import EnquiryWork
from handlers.enquiry_notices import EnquiryNotices
from handlers.fetching import Fetching
from handlers.figures import Figures
from handlers.form_desk import FormDesk
from handlers.handing_in import HandingIn
from handlers.handing_over import HandingOver
from handlers.hotline.giving import Giving
from handlers.notices import Notices
from handlers.opt_in_offering import OptInOffering
from handlers.own_progress import OwnProgress
from handlers.page_offering import PageOffering
from handlers.paper_letters import PaperLetters
from handlers.systems.gone import SystemGone
from handlers.turn import Turns
from model.conversation import Conversation
from model.county import County
from model.message import Reply, UnfollowMessage, Update
from routing.enquiry_log import fold_enquiry
from routing.evolve import fold
from storage.alarms import Alarms
from storage.calendars import Calendars
from storage.cancelling import cancelled
from storage.case_papers import CasePapers
from storage.clients import Clients
from storage.conversations import Conversations, open_port
from storage.credit import CreditNotes
from storage.deadlines import Deadlines
from storage.desks import Desks
from storage.editions import EditionStore
from storage.engine import Database, open_database
from storage.enquiries import Enquiries
from storage.files import FileStore
from storage.guard import Guard
from storage.handovers import Handovers
from storage.human_talks import HumanTalks
from storage.intakes import Intakes
from storage.logins import Logins
from storage.looks import Looks
from storage.migrate import upgrade
from storage.opt_ins import OptIns
from storage.outbox import Outbox
from storage.receipts import Receipts
from storage.records import Records
from storage.staffing import Staffing
from storage.tokens import TokenCache
from storage.vault import Vault
from storage.webhook_rows import WebhookRows
from storage.webhooks import Webhooks

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class House:
    """What runs: for the command line, the sandbox's set-up and tests."""

    settings: Settings
    counties: Mapping[str, County]
    accounts: tuple[Account, ...]
    clock: WallClock
    turns: Turns
    staffing: Staffing
    logins: Logins
    records: Records
    outbox: Outbox
    delivery: Delivery
    hooks: Delivery
    sweeper: Sweeper
    warner: Warner
    beside: tuple[Fetching | CardReading, ...]
    app: web.Application
    health: Health


@asynccontextmanager
async def house(settings: Settings) -> AsyncGenerator[House, None]:
    """The running program without its listening socket; everything ends when the context does."""
    async with AsyncExitStack() as stack:
        stack.callback(hang_fault(settings))
        loaded = ready(_marked(load_counties(settings.counties), practice=settings.practice))
        clock = WallClock()
        vault = vault_of(settings)
        marks = Marks(hmac.digest(secrets(settings).lookup, b"marks", "sha256"))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        accounts, gateways = await _channels(settings, session, loaded)
        if settings.sandbox:
            clock.offset = await sandbox_offset(settings.sandbox, session)
        metrics = Metrics()
        database = await _records_at(settings, stack, metrics)
        counties = Editions(loaded, EditionStore(database), calendars := Calendars(database))
        # On one's own machine a form may be tried out without counting versions.
        await counties.register(clock(), replace=bool(settings.sandbox))
        port = await _port_at(settings, stack, metrics)

        store, gate = Conversations(port), gate_of(port, clock, metrics, paces_of(gateways))
        records, staffing, outbox = Records(database, vault, fold), Staffing(database, vault), Outbox(database)
        clients = clients_of(accounts, session, port, clock, metrics)
        woken = asyncio.Event()
        core = Casework(records, staffing, counties, woken.set, counties.learn)
        desk = EnquiryWork(Enquiries(database, vault, fold_enquiry), staffing, counties, woken.set)
        letters, book = OutboxLetters(outbox, woken.set), SealedBook(store, vault)
        begun: list[Fetching | CardReading] = []

        def begin(conversation: Conversation) -> None:
            for one in begun:
                one.begin(conversation)

        by_account, files, opt_ins = accounts.counties, FileStore(settings.data / "files", vault), OptIns(database)
        places, signing = CasePapers(database, vault), signing_of(settings, core, database, vault, counties)
        kept = keeping(counties, store, book, database, vault, letters, files, clock)
        turns = Turns(
            counties,
            by_account,
            book,
            Effects(
                core,
                kept.eraser,
                desk,
                OutboxPaperboy(Looks(database), carried(accounts.official, accounts.apps), woken.set),
                HandingOver(core, Handovers(database, vault), counties, drafts=Giving(book, Intakes(database, vault))),
                HumanTalks(database),
            ),
            HandingIn(core, letters, marks.trace, news_of(accounts.official, gateways)),
            clock,
            begin,
            learn=counties.learn,
            room=settings.room,
            expiring=kept.expiring,
            extractor=await stack.enter_async_context(extractor_of(settings, metrics.extracted)),
            waits=_typing(clients.official, stack).show,
            shared={one.id: one.previous.scenes for one in accounts.official if one.previous},
            reads={one.id for one in accounts.official if one.card_readings},
            pages=PageOffering(address_of(settings), [one.id for one in accounts.official]),
            offering=OptInOffering(OptInOffers(address_of(settings), accounts.official, opt_ins, clock), clock),
        )
        await files.tidy()
        begun += (
            Fetching(turns, WeChatGallery(clients.all), files, letters, clock, places),
            CardReading(turns, WeChatCards(clients.official, gate, metrics.card_read), letters, clock),
        )
        wordings = {name: turns.wording(name) for name in counties}
        notices = Notices(
            core,
            counties,
            wordings,
            EnquiryNotices(core, desk, counties, wordings),
            CreditNotices(core, CreditNotes(database, vault).one, counties, wordings),
        )
        delivery = Delivery(
            outbox,
            WeChatSender(
                by_account,
                ways_of(
                    clients.official,
                    turns,
                    gate,
                    notices.compose,
                    clock,
                    outbox.beside,
                    clients.apps,
                    await sms_way(gateways, counties, gate, port, secrets(settings).lookup, clock, stack),
                    Enclosing(TokenCache(port, kind="media"), gate, clock),
                    opt_ins,
                ),
                turns,
                book,
                notices,
                clock,
                Digest(core, Desks(database), counties, wordings, clock),
                SystemGone(core, counties, wordings),
                robots=Robots(clients.robots, Figures(Desks(database), counties, wordings, clock)),
                papers=PaperLetters(core, counties, wordings, places, files),
            ),
            now=clock,
            jitter=random.random,
            at_once=AT_ONCE,
            able=lambda: not port.away,
            ended=metrics.pushed,
        )
        sweeper, warner = Sweeper(store, turns, clock), Warner(Deadlines(database), core, clock, desk)
        rounds = (
            sweeper,
            warner,
            Mornings(staffing, letters, counties, clock, core, {one: by_account[one] for one in clients.robots}),
            *(watched := _watched(Recounter(Deadlines(database), core, counties, calendars, clock), counties, turns)),
            Ringer(Alarms(database), core, clock),
        )

        app, lag = web.Application(client_max_size=256 * 1024), _lag(stack, metrics)
        reception, opting = _reception(settings, accounts, opt_ins, turns, letters, port, lag, clock, metrics)
        receipts = PushReceipts(
            Receipts(database), gate.ledger, turns, clock, opting, wake=delivery.wake, heard=metrics.push_reported
        )
        _endpoint(
            settings,
            accounts.official,
            sides_of(clients.apps, turns, letters, clock, settings.window),
            reception,
            turns,
            receipts,
            clock,
            marks,
            metrics,
        ).add_to(app)
        for door in (
            api_of(settings, core, Clients(database, vault), counties, wordings, clock),
            site_of(
                settings,
                session,
                clients.official,
                wordings,
                port,
                clock,
                FormDesk(turns, core, files, clock, letters.late),
                OwnProgress(core, wordings),
                signing,
            ),
            console_of(
                Parts(
                    settings,
                    database,
                    port,
                    core,
                    staffing,
                    counties,
                    wordings,
                    clock,
                    vault,
                    scanned_at(clients.official),
                    signing,
                    watched[1].look,
                    turns,
                    letters,
                )
            ),
        ):
            door.add_to(app)
        health = Health(port, store, database, counties, metrics, clock, lag)
        if settings.sandbox:
            SandboxDoor(settings.sandbox, session, clock, delivery, rounds).add_to(app)

        made = House(
            settings,
            counties,
            accounts.official,
            clock,
            turns,
            staffing,
            Logins(database),
            records,
            outbox,
            delivery,
            webhook_delivery(
                Webhooks(database, vault),
                WebhookRows(database),
                core,
                counties,
                staffing,
                letters,
                clock,
                ended=metrics.pushed,
            ),
            sweeper,
            warner,
            tuple(begun),
            app,
            health,
        )
        await _at_work(
            made,
            woken,
            [
                *(one.run() for one in rounds),
                Retainer(kept.retaining, clock).run(),
                *_watch_of(settings, vault),
            ],
            stack,
        )
        if settings.sandbox:
            await create_menus(clients.official, counties)
        yield made


def _marked(counties: dict[str, County], *, practice: bool) -> dict[str, County]:
    """Where one practises, whoever is written to is told so from the first message on."""
    if not practice:
        return counties
    return {name: one.made_anew(title=f"【练习】{one.title}") for name, one in counties.items()}


def _say(turns: Turns, update: Update, key: str, number: int) -> Reply:
    """A text of the catalogue with a number in it, for whoever sent the update."""
    return Reply(text=turns.wording(turns.county_of(update.account).id).catalogue.say(key, number=number))


def _endpoint(
    settings: Settings,
    accounts: Sequence[Account],
    beside: Sequence[Side],
    reception: Reception,
    turns: Turns,
    receipts: PushReceipts,
    clock: WallClock,
    marks: Marks,
    metrics: Metrics,
) -> Endpoint:
    """What the platform calls, for all accounts."""
    metrics.line(lambda: reception.line.at_work, lambda: reception.line.waiting)
    return Endpoint(
        accounts,
        reception,
        receipts.hear,
        clock=clock,
        limits=EndpointLimits(window=settings.window),
        marks=marks,
        metrics=metrics,
        beside=beside,
        predecessors={one.id: predecessor_of(one.previous) for one in accounts if one.previous},
        unreached=lambda update: _say(turns, update, "unreached_before", 0),
    )


def _reception(
    settings: Settings,
    accounts: Accounts,
    opt_ins: OptIns,
    turns: Turns,
    letters: OutboxLetters,
    port: Guard,
    lag: Lag,
    clock: WallClock,
    metrics: Metrics,
) -> tuple[Reception, OptInReports]:
    """Where every message is received, and who keeps what is reported of opt-ins: whoever leaves is told to both."""
    opting = OptInReports(opt_ins, accounts.official, clock, heard=metrics.opted_in)

    async def receive(update: Update) -> Reply | Elsewhere:
        if isinstance(update.message, UnfollowMessage):
            await opting.left(update)
        return await turns.receive(update)

    made = Reception(
        receive,
        partial(_say, turns),
        clock=clock,
        limits=settings.limits(),
        away=lambda: port.away,
        lag=lambda: lag.standing,
        alike=turns.answered_alike,
        tell_later=lambda update: letters.late(update, clock()),
    )
    return made, opting


def ready(counties: dict[str, County]) -> dict[str, County]:
    """The same counties, with what the first free message would wait for worked out now: the words of every form."""
    for county in counties.values():
        for form in county.forms.values():
            lexicon(form)
    return counties


def _watched(recounter: Recounter, counties: Editions, turns: Turns) -> tuple[Recounter, CalendarWatch]:
    """Who counts limits anew, and who sees that there is another calendar to do it by."""

    def told(county: str) -> None:
        turns.wording(county)  # what the others word with knows it too
        recounter.wake()

    return recounter, CalendarWatch(counties, told)


def _typing(clients: Mapping[str, WeChat], stack: AsyncExitStack) -> Typing:
    made = Typing(clients)
    stack.push_async_callback(made.finish)
    return made


def _watch_of(settings: Settings, vault: Vault) -> list[Coroutine[Any, Any, None]]:
    """Who sees when the key file is replaced; nobody where the keys come from the environment."""
    keys = key_file(settings)
    return [] if keys is None else [KeyWatch(vault, keys).run()]


async def _at_work(
    made: House, woken: asyncio.Event, workers: Sequence[Coroutine[Any, Any, None]], stack: AsyncExitStack
) -> None:
    """Delivery and the other workers run beside the endpoint; delivery ends what is under way before it stops."""

    async def pass_on() -> None:
        while True:
            await woken.wait()
            woken.clear()
            made.delivery.wake()
            made.hooks.wake()

    deliveries = [asyncio.create_task(one.run()) for one in (made.delivery, made.hooks)]
    others = [asyncio.create_task(work) for work in (pass_on(), *workers)]

    async def end() -> None:
        for one in made.beside:
            await one.finish()
        made.delivery.stop()
        made.hooks.stop()
        await cancelled(others)
        await asyncio.gather(*deliveries, return_exceptions=True)

    stack.push_async_callback(end)


async def _channels(
    settings: Settings, session: aiohttp.ClientSession, counties: Mapping[str, County]
) -> tuple[Accounts, tuple[GatewaySettings, ...]]:
    return await load_accounts(settings, session, counties), await load_gateways(settings, session, counties)


def _lag(stack: AsyncExitStack, metrics: Metrics) -> Lag:
    lag = Lag(metrics.lag.observe)
    stack.callback(asyncio.create_task(lag.measure()).cancel)
    return lag


async def _port_at(settings: Settings, stack: AsyncExitStack, metrics: Metrics) -> Guard:
    plain = open_port(await redis_at(settings, stack))
    stack.push_async_callback(plain.close)
    port = Guard(MeteredPort(plain, metrics))
    stack.push_async_callback(port.close)
    return port


async def _records_at(settings: Settings, stack: AsyncExitStack, metrics: Metrics) -> Database:
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    await upgrade(settings.database())
    database = open_database(settings.database())
    stack.push_async_callback(database.close)
    metrics.watch(database.engine)
    return database
