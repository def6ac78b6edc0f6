"""The WeCom (企业微信) app of a county and its members, as the stand-in platform knows them."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from .keys import AesKey


class Member(BaseModel):
    """A member of the enterprise within the app's visible range, and the phone he holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    userid: str = Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.@-]*$")
    nickname: str = Field(min_length=1, max_length=40)
    title: str = Field(default="", max_length=40)


class WeComApp(BaseModel):
    """One self-built app (自建应用): its enterprise, its credentials, its members, and the keys of its group robots."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: str = Field(pattern=r"^[a-z0-9_-]+$")
    title: str
    corpid: str = Field(pattern=r"^ww[0-9a-f]{16}$")
    agentid: int = Field(ge=1)
    secret: str = Field(min_length=16)
    token: str = Field(pattern=r"^[A-Za-z0-9]{3,32}$")
    encoding_aes_key: AesKey = Field(alias="EncodingAESKey")
    members: tuple[Member, ...] = ()
    robots: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _distinct_members(self) -> Self:
        # Platform rule: a userid means the same whatever its case.
        names = [member.userid.lower() for member in self.members]
        if len(set(names)) != len(names):
            raise ValueError(f"app {self.id}: a userid is listed twice")
        return self
