"""Where things are set: the platform's two consoles and ours.

What developers set has moved from 公众平台 to 微信开发者平台 (document: 服务号「开发接口管理」升级说明).
"""

from typing import Final

_DEVELOPERS: Final = "微信开发者平台（developers.weixin.qq.com/platform，管理员用微信扫码）→ 我的业务 → 服务号 → "
KEYS: Final = f"{_DEVELOPERS}基础信息 → 开发密钥"
PUSH: Final = f"{_DEVELOPERS}基础信息 → 域名与消息推送配置"
DOMAINS: Final = f"{PUSH} → 域名（有的号还在微信公众平台 → 设置与开发 → 账号设置 → 功能设置）"
RIGHTS: Final = f"{_DEVELOPERS}接口管理 → 接口权限与额度"
VERIFIED: Final = "微信公众平台（mp.weixin.qq.com）→ 设置与开发 → 账号设置 → 认证详情"
TEMPLATES: Final = "微信公众平台（mp.weixin.qq.com）→ 模板消息（没有这一项，先在“新的功能”里添加）"
SUBSCRIPTIONS: Final = "微信公众平台（mp.weixin.qq.com）→ 订阅通知（没有这一项，先在“新的功能”里添加）"
NOTICES: Final = "微信公众平台（mp.weixin.qq.com）→ 右上角的通知"
FILE: Final = "公众号清单（LIANBAN_ACCOUNTS 指的文件）"
