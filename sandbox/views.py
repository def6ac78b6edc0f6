"""What the sandbox tells a client about its accounts: all that is needed to talk with the product as the platforms do."""

from typing import Any

from .phones import Phone
from .wecom_api import PREFIX
from .world import Hall


def account_view(hall: Hall) -> dict[str, Any]:
    """What any other client needs to talk to the product's endpoint as the platform does."""
    account = hall.account
    return {
        "id": account.id,
        "county": account.county,
        "title": account.title,
        "endpoint": hall.endpoint,
        "original_id": account.original_id,
        "appid": account.appid,
        "appsecret": account.appsecret,
        "token": account.token,
        "EncodingAESKey": account.encoding_aes_key,
        "mode": account.mode.value,
        "ocr": account.ocr,
        "subscriptions": [one.model_dump(exclude={"enums", "listed"}) for one in account.subscriptions],
        "phones": [_config(phone) for phone in hall.phones.values() if phone.config.channel == "official"],
        "wecom": _wecom_view(hall),
    }


def _config(phone: Phone) -> dict[str, Any]:
    return phone.config.model_dump(exclude={"channel"})


def _wecom_view(hall: Hall) -> dict[str, Any] | None:
    wecom = hall.wecom
    if wecom is None:
        return None
    kept = wecom.app.model_dump(by_alias=True, exclude={"members"})
    return kept | {"endpoint": wecom.endpoint, "api": PREFIX}
