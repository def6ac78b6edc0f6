"""A running sandbox with a running product, and short words for what tests do to them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp.test_utils import TestClient, TestServer
from sandbox_product import Product

from sandbox.accounts import SandboxConfig
from sandbox.app import build_app
from sandbox.clock import Clock

XX = "o_xx_applicant"


class Stage:
    """A running sandbox with a running product, and short words for what tests do to them."""

    def __init__(self, client: Any, product: Product, config: SandboxConfig, clock: Clock) -> None:
        self.client = client
        self.product = product
        self.account = config.accounts[0]
        self.clock = clock

    async def act(self, act: str, openid: str = XX, **body: Any) -> dict[str, Any]:
        response = await self.client.post(f"/sandbox/phones/{self.account.id}/{openid}/{act}", json=body)
        answer: dict[str, Any] = await response.json()
        assert response.status == 200, answer
        return answer

    async def follow(self) -> None:
        await self.act("follow")
        await self.product.next()

    async def phone(self, openid: str = XX) -> dict[str, Any]:
        response = await self.client.get(f"/sandbox/phones/{self.account.id}/{openid}")
        answer: dict[str, Any] = await response.json()
        return answer

    async def entries(self, openid: str = XX) -> list[tuple[str, str]]:
        """What the person sees: who said it, and what."""
        return [(entry["side"], entry["content"]) for entry in (await self.phone(openid))["entries"]]

    async def token(self) -> str:
        body = {
            "grant_type": "client_credential",
            "appid": self.account.appid,
            "secret": self.account.appsecret,
            "force_refresh": False,
        }
        token: str = (await self.api("stable_token", body, token=""))["access_token"]
        return token

    async def api(self, path: str, body: Any = None, *, token: str | None = None, **query: str) -> dict[str, Any]:
        """Call the platform as the product does; a body makes it a POST."""
        params = {"access_token": await self.token() if token is None else token} | query
        send = self.client.get if body is None else self.client.post
        arguments = {} if body is None else {"data": body} if isinstance(body, bytes) else {"json": body}
        response = await send(f"/cgi-bin/{path}", params=params, **arguments)
        assert response.status == 200
        answer: dict[str, Any] = await response.json()
        return answer

    async def custom(self, content: str, openid: str = XX) -> int:
        body = {"touser": openid, "msgtype": "text", "text": {"content": content}}
        code: int = (await self.api("message/custom/send", body))["errcode"]
        return code


@asynccontextmanager
async def staged(config: SandboxConfig, timeout: float = 30.0) -> AsyncIterator[Stage]:
    """Start both. The interval between attempts is nothing: the tests await answers, they do not wait."""
    product = Product(list(config.accounts))
    clock = Clock()
    async with TestServer(product.app()) as server:
        app = build_app(
            config,
            str(server.make_url("")).rstrip("/"),
            "http://sandbox.test",
            timeout=timeout,
            interval=0.0,
            clock=clock,
        )
        async with TestClient(TestServer(app)) as client:
            yield Stage(client, product, config, clock)
