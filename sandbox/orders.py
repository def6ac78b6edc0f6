"""What can be ordered of the stand-in platform, by example (docs/platform.md is made of it)."""

from typing import Final

FAULTS: Final = (
    ('{"path": "message/custom/send", "errcode": -1}', "答这个错误码，不办事"),
    ('{"path": "stable_token", "status": 502}', "网关坏了：HTTP 502，不办事"),
    ('{"path": "message/template/send", "silent": "before"}', "不答就断开，没有办事"),
    ('{"path": "message/template/send", "silent": "after"}', "办完了才断开，不答"),
    ('{"path": "message/custom/send", "never": true}', "连着不答，直到对方放弃"),
    ('{"path": "cv/ocr/idcard", "errcode": 101001}', "证件识别的接口这样写"),
    ('{"path": "media/get", "half": true}', "办完了，答到一半断开"),
    ('{"path": "*", "invalidate": true, "every": 5, "times": 1000}', "每五次有一次：用的令牌正好作废"),
    ('{"path": "*", "seconds": 2.5, "share": 0.1, "seed": 7, "times": 1000}', "一成的请求慢 2.5 秒"),
    ('{"path": "message/custom/send", "times": 0}', "收回"),
    ('{"path": "qyapi/message/send", "silent": "after"}', "企业微信的接口前面加 qyapi/"),
)
"""What can be ordered at POST /sandbox/faults/<account>, and what happens then."""

STANDING: Final = (
    ('{"whitelist": ["10.0.0.1"]}', "只认这些地址，别处来的 40164"),
    ('{"unauthorised": ["message/template/send"]}', "没有这个接口的权限，48001"),
    ('{"banned": true}', "接口被封，48004"),
    ('{"daily": {"message/template/send": 100}}', "一天 100 次，多了 45009"),
    ('{"per_minute": {"message/custom/send": 60}}', "一分钟 60 次，多了 45011"),
    ('{"per_person": {"message/custom/send": 3}}', "对一个人一分钟 3 条，多了 43117"),
    ("{}", "都不管（开始时就是这样）"),
)
"""What can be ordered at POST /sandbox/standing/<account>; each order replaces the one before."""

SMS: Final = (
    ('{"blocked": ["13800000000"]}', "这些号码退订了，BLACK；后说的替前面的"),
    ('{"status": 502}', "网关坏了：HTTP 502，没有发"),
    ('{"silent": "after"}', "发出去了才断开，不答"),
)
"""What can be ordered of the gateway, and what happens then."""
ENTERED: Final = (
    (
        '{"menu": {"is_menu_open": 1, "selfmenu_info": {"button": [{"type": "text", "name": "电话", "value": "0373-…"}]}}}',
        "后台里建了这样的菜单",
    ),
    (
        '{"autoreplies": {"is_autoreply_open": 1, "message_default_autoreply_info": {"type": "text", "content": "您好"}}}',
        "后台里设了这样的自动回复",
    ),
    ("{}", "都没有（开始时就是这样）"),
)  # fmt: skip
"""What can be ordered at POST /sandbox/selfmenu/<account>; each order replaces the one before, and the menu made through the API."""
