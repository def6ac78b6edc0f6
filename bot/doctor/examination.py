"""Asks everything about one account. Read-only: a token that is never forced, and questions that change nothing."""

import datetime as dt
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

from bot.channels.wechat.account import Account
from bot.channels.wechat.catalogue import Catalogue
from bot.channels.wechat.client import api_of
from bot.channels.wechat.envelope import Clock
from bot.channels.wechat.results import Failed, NoAnswer
from bot.channels.wechat.sdk import Call
from bot.channels.wechat.transport import Transport
from bot.doctor import (
    api,
    callback,
    certificate,
    credentials,
    greeting,
    mapping,
    menu,
    quota,
    reaching,
    rights,
    subscriptions,
    templates,
    verification,
    web_pages,
)
from bot.doctor.address import address, domain, entrance, port_of
from bot.doctor.answers import (
    Addresses,
    BasicInfo,
    Industries,
    Menu,
    Quota,
    Quotas,
    Reached,
    SubscriptionTemplates,
    Templates,
    read,
)
from bot.doctor.finding import Check, Finding, State, good, unseen
from bot.doctor.knocking import knock
from bot.doctor.token import OwnToken
from bot.menus import menu_of
from model.county import County


@dataclass(frozen=True, slots=True)
class Ground:
    """What an examination stands on: `clock` is the program's, `window` how far a push may be off it in seconds, `public_url` where
    the platform finds us ("" where nobody said). `stand_in`: nobody's platform, on this machine. `trusted`: whose certificates are
    good, None: as usual.
    """

    session: aiohttp.ClientSession
    clock: Clock
    window: float
    public_url: str
    stand_in: bool = False
    trusted: ssl.SSLContext | None = None


class Examination:
    """One account, from the network up to what is left of the day."""

    def __init__(self, account: Account, county: County, ground: Ground) -> None:
        self._account = account
        self._county = county
        self._ground = ground
        self._cache = OwnToken()
        self._calls = Catalogue(account.appid)
        self._transport = Transport(api_of(account), ground.session, self._cache, clock=ground.clock)

    async def findings(self) -> list[Finding]:
        """All of them, in the order of `Check`."""
        ours = mapping.fields_of(self._county)
        network, heard = await self._network()
        token = await self._token() if heard else NoAnswer("", may_have_arrived=False)
        found = [
            mapping.judged(self._account.templates, ours, self._account.subscriptions.templates)
            if self._account.may_card
            else good(Check.MAPPING, "订阅号不发模板消息，不用写"),
            *network,
            credentials.credentials(token) if heard else _waits(Check.CREDENTIALS),
            credentials.whitelist(token) if heard else _waits(Check.WHITELIST),
        ]
        here = await self._here()
        greeted = next((one.state for one in here if one.check is Check.GREETING), State.UNSEEN)
        platform = await self._platform(ours, greeted) if token is None else _WAITING
        return sorted([*found, *here, *platform], key=lambda one: _ORDER.index(one.check))

    async def _network(self) -> tuple[list[Finding], bool]:
        base = self._account.api_base.rstrip("/")
        before = dt.datetime.now(dt.UTC)
        heard = await knock(self._ground.session, f"{base}/cgi-bin/getcallbackip")
        reached = reaching.reached(heard, urlsplit(base).netloc)
        clock = reaching.clock(heard, before + (dt.datetime.now(dt.UTC) - before) / 2, self._ground.window)
        return [reached, clock], not isinstance(heard, NoAnswer)

    async def _token(self) -> Failed | None:
        found = await self._transport.fetch_token()
        if not isinstance(found, tuple):
            return found
        token, seconds = found
        await self._cache.put(self._account.appid, token, int((self._ground.clock().timestamp() + seconds) * 1000))
        return None

    async def _here(self) -> list[Finding]:
        """Our own address, as the platform would meet it."""
        ground, url = self._ground, self._ground.public_url
        found = [] if ground.stand_in else [address(url, self._account.id)]
        if not url:
            return [*found, unseen(Check.GREETING, "不知道网址，没有去敲门", "先解决“网址”")]
        parts, port = urlsplit(url), port_of(url)
        if not ground.stand_in and found[0].state is State.GOOD:
            found.append(domain(url))
        if parts.scheme == "https" and parts.hostname and port:
            trusted = ground.trusted or ssl.create_default_context()
            ends = await certificate.expiry(parts.hostname, port, trusted)
            found.append(certificate.judged(ends, dt.datetime.now(dt.UTC)))
        where, asked = entrance(url, self._account.id), greeting.query(self._account, ground.clock())
        heard = await knock(ground.session, where, asked, trusted=ground.trusted)
        pages = web_pages.knocked_at(url, self._account.id)
        return [
            *found,
            greeting.judged(heard, asked["echostr"], where),
            web_pages.judged(await knock(ground.session, pages, trusted=ground.trusted), pages),
            *([] if ground.stand_in else [web_pages.domains(self._account, url)]),
        ]

    async def _platform(self, ours: Mapping[str, mapping.Fields], greeted: State) -> Sequence[Finding]:
        """What the platform knows of the account."""
        callers = read(Addresses, await self._asked(self._calls.callback_addresses()))
        servers = read(Addresses, await self._asked(self._calls.api_addresses()))
        able = api.judged(callers, servers)
        if able.state is State.ACT:
            return [able, *(one for one in _WAITING if one.check is not Check.API)]
        account = self._account
        listed = read(Templates, await self._asked(self._calls.templates()))
        quotas = await self._quotas()
        counted = {path: one for path, one in quotas.items() if path in quota.COUNTED}
        info = read(BasicInfo, await self._asked(self._calls.basic_info()))
        reached = read(Reached, await self._asked(self._calls.callback_check()))
        where = entrance(self._ground.public_url or "https://你的域名", account.id)
        shown = read(Menu, await self._asked(self._calls.current_menu()))
        return [
            able,
            verification.judged(info, listed, self._ground.clock()),
            rights.judged(quotas, listed, rights.needed(account)),
            callback.judged(reached, where, greeted),
            templates.judged(listed, account.templates, mapping.at_platform(account, account.templates, ours)),
            await self._subscriptions(ours),
            templates.industry(read(Industries, await self._asked(self._calls.industries()))),
            menu.judged(shown, menu_of(self._county)),
            quota.judged(counted),
        ]

    async def _subscriptions(self, ours: Mapping[str, mapping.Fields]) -> Finding:
        """Asked only where the file has some: most accounts have no right to ask."""
        account, mapped = self._account, self._account.subscriptions.templates
        asked: SubscriptionTemplates | Failed = SubscriptionTemplates()
        if mapped and account.may_card:
            asked = read(SubscriptionTemplates, await self._asked(self._calls.subscriptions()))
        fields = mapping.at_platform(account, mapped, ours)
        return subscriptions.judged(asked, account.subscriptions, fields, asks=bool(self._ground.public_url))

    async def _quotas(self) -> dict[str, Quota | Failed]:
        made: dict[str, Quota | Failed] = {}
        for path in (*quota.COUNTED, *rights.BESIDE):
            found = read(Quotas, await self._asked(self._calls.quota(path)))
            made[path] = found.quota if isinstance(found, Quotas) else found
        return made

    async def _asked(self, call: Call) -> dict[str, object] | Failed:
        return await self._transport.call(call, step=None, busy_retries=1)


def _waits(check: Check) -> Finding:
    return unseen(check, "没有去问", "先解决上面要处理的")


_ORDER = tuple(Check)
_WAITING = tuple(
    map(
        _waits,
        (
            Check.API,
            Check.VERIFICATION,
            Check.RIGHTS,
            Check.CALLBACK,
            Check.TEMPLATES,
            Check.SUBSCRIPTIONS,
            Check.INDUSTRY,
            Check.MENU,
            Check.QUOTA,
        ),
    )
)
