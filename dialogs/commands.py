"""The words that work everywhere. Only a whole message is one: a command inside an answer is not (design §3)."""

import datetime as dt
import re
from enum import Enum

from dialogs.folding import plain_words, plainly
from dialogs.numerals import read_number


class CommandWord(Enum):
    """What the person wants the conversation to do."""

    BACK = "上一步"
    SKIP = "跳过"
    HELP = "帮助"
    STATUS = "已填"
    RESTART = "重来"
    CANCEL = "取消"
    HUMAN = "人工"
    END_HUMAN = "结束人工"
    PROGRESS = "进度"
    URGE = "催一下"
    RATE = "评价"
    SUPPLY = "补材料"
    MORE = "更多"
    APPLY = "报装"
    TASKS = "任务"
    HELLO = "你好"
    MATTERS = "我的办件"
    NEW = "再报一件"
    ROLE = "切换身份"
    MINE = "我的信息"
    ERASE = "删除我的信息"
    UNDO = "撤销"
    WITHDRAW = "撤回申请"
    RESUME = "恢复办理"
    THANKS = "谢谢"


_SPOKEN: dict[CommandWord, str] = {
    CommandWord.BACK: "上一步 返回 回到上一步 退回 上一个 返回上一步 上一题 后退",
    CommandWord.SKIP: "跳过 不改 不用改 先跳过 略过 下一个 下一题 后面补 以后补 后补 先不填 暂时没有 稍后补 后面再补 以后再说",
    CommandWord.HELP: (
        "帮助 帮忙 怎么填 什么意思 啥意思 不懂 不明白 看不懂 HELP 怎么弄 这是什么意思 这是啥意思 ? 说明 "
        "这是什么 这是啥 是什么 是啥"
    ),
    CommandWord.STATUS: "已填 看看已填 已填内容 填了什么 填了哪些 查看已填 看已填 我填了什么 我填的",
    CommandWord.RESTART: "重来 重新来 重新填 从头来 重新开始 全部重填 重填",
    CommandWord.CANCEL: "取消 不办了 不报了 取消申请 取消报装 退出 算了 算了不办了 我不办了",
    CommandWord.HUMAN: "人工 转人工 人工服务 找人工 客服 联系客服 人工客服 找人 打电话",
    CommandWord.END_HUMAN: "结束人工 退出人工 结束人工服务 结束人工会话 不用人工了 不要人工了 取消人工 关闭人工 人工结束",
    CommandWord.PROGRESS: (
        "进度 查进度 办理进度 办到哪了 到哪一步了 查询进度 进度查询 我的进度 "
        "什么时候来 啥时候来 什么时候上门 啥时候上门 办得怎么样了 办好了吗 办好了没 办好没有"
    ),
    CommandWord.URGE: (
        "催一下 催 催办 催单 催一催 催催 我要催办 帮我催一下 帮我催催 麻烦催一下 请催一下 再催一下 催一下办件 "
        "怎么还没人联系我 怎么还没人联系 怎么没人联系我 还没人联系我 没人联系我 一直没人联系我 到现在没人联系我 "
        "怎么还不来 怎么还没来 怎么还没人来 怎么没人来 还没人来 怎么还没弄 怎么还没办 怎么还没办好 怎么还没动静 "
        "怎么没动静 能不能快点 能快点吗 快点 快一点 太慢了 怎么这么慢 等了好几天了 等好几天了 没人管"
    ),
    CommandWord.RATE: "评价 我要评价 去评价 评价一下 评一下 改评价 修改评价 更改评价 重新评价 给评价 打分",
    CommandWord.SUPPLY: "补材料 补交材料 交材料 补资料 补交资料 补件 补正 补交 还差什么 还差啥 还缺什么 还缺啥 还要补什么",
    CommandWord.MORE: "更多 下一页 继续看 往下看",
    CommandWord.APPLY: "报装 我要报装 联合报装 我要申请 申请 开始 开始报装 办理 我要办理 我要办",
    CommandWord.MATTERS: "我的办件 办件 我的申请 我的报装 所有办件 全部办件 别的办件 换一件 看看办件",
    CommandWord.NEW: "再报一件 另报一件 新报一件 再来一件 新申请 另外报一件 报一件新的 报新的",
    CommandWord.ROLE: "切换身份 换身份 切换角色 换角色 转换身份",
    CommandWord.TASKS: "任务 我的任务 待办 工单 我的工单",
    CommandWord.MINE: "我的信息 我的资料 我的个人信息 个人信息 查看我的信息 看我的信息 你们有我的什么信息 更正 我要更正 更正信息",
    CommandWord.ERASE: "删除我的信息 删掉我的信息 删除我的资料 删除个人信息 删除我的个人信息 清除我的信息 删除信息 删信息",
    CommandWord.UNDO: (
        "撤销 撤回 撤销上一条 撤回上一条 撤销刚才的 撤回刚才的 不对,撤回 不对撤回 不对,撤销 刚才的不算 刚才那条不算 刚才说的不算 "
        "改回去 改回来 改回去吧 还是改回去 还是改回去吧 改回原来的 刚才那个不改了 刚才的不改了 刚才改的不算 "
        "不改了还按原来的 不改了按原来的 还按原来的 还是按原来的 还是按原来的吧 还是按之前的 恢复原来的 恢复原样 "
        "刚才的都不算 上一条不算 上条不算 刚说的不算 前面那条不算 刚才发错了 上一条发错了 刚才那条发错了 发错了"
    ),
    CommandWord.WITHDRAW: (
        "撤回申请 撤回办件 撤回报装 撤销申请 撤销办件 撤件 退件 撤回我的申请 申请撤回 我要撤回 要撤回 想撤回 "
        "不想办了 不装了 不要装了 不想装了 不办理了"
    ),
    CommandWord.RESUME: "恢复办理 恢复申请 恢复办件 恢复报装 继续办理 撤回的恢复 还是要办 还是想办 又想办了 不撤回了 取消撤回",
    CommandWord.THANKS: "谢谢 谢谢您 谢谢你 多谢 感谢 辛苦了 麻烦您了",
    CommandWord.HELLO: "你好 您好 在吗 在不在 HI HELLO 嗨 喂 早上好 上午好 下午好 晚上好 有人吗",
}
_BY_WORD = {plain_words(word): command for command, words in _SPOKEN.items() for word in words.split()}
_ROW = re.compile(
    r"(再加|加|改|修改|删|删除|删掉|去掉)(?:一|上)?第?([0-9一二三四五六七八九十]+)?(?:台|行|个|条|项|种)?(?:设备)?"
)
_ITEM = re.compile(r"(?:改|修改|更改|换)(?:一下)?第?([0-9]{1,3})(?:项|条)?")
_BARE_ITEM = re.compile(r"第?([0-9]{1,3})(?:项|条)?")
_CHANGE = re.compile(r"(?:我?要)?(?:改|修改|更改|改一下|换)(?:一下)?(.{2,30})")
_BINDING = re.compile(r"绑定:?([0-9A-Z]{6,12})")
_DIRECTORY = re.compile(r"(?:查|看)?(?:通讯录|联络表)([\u4e00-\u9fff]{0,20})")
_BULLETIN = re.compile(
    r"(?:(本|这个|上|上个|[0-9]{1,2})月份?的?)?(?:月报|通报)|(?:月报|通报):?(本|这个|上|上个|[0-9]{1,2})月份?"
)
_SECTION = re.compile(r"(?:看|展开|查看)(.+)")


def command(text: str) -> CommandWord | None:
    """The command this whole message is, or None."""
    bare_text = text.strip()
    if bare_text in ("?", "？", "??", "？？"):
        return CommandWord.HELP
    words = plain_words(text)
    return _BY_WORD.get(words) or _BY_WORD.get(words.removeprefix("我要").removeprefix("我想"))


_NOTED = plainly({"好", "好的", "收到", "知道了", "嗯", "嗯嗯", "行", "明白", "明白了", "可以", "OK", "没事", "没事了"})


def noted(text: str) -> bool:
    """好的, 收到: nothing is asked and nothing is wanted."""
    return plain_words(text) in _NOTED


def row_command(text: str) -> tuple[str, int | None] | None:
    """再加一台 / 改第2行 / 删第1行 as (`add` | `change` | `remove`, number from 1)."""
    words = plain_words(text)
    match = _ROW.fullmatch(words)
    if match is None:
        return None
    verb, digits = match.groups()
    number = read_number(digits) if digits else None
    if verb in ("再加", "加"):
        return ("add", None)
    how = "change" if verb in ("改", "修改") else "remove"
    return (how, int(number)) if number is not None else None


def item_number(text: str, *, bare: bool) -> int | None:
    """The item of the review card that is to be changed: 改12, and where the card is open (`bare`) 12 or 第12项 too."""
    words = plain_words(text)
    match = _ITEM.fullmatch(words) or (_BARE_ITEM.fullmatch(words) if bare else None)
    return int(match[1]) if match else None


def changes(text: str) -> str | None:
    """What 改/修改 names: 改联系电话 -> 联系电话."""
    match = _CHANGE.fullmatch(plain_words(text))
    return match[1] if match else None


def unfolds(text: str) -> str | None:
    """Which section of the review card is to be shown: 看用水, 看 2."""
    match = _SECTION.fullmatch(plain_words(text))
    return match[1] if match else None


def bulletin(text: str, today: dt.date) -> dt.date | None:
    """通报, 上月通报, 通报10月: the first day of the month that is meant, this one or the last of that number."""
    match = _BULLETIN.fullmatch(plain_words(text))
    if match is None:
        return None
    said = match[1] or match[2] or "本"
    first = today.replace(day=1)
    if said in ("上", "上个"):
        return (first - dt.timedelta(days=1)).replace(day=1)
    if not said.isdecimal():
        return first
    month = int(said)
    return dt.date(today.year - (month > today.month), month, 1) if 1 <= month <= 12 else None


def directory(text: str) -> str | None:
    """通讯录, 通讯录 供水公司: the words of the bodies that are meant, empty for all; None for anything else."""
    match = _DIRECTORY.fullmatch(plain_words(text))
    return (match[1] or "") if match else None


def binding(text: str) -> str | None:
    """绑定 K7P2Q9: the one-time code by which staff are bound to this person."""
    match = _BINDING.fullmatch(plain_words(text))
    return match[1] if match else None
