"""What the platform has written down of an account: who holds it, its templates, its industries."""

from datetime import UTC, date, datetime
from typing import Any

from .accounts import Account
from .errors import ApiError

_KINDS = {"subscription": 1, "service": 2}
_GOVERNMENT = 3
_OK = {"errcode": 0, "errmsg": "ok"}


def basic_info(account: Account, now: float) -> dict[str, Any]:
    """POST /cgi-bin/account/getaccountbasicinfo; 48001 for an account that may not ask, which is most of them."""
    found = account.registration
    if found is None:
        raise ApiError(48001, "api unauthorized")
    verified: dict[str, Any] = {"qualification_verify": found.qualified, "naming_verify": found.named}
    if found.qualified:
        begins, ends = _instant(found.review_begins), _instant(found.review_ends)
        verified |= {
            "annual_review": begins <= now,
            "annual_review_begin_time": begins,
            "annual_review_end_time": ends,
        }
    return _OK | {
        "appid": account.appid,
        "account_type": _KINDS[found.kind],
        "principal_type": _GOVERNMENT,
        "principal_name": found.principal,
        "realname_status": 1,
        "nickname": account.title,
        "wx_verify_info": verified,
    }


def templates(account: Account) -> dict[str, Any]:
    """GET /cgi-bin/template/get_all_private_template: what a template says, its fields as `{{thing1.DATA}}`."""
    (first, second), _ = account.industries
    return {
        "template_list": [
            {
                "template_id": one.template_id,
                "title": one.title,
                "primary_industry": first,
                "deputy_industry": second,
                "content": "".join(f"{label}:{{{{{key}.DATA}}}}\n" for key, label in one.fields.items()),
                "example": "".join(f"{label}:…\n" for label in one.fields.values()),
            }
            for one in account.templates
            if one.listed
        ]
    }


def industries(account: Account) -> dict[str, Any]:
    """GET /cgi-bin/template/get_industry: the two that were chosen for it."""
    names = ("primary_industry", "secondary_industry")
    return {
        name: {"first_class": first, "second_class": second}
        for name, (first, second) in zip(names, account.industries, strict=True)
    }


def _instant(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
