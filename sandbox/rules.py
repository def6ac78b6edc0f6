"""What the stand-in platform enforces, each rule with the code it answers and where it is written (docs/platform.md is made of it).

`document` names a section of the platform's own documentation, `codes` its list of return codes (全局返回码), `seen` what was observed.
"""

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from .orders import ENTERED, FAULTS, SMS, STANDING

Source = Literal["document", "codes", "seen"]


class Rule(NamedTuple):
    """One rule: what it says, the codes it answers (none: it is not about a refusal), and its source."""

    says: str
    codes: tuple[int | str, ...]
    source: Source
    section: str


RULES: Final[dict[str, tuple[Rule, ...]]] = {
    "令牌": (
        Rule(
            "stable_token 反复取都是同一个，剩下不到 5 分钟才换新的；force_refresh 立即换，旧的马上失效",
            (),
            "document",
            "获取稳定版接口调用凭据",
        ),
        Rule("token 每取一次换一个，旧的再用 5 分钟；和 stable_token 互不影响", (), "document", "获取接口调用凭据"),
        Rule("有效 7200 秒，至少要存得下 512 个字符", (), "document", "获取接口调用凭据"),
        Rule("没带", (41001,), "codes", "全局返回码"),
        Rule("样子不对：有字母、数字、横线以外的字符", (40014,), "codes", "全局返回码"),
        Rule("不认识，或者已经换掉", (40001,), "codes", "全局返回码"),
        Rule("过期", (42001,), "codes", "全局返回码"),
        Rule("取令牌时 grant_type、appid、appsecret 不对", (40002, 40013, 40125), "codes", "全局返回码"),
    ),
    "账号": (
        Rule("来的地址不在白名单；取令牌也查", (40164,), "codes", "全局返回码"),
        Rule("接口被封", (48004,), "codes", "全局返回码"),
        Rule("没有这个接口的权限", (48001,), "codes", "全局返回码"),
        Rule("一分钟里太多", (45011,), "codes", "全局返回码"),
        Rule("一天里太多，半夜清零；clear_quota 也清", (45009,), "document", "接口调用频次限制说明"),
        Rule("quota/get 说一天能用多少、用了多少", (), "document", "查询 API 调用额度"),
        Rule("quota/get 问的路径要从 / 写起；没有权限的路径不说", (76003, 76022), "document", "查询 API 调用额度"),
        Rule("getaccountbasicinfo 只给第三方平台用授权来的令牌问，账号自己问就是没有权限", (48001,), "document", "获取基本信息"),
        Rule("callback/check 查推送地址的域名，一个一个敲门；没有填推送地址", (40201,), "document", "网络通信检测"),
        Rule("callback/check 的 action、check_operator 只有那几种", (40202, 40203), "document", "网络通信检测"),
        Rule("没有这个接口", (40066,), "codes", "全局返回码"),
    ),
    "客服消息": (
        Rule("对方发一条消息：48 小时里 5 条", (45015, 45047), "document", "客服消息"),
        Rule("点菜单、点消息里的链接：1 分钟里 3 条，不开 48 小时", (45015, 45047), "document", "客服消息"),
        Rule("关注、扫码：1 分钟里各 3 条", (45015, 45047), "document", "客服消息"),
        Rule("先用最早过期的；内容不对的不算用掉", (), "seen", "沙箱自己的选择"),
        Rule("没关注", (43004,), "codes", "全局返回码"),
        Rule("不是这个号的 openid", (40003,), "codes", "全局返回码"),
        Rule("公众号拉黑了他", (43019,), "codes", "全局返回码"),
        Rule("对同一个人发得太勤", (43117,), "codes", "全局返回码"),
        Rule("种类只认 text、image、news、msgmenu", (40008,), "codes", "全局返回码"),
        Rule("内容空；图文没有标题", (44004, 44003), "codes", "全局返回码"),
        Rule("文字超过 2048 字节；图文超过一条", (45002, 45008), "codes", "全局返回码"),
        Rule("msgmenu 有的号用不了；菜单没有选项", (40200, 40201), "seen", "客服消息"),
        Rule("不是 JSON，缺少该种类的内容", (47001,), "codes", "全局返回码"),
    ),
    "正在输入": (
        Rule("30 秒里有过互动才能用", (45080,), "codes", "全局返回码"),
        Rule("亮 15 秒，亮着不能再发", (45081,), "codes", "全局返回码"),
        Rule("只有 Typing、CancelTyping", (45072,), "codes", "全局返回码"),
    ),
    "模板消息、订阅通知": (
        Rule("模板编号不是这个号的", (40037,), "codes", "全局返回码"),
        Rule(
            "thing 20 字，character_string 32 个没有汉字，number、letter 32 位，symbol 5 个，phrase 5 个汉字，"
            "name 10 个汉字或 20 个字母，phone_number 17 位，car_number 8 位，amount 10 位加币种，"
            "time、date 是 24 小时制的时间和日子，const 是登记过的词；不能有换行、表情。"
            "哪一栏不对写在 errmsg 里",
            (47003,),
            "document",
            "模板消息·参数值限制",
        ),
        Rule("get_all_private_template 不列类目模板，能发", (), "seen", "社区里官方的答复"),
        Rule("登记过的栏都要有值；first、remark 不再显示", (47003,), "document", "模板消息"),
        Rule("同一个人、同一个 client_msg_id，10 分钟里只发一次，答同一个 msgid", (), "document", "模板消息"),
        Rule("发出后另推 TEMPLATESENDJOBFINISH：success，或他拒收的 failed:user block", (), "document", "模板消息"),
        Rule("一次性订阅：同意一次发一条，发完再发就拒；同意几次攒几条，什么时候发都行", (43101,), "document", "订阅通知"),
        Rule("长期订阅：同意一次一直能发；政务民生可以申请", (43101,), "document", "订阅通知"),
        Rule("订阅通知没有 client_msg_id，发两次就是两条", (), "document", "订阅通知·接口说明"),
        Rule("订阅通知的模板另有一份清单：gettemplate，type 2 是一次性，3 是长期", (), "document", "订阅通知·接口说明"),
        Rule("订阅模板编号不是这个号的", (40037,), "document", "订阅通知·接口说明"),
        Rule("页面上的按钮（wx-open-subscribe）一次最多问 3 个模板，每个自己选允许、拒绝", (), "document", "开放标签·服务号订阅通知"),
        Rule("勾了“总是保持以上选择”：以后不再弹窗，照那次的选择；要改到设置里改", (), "document", "小程序订阅消息·注意事项"),
        Rule("不弹窗也推弹窗的事件；弹窗里拒绝，以前攒的还能发", (), "seen", "沙箱自己的选择"),
        Rule("在设置里关掉：攒的、长期的都不能发了，再问也不弹窗；再打开才弹", (43101,), "document", "订阅通知·事件推送"),
        Rule("取消关注：攒的、长期的都没有了", (43101,), "seen", "沙箱自己的选择"),
        Rule("弹窗里同意和拒绝（subscribe_msg_popup_event，页面里的 PopupScene 是 1）、设置里关掉（subscribe_msg_change_event，只推拒绝）、"
             "发完（subscribe_msg_sent_event）各有事件；一项时 List 是一个，几项是几个", (), "document", "订阅通知·事件推送"),
    ),
    "网页": (
        Rule(
            "connect/oauth2/authorize：参数要按 appid、redirect_uri、response_type、scope、state 的次序，redirect_uri 要编码，"
            "不然“该链接无法访问”；少了哪一个，页面上说哪一个",
            (10012, 10011, 10010, 10013),
            "document",
            "网页授权·用户同意授权，获取code",
        ),
        Rule("redirect_uri 的域名要是后台填的网页授权域名：整个名字，不带协议、端口，下一级的不算", (10003,), "document", "网页授权"),
        Rule("scope 只给 snsapi_base：不弹页面，直接带着 code、state 回去", (10005,), "document", "网页授权"),
        Rule("state 只能是字母和数字，最多 128 字节", (), "document", "网页授权"),
        Rule("不在微信里打开的：请在微信客户端打开链接；AppID 不认识", (40013,), "seen", "网页授权"),
        Rule("code 五分钟有效，用一次；不是这个号的；用过；过期", (40029, 40163, 42003), "codes", "全局返回码"),
        Rule("换 code 时少了 appid、secret、code", (41002, 41004, 41008), "codes", "全局返回码"),
        Rule("换 code 时 grant_type、appid、secret 不对", (40002, 40013, 40125), "codes", "全局返回码"),
        Rule("换来的 access_token 不是接口用的那一个；同一个人在每个号里 openid 不同", (), "document", "网页授权·通过 code 换取"),
        Rule("getticket：type 只认 jsapi；7200 秒", (40097,), "document", "JS-SDK 附录1"),
        Rule("getticket 反复取都是同一个，剩下不到 5 分钟才换", (), "seen", "沙箱自己的选择"),
        Rule("wx.config 的签名按当前网页的网址（# 以前）算，每一个都要对：config:invalid signature", (), "document", "JS-SDK 附录5"),
        Rule("网址的域名要是后台填的 JS接口安全域名：config:invalid url domain", (), "document", "JS-SDK 附录5"),
        Rule("不在微信里打开的，wx.config 没有下文", (), "seen", "JS-SDK"),
        Rule("wx-open-subscribe 要在 openTagList 里申请；点了弹出允许、取消，结果在 success 里", (), "document", "开放标签"),
        Rule(
            "订阅：没有模板，没有送到，模板不是这个号的，一次性的和长期的一起问，超过三个，他关了主开关",
            (10001, 10003, 20001, 20002, 20003, 20004),
            "document",
            "订阅消息·错误码",
        ),
    ),
    "消息推送": (
        Rule("明文、兼容、安全三种；签名 sha1，密文 AES-256-CBC，填充到 32 的倍数", (), "document", "消息加解密说明"),
        Rule("5 秒没有答，断开再推，一共三次，同一个 MsgId，同一份正文", (), "document", "接收普通消息"),
        Rule("答 success 或空：什么都不显示；答别的、答错：该公众号暂时无法提供服务", (), "document", "被动回复"),
        Rule("文字回复 2048 字节；回给消息的图文一条", (), "document", "被动回复"),
        Rule("正文里的网址照样写着，手机上自己变成链接", (), "seen", "微信客户端"),
        Rule("语音识别结果是空的", (), "seen", "接收语音识别结果"),
        Rule("不是每个号都给菜单链接的编号", (), "seen", "客服消息"),
    ),
    "菜单、二维码、素材": (
        Rule(
            "菜单三个以内，下面各五个以内；名字、键、网址的长度；种类",
            (40016, 40017, 40018, 40019, 40020, 40023, 40025, 40055),
            "codes",
            "自定义菜单",
        ),
        Rule("还没有菜单", (46003,), "codes", "全局返回码"),
        Rule("小程序按钮要有 url、appid、pagepath；素材按钮要有 media_id 或 article_id", (40013, 40007), "document", "自定义菜单"),
        Rule(
            "get_current_selfmenu_info 说正在用的菜单，不管怎么建的：接口建的照建时的样子，下一级放在 sub_button.list 里；"
            "后台建的还有 text、img、voice、video、news，这几种 menu/create 不收（40017）",
            (40017,),
            "document",
            "查询自定义菜单信息",
        ),
        Rule("菜单没有开：is_menu_open 是 0", (), "document", "查询自定义菜单信息"),
        Rule("get_current_autoreply_info 说后台设的自动回复；没有设置它们的接口", (), "document", "获取自动回复规则"),
        Rule("临时码最长 30 天，scene_str 1 到 64 个字；永久码十万个", (40052, 40053, 45029), "document", "生成带参数的二维码"),
        Rule("临时素材存三天，过期、不认识都是 HTTP 200 加错误码", (40007,), "document", "获取临时素材"),
        Rule("上传的种类；没有文件，文件是空的", (40004, 41005, 44001), "codes", "新增临时素材"),
        Rule("图片 10MB，JPG、PNG、GIF；缩略图 64KB，JPG；语音 2MB，视频 10MB", (40009, 40006, 40005), "document", "新增临时素材"),
        Rule("客服消息的图片要是传上去的图片", (40007,), "seen", "沙箱自己的选择"),
    ),
    "识别证件照片": (
        Rule(
            "cv/ocr/idcard、bizlicense、comm：POST，form-data 的 img，或网址参数 img_url；身份证一次一面，type 是 Front 或 Back",
            (),
            "document",
            "OCR·身份证识别、营业执照识别、通用印刷体识别",
        ),
        Rule("要小于 2M；别的码没有写，答什么是沙箱自己的选择", (40006,), "document", "OCR·图片说明"),
        Rule("既没有 img，也没有 img_url", (41005,), "seen", "社区里的问答"),
        Rule("img_url 取不到，或者不是图片", (101000,), "codes", "全局返回码"),
        Rule("照片上没有这种证件；普通照片用 comm 问，答空的 items", (101001,), "codes", "全局返回码"),
        Rule(
            "服务市场里领的免费次数每天 100 次，几种证件合在一起算；用完 101002，没有领过 101003，errmsg 都是 not enough market quota",
            (101002, 101003),
            "seen",
            "社区里的问答；合在一起算是沙箱自己的选择",
        ),
        Rule("读得出的只有沙箱自己画的证件（示例身份证、示例执照），上面的字存在 PNG 的 iTXt 里", (), "seen", "沙箱自己的选择"),
    ),
    "企业微信：令牌、发消息": (
        Rule("gettoken：有效期内反复取都是同一个，7200 秒，最长 512 个字符", (), "document", "企业微信·获取access_token"),
        Rule("没写企业编号、没写密钥；企业编号不对、密钥不对", (41002, 41004, 40013, 40001), "codes", "企业微信·全局错误码"),
        Rule("令牌：没带，不认识或者已经换掉，过期", (41001, 40014, 42001), "codes", "企业微信·全局错误码"),
        Rule("没写应用编号；没有这个应用；令牌是别的应用的", (41011, 40056, 301002), "codes", "企业微信·全局错误码"),
        Rule("收的人都不存在、都不在可见范围", (81013,), "document", "企业微信·发送应用消息"),
        Rule("一部分不存在：照发，invaliduser 里说是谁，统一转成小写", (), "document", "企业微信·发送应用消息"),
        Rule("不是 JSON", (47001,), "codes", "企业微信·全局错误码"),
        Rule("种类只认 text、image、file、template_card；文字为空", (40008, 44004), "codes", "企业微信·全局错误码"),
        Rule("文字 2048 字节，超过的截掉", (), "document", "企业微信·发送应用消息"),
        Rule(
            "enable_duplicate_check：同样的请求，duplicate_check_interval 秒里不重复收到，默认 1800，最多 14400；"
            "先查这一条，再看 task_id",
            (40058,),
            "document",
            "企业微信·发送应用消息",
        ),
        Rule(
            "每个应用对同一个成员一分钟 30 条、一小时 1000 条，超过的悄悄丢掉，照样答 ok；丢起来就丢满一分钟、一小时",
            (),
            "document",
            "企业微信·访问频率限制",
        ),
        Rule("没有这个接口", (40066,), "seen", "沙箱自己的选择"),
    ),
    "企业微信：素材": (
        Rule("临时素材存三天，同一企业的应用都能用；过期、不认识", (40007,), "document", "企业微信·上传临时素材"),
        Rule("上传的种类；没有文件，文件是空的", (40004, 41005, 44001), "codes", "企业微信·全局错误码"),
        Rule(
            "都要多于 5 字节：图片 10MB，JPG、PNG；语音 2MB，AMR；视频 10MB；文件 20MB",
            (40009, 40006, 40005),
            "document",
            "企业微信·上传临时素材",
        ),
        Rule("文件消息里显示的名字是上传时的 filename", (), "document", "企业微信·上传临时素材"),
        Rule("图片消息、文件消息的素材要是照那个种类传的", (40007,), "seen", "沙箱自己的选择"),
    ),
    "企业微信：按钮卡片": (
        Rule("card_type 不对；主标题没写", (42031, 41016), "codes", "企业微信·全局错误码"),
        Rule("task_id 没写、太长（128 字节）、有别的字符（只能是字母、数字、_-@）、用过", (42014,), "codes", "企业微信·全局错误码"),
        Rule("按钮一到六个", (40016,), "document", "企业微信·按钮交互型"),
        Rule("按钮没有字；key 没写、超过 1024 字节、重复", (42038, 42039), "codes", "企业微信·全局错误码"),
        Rule("horizontal_content_list 超过六行；没有 keyname", (42035, 42027), "codes", "企业微信·全局错误码"),
        Rule(
            "建议的字数：标题 36，标题说明 44，正文 160，按钮 10，行名 5，行值 30；沙箱里多出来的看不见",
            (),
            "document",
            "企业微信·按钮交互型",
        ),
        Rule("发送、点按各给一个 response_code，用一次，72 小时；用过、过期、不认识", (60140,), "document", "企业微信·更新模版卡片消息"),
        Rule("更新要有按钮文案、要说给谁更新", (40058,), "document", "企业微信·更新模版卡片消息"),
        Rule("点了推 template_card_event，带 EventKey、TaskId、CardType、ResponseCode", (), "document", "企业微信·模板卡片事件推送"),
    ),
    "企业微信：回调、群机器人": (
        Rule(
            "总是加密，只有 msg_signature，ReceiveId 是 CorpID；验证网址的 echostr 也加密，1 秒里答明文，不带引号、换行",
            (),
            "document",
            "企业微信·回调配置",
        ),
        Rule("5 秒没有答，断开再推，一共三次；只有 200 算收到；不回复就答空", (), "document", "企业微信·接收消息与事件"),
        Rule("能答消息的事件：关注、进入应用、位置、菜单；点了卡片只能答这张卡片的更新", (), "document", "企业微信·被动回复消息格式"),
        Rule("被动回复的文字 2048 字节，超过的截掉；答错了成员什么也看不到", (), "document", "企业微信·被动回复消息格式"),
        Rule("群机器人：key 不对", (93000,), "codes", "企业微信·全局错误码"),
        Rule("群机器人：一分钟 20 条", (45009,), "document", "企业微信·群机器人配置说明"),
        Rule("群机器人：text 2048 字节，markdown 4096 字节", (40058,), "document", "企业微信·群机器人配置说明"),
    ),
    "短信网关": (
        Rule(
            "POST /sms/send，JSON 的 mobile、content、msgId，Authorization: Bearer 密钥；答 code、message、smsId",
            (),
            "seen",
            "沙箱自己的选择",
        ),
        Rule("密钥不对（HTTP 401）", ("AUTH",), "seen", "沙箱自己的选择"),
        Rule("不是 JSON，缺 mobile、content，msgId 不是字母数字（HTTP 400）", ("FORMAT",), "seen", "沙箱自己的选择"),
        Rule("不是 11 位手机号", ("MOBILE",), "seen", "沙箱自己的选择"),
        Rule("不以登记的签名【联办沙箱】开头，或者还有一个【", ("SIGN",), "seen", "各家的签名要报备"),
        Rule("超过 500 字", ("LENGTH",), "seen", "各家长短信的上限"),
        Rule("他退订了", ("BLACK",), "seen", "各家的退订名单"),
        Rule("同一个号码 1 分钟 1 条、1 小时 5 条、1 天 10 条", ("MINUTE", "HOUR", "DAY"), "seen", "各家的流控"),
        Rule("同一个 msgId 10 分钟里只发一次，答同一个 smsId", (), "seen", "有的网关有，多数没有"),
    ),
}  # fmt: skip

_SOURCES: Final[dict[Source, str]] = {"document": "官方文档", "codes": "官方返回码", "seen": "观察"}


def page() -> Iterator[str]:
    """The document, line by line."""
    yield "# 模拟的微信平台"
    yield ""
    yield "由 `python -m sandbox --rules` 按 `sandbox/rules.py` 写出，不要手改。"
    yield ""
    yield "`make run` 带着它；单独用：`python -m sandbox --config 账号.json --port 8081 --product http://127.0.0.1:8080`，"
    yield "只听本机。路径、参数、答复和微信的一样，错误都是 HTTP 200 加 `errcode`，`errmsg` 末尾有 `rid`。"
    yield "账号文件的样子见 `sandbox/default.json`。企业微信的接口在 `/qyapi` 下面，成员的手机和别的手机排在一起。"
    yield "时间可以往后拨，限额、令牌、素材跟着走。页面上的手机能做的，`POST /sandbox/phones/<账号>/<openid>/<动作>` 也能做。"
    yield "聊天里的网页链接在他自己手机的浏览器里打开：`GET /sandbox/phones/<账号>/<openid>/open?url=…`；别处打开的，就是不在微信里。"
    for title, rules in RULES.items():
        yield ""
        yield f"## {title}"
        yield ""
        yield "| 规矩 | 错误码 | 出处 |"
        yield "|---|---|---|"
        for rule in rules:
            codes = "、".join(map(str, rule.codes))
            yield f"| {rule.says} | {codes} | {_SOURCES[rule.source]}：{rule.section} |"
    yield from _orders(
        "出故障", "`POST /sandbox/faults/<账号>`，每个路径一条，后说的替前面的；`*` 是所有接口。", FAULTS
    )
    yield from _orders(
        "短信网关的处境",
        "`POST /sandbox/sms` 说谁退订了，`POST /sandbox/sms/faults` 说出什么故障（同上，不用写 path）；"
        "`GET /sandbox/sms` 看发出的短信。",
        SMS,
    )
    yield from _orders("账号的处境", "`POST /sandbox/standing/<账号>`，不说的就不管。", STANDING)
    yield from _orders("公众号后台", "`POST /sandbox/selfmenu/<账号>`，写的就是那两个接口的答复。", ENTERED)


def _orders(title: str, about: str, orders: tuple[tuple[str, str], ...]) -> Iterator[str]:
    yield ""
    yield f"## {title}"
    yield ""
    yield about
    yield ""
    yield "| 这样说 | 就这样 |"
    yield "|---|---|"
    for order, what in orders:
        yield f"| `{order}` | {what} |"
