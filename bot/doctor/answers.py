"""The platform's answers, read into what is judged. Fields as its documentation has them; what it adds is passed over."""

from typing import Annotated, Any, Final, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bot.channels.wechat.results import Failed, NoAnswer


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Addresses(_Answer):
    """获取微信推送服务器 IP (getcallbackip), 获取微信 API 服务器 IP (get_api_domain_ip)."""

    ip_list: tuple[str, ...]


class Verified(_Answer):
    """微信认证信息; instants in epoch seconds, there only while it is verified."""

    qualification_verify: bool = False
    naming_verify: bool = False
    annual_review: bool = False
    annual_review_begin_time: int | None = None
    annual_review_end_time: int | None = None


class BasicInfo(_Answer):
    """获取基本信息 (account/getaccountbasicinfo): 1 订阅号, 2 服务号, 3 小程序."""

    account_type: int
    principal_name: str = ""
    wx_verify_info: Verified = Verified()


class Template(_Answer):
    """One of 获取已选用模板列表 (template/get_all_private_template)."""

    template_id: str
    title: str = ""
    content: str = ""


class Templates(_Answer):
    """获取已选用模板列表."""

    template_list: tuple[Template, ...]


class SubscriptionTemplate(_Answer):
    """One of 获取私有模板列表 of 订阅通知; `type` 2 is for one message, 3 for as many as are sent."""

    template_id: Annotated[str, Field(validation_alias="priTmplId")]
    title: str = ""
    content: str = ""
    type: int = 0


class SubscriptionTemplates(_Answer):
    """获取私有模板列表 (newtmpl/gettemplate)."""

    data: tuple[SubscriptionTemplate, ...] = ()


class Industry(_Answer):
    """One industry, in two levels."""

    first_class: str = ""
    second_class: str = ""


class Industries(_Answer):
    """获取行业信息 (template/get_industry)."""

    primary_industry: Industry = Industry()
    secondary_industry: Industry = Industry()


class Leaf(_Answer):
    """A button that leads somewhere; made in the console, it may be of kinds that the API does not know (text, img, news)."""

    name: str = ""
    type: str = ""
    key: str = ""
    url: str = ""


class Below(_Answer):
    """What is below a button."""

    list: tuple[Leaf, ...] = ()


class Button(Leaf):
    """One button of a menu, or the head of what is below it."""

    sub_button: Annotated[Below, BeforeValidator(lambda found: found or {})] = Below()


class Buttons(_Answer):
    """The buttons at the foot of the chat."""

    button: tuple[Button, ...] = ()


class Menu(_Answer):
    """查询自定义菜单信息 (get_current_selfmenu_info): the menu that is shown now, whoever made it."""

    is_menu_open: int
    selfmenu_info: Buttons = Buttons()


class Found(_Answer):
    """An address that the name of our server leads to."""

    ip: str


class Pinged(_Answer):
    """One ping: 0% or 100% are lost, for only one is sent."""

    ip: str
    package_loss: str = ""


class Reached(_Answer):
    """网络通信检测 (callback/check)."""

    dns: tuple[Found, ...] = ()
    ping: tuple[Pinged, ...] = ()


class Quota(_Answer):
    """Of 查询 API 调用额度: calls a day, used and left today. A limit of 0 says nothing: the document's own example has it."""

    daily_limit: int
    used: int = 0
    remain: Annotated[int, Field(ge=0)] = 0


class Quotas(_Answer):
    """查询 API 调用额度 (openapi/quota/get)."""

    quota: Quota


UNREADABLE: Final = NoAnswer("unexpected", may_have_arrived=True)
_Read = TypeVar("_Read", bound=_Answer)


def read(kind: type[_Read], found: dict[str, Any] | Failed) -> _Read | Failed:
    """The answer as this kind; NoAnswer when it is something else."""
    if not isinstance(found, dict):
        return found
    try:
        return kind.model_validate(found)
    except ValidationError:
        return UNREADABLE
