"""A stand-in for an OpenAI-compatible endpoint: it keeps the rules of a real one, and misbehaves when it is told to."""

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

KEY, MODEL = "sk-示例-not-a-secret".encode().hex(), "qwen-example"


@dataclass
class StandIn:
    """`found` is what the model writes; `content` instead of it, word for word; `body` instead of the whole answer."""

    found: list[dict[str, Any]] = field(default_factory=list)
    content: str | None = None
    body: bytes | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0
    endless: bool = False
    seen: list[str] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    at_once: int = 0
    most: int = 0
    url: str = ""

    async def completions(self, request: web.Request) -> web.StreamResponse:
        raw = await request.text()
        self.seen.append(raw)
        self.heads.append(dict(request.headers))
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        try:
            refused = self._refused(request, raw)
            if refused:
                self.wrong.append(refused)
                return web.json_response({"error": {"message": refused, "type": "invalid_request_error"}}, status=400)
            await asyncio.sleep(self.delay)
            return await self._answer(request)
        finally:
            self.at_once -= 1

    def _refused(self, request: web.Request, raw: str) -> str:
        """What a real endpoint finds wrong with the request."""
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return "Incorrect API key provided"
        if request.content_type != "application/json":
            return "not JSON"
        body = json.loads(raw)
        unknown = body.keys() - {"model", "messages", "temperature", "max_tokens", "response_format"}
        if unknown or body.get("model") != MODEL or not 0 <= body.get("temperature", 1) <= 2:
            return f"unsupported parameters: {sorted(unknown)}"
        if body.get("response_format") != {"type": "json_object"}:
            return "response_format"
        roles = [one["role"] for one in body["messages"]]
        if roles != ["system", "user"] or not all(isinstance(one["content"], str) for one in body["messages"]):
            return "messages"
        if "json" not in body["messages"][0]["content"].lower():
            return (
                "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'."
            )
        return ""

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if self.endless:
            response = web.StreamResponse(headers={"Content-Type": "application/json"})
            await response.prepare(request)
            while True:
                await response.write(b" " * 4096)
                await asyncio.sleep(0)
        if self.body is not None or self.status != 200:
            return web.Response(body=self.body or b"", status=self.status, headers=self.headers)
        content = json.dumps({"found": self.found}, ensure_ascii=False) if self.content is None else self.content
        message = {"role": "assistant", "content": content}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        usage = {"prompt_tokens": 9, "completion_tokens": 9, "total_tokens": 18}
        return web.json_response(
            {
                "id": "chatcmpl-1",
                "object": "chat.completion",
                "created": 1,
                "model": MODEL,
                "choices": [choice],
                "usage": usage,
            }
        )

    @property
    def asked(self) -> dict[str, Any]:
        """What the last request asks: the text and the open fields."""
        return json.loads(json.loads(self.seen[-1])["messages"][1]["content"])


@asynccontextmanager
async def stand_in():
    """One on loopback."""
    made = StandIn()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", made.completions)
    async with TestServer(app) as server:
        made.url = str(server.make_url("/v1"))
        yield made
