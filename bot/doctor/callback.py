"""Whether the platform finds us: what it says itself."""

from bot.channels.wechat.results import Failed, Refusal
from bot.doctor import places
from bot.doctor.answers import Reached
from bot.doctor.finding import Check, Finding, State, act, good, unseen
from bot.doctor.refusals import failed

_NOT_SET = 40201


def judged(found: Reached | Failed, address: str, greeting: State) -> Finding:
    """网络通信检测 (callback/check): it looks up the name in the address set in the console, and pings once each address found.
    Many servers answer no ping, so a lost one is proof only where our own request (`greeting`) was not answered either.
    `address`: what is to be set there.
    """
    if isinstance(found, Refusal) and found.code == _NOT_SET:
        return act(
            Check.CALLBACK,
            "后台还没有填推送地址，微信不知道把消息送到哪里",
            f"{places.PUSH} → 消息推送：URL 填 {address}",
            "Token、EncodingAESKey 照清单里的 token、aes_key 填，加密方式选“安全模式”，数据格式 XML",
            "先让程序运行着再点“提交”：微信会当场来验证一次",
        )
    if not isinstance(found, Reached):
        return failed(Check.CALLBACK, found)
    if not found.dns:
        return act(
            Check.CALLBACK,
            "微信解析不到后台填的推送地址的域名",
            f"{places.PUSH}：看 URL 里的域名有没有写错，应该是 {address}",
            "到买域名的地方看解析（A 记录）有没有指到这台服务器，刚改的要等一会",
        )
    lost = [one.ip for one in found.ping if one.package_loss.strip() != "0%"]
    seen = "、".join(one.ip for one in found.dns)
    if not lost:
        return good(Check.CALLBACK, f"微信找得到，地址是 {seen}")
    if greeting is State.ACT:
        return act(
            Check.CALLBACK,
            f"微信解析到 {seen}，敲 {'、'.join(lost)} 的门没有人应；我们自己也没有走通“接入验证”",
            "先解决“接入验证”",
            "看这个地址是不是这台服务器（或反向代理）的；云服务器的安全组放行 80、443",
        )
    return unseen(
        Check.CALLBACK,
        f"微信解析到 {seen}，ping 不到 {'、'.join(lost)}；多半是服务器不应 ping，不要紧",
        "看地址对不对；对的话不用管",
    )
