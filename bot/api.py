"""The JSON API as it runs here: over the core, with a measure for each client."""

from collections.abc import Mapping

from bot.limits import Allowance, Buckets
from bot.settings import Settings
from handlers.ports import Clock, RoutingCore
from handlers.web.api.door import Api
from handlers.wording.wording import Wording
from model.county import County
from storage.clients import Clients


def api_of(
    settings: Settings,
    core: RoutingCore,
    clients: Clients,
    counties: Mapping[str, County],
    wordings: Mapping[str, Wording],
    clock: Clock,
) -> Api:
    """The door for other systems."""
    buckets = Buckets(burst=settings.api_burst, rate=settings.api_rate, silence=0)
    catalogues = {name: one.catalogue for name, one in wordings.items()}
    return Api(
        core,
        clients,
        counties,
        catalogues,
        clock=clock,
        allow=lambda client: buckets.take(client) is Allowance.HEARD,
    )
