"""The configuration of one WeCom app (自建应用)."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from bot.channels.wechat.account import aes_key_bytes
from model.frozen import Frozen

PUBLIC_API = "https://qyapi.weixin.qq.com"


class WeComApp(Frozen):
    """One app of one enterprise: who it is, and its secrets (kept out of `repr` and of error messages).

    `id` is ours and stands in the URL, as an official account's; `county` is whose stewards write there. A callback is always
    encrypted (platform rule), so there is no app without a key; `previous_aes_key` is still accepted. `robot` is the address
    of a group robot (群机器人) that tells the county's figures of the morning, "" for none.
    Raises pydantic's ValidationError when a key is not an EncodingAESKey.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    kind: Literal["wecom"]
    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    county: str
    corpid: Annotated[str, Field(min_length=1)]
    agentid: int
    secret: Annotated[str, Field(repr=False, min_length=1)]
    token: Annotated[str, Field(repr=False, min_length=1)]
    aes_key: Annotated[str, Field(repr=False, min_length=1)]
    previous_aes_key: Annotated[str | None, Field(repr=False)] = None
    api_base: str = PUBLIC_API
    robot: Annotated[str, Field(repr=False, pattern=r"^(https?://.+)?$")] = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        for key in self.aes_keys:
            aes_key_bytes(key)
        return self

    @property
    def aes_keys(self) -> tuple[str, ...]:
        """The keys a message may be encrypted with, the current one first."""
        return tuple(key for key in (self.aes_key, self.previous_aes_key) if key)

    @property
    def name(self) -> str:
        """What tells it from every other app of every enterprise: for its token, and for what the platform holds against it."""
        return f"{self.corpid}:{self.agentid}"
