"""Plays a transcript on a stage and writes down what the program makes of it.

Speech is `申请人> 水和电`; in brackets: [点 2] [点 可以] a tap on the newest such choice, [旧点 新装] on the oldest,
[图片 证.png] [位置 35.1,113.8 某路] [语音 …] [关注] [关注 lianban-at-hall] [取关] [菜单 apply] [其他 link] [空] [重发] (the last message again),
[证件 name=李示例；number=…] the photo of a card on which that stands, [证件 !none] of none (see `stage.PaperReader`),
[提议 water_nature=卖早点→非居民生活；… 我们是卖早点的] words with what an extractor proposes for them.
`before: 水 | 1 | 1` in the header is said by 申请人 first and not shown; `drafts: 40` gives him 40 open drafts, and no room for more. `mornings: yes`: the digests of mornings are told. Directions: `+2天` `+3小时` `+10分` move the clock; `! 只收卡片` `! 办件系统断开` `! 办件系统恢复` `! 补办`; `! 到点`; `! 指派 用气业务 港华专员`; `! 勘验部门 规划局 园林中心` `! 代填 规划局 张示例 符合` `! 加办 燃气 项目=内容` by the window;
`! 撤回 用水报装 原因` `! 预告终止 用水报装 原因` `! 终止 用水报装` `! 恢复 用水报装`: the window does it;
`! 电话报装 办理业务=水、电；联系电话=…`: the hotline hands it in for 申请人;
`! 来电登记 水 | 王示例`: the hotline fills in what a caller says and registers nothing; `! 交接码` for it, or for the last case;
`! 热线 接手` `! 热线 结束人工` `! 热线 您好`: staff in the talk with 申请人; `! 离岗 供水管家` (供水管家乙 is a colleague of his);
`! 改版 …` changes the form (see `editions`); `! 同时 水 | 电` sends at once. Questions: `? 事件` `? 首问` `? 提交` `? 留有 1234`.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.channels.wechat.render import MAX_TEXT_BYTES, text_of
from dialogs.focus import (
    Focus,
    OnAmbiguous,
    OnConfirm,
    OnConsent,
    OnCopied,
    OnField,
    OnNotice,
    OnReview,
    OnRows,
    OnSure,
    focus,
)
from dialogs.visible import visible_fields
from handlers.hotline.inbox import Deed
from handlers.leaving import leave
from handlers.telephoning import applied_by_telephone
from handlers.window_adding import window_add
from handlers.wording.values import show
from model.calendar import CHINA
from model.case import Case
from model.command import Command, Do
from model.commands.ending import AnnounceEnd, Resume, Terminate, Withdraw
from model.commands.intake import Assign
from model.commands.sheet import ChooseDepartments, GiveRow
from model.conversation import Conversation
from model.county import County
from model.decision import Refused
from model.draft import Answer, Draft
from model.edition import form_of
from model.message import (
    Actor,
    Button,
    FollowMessage,
    LocationMessage,
    MenuMessage,
    Message,
    OtherMessage,
    PhotoMessage,
    Proposal,
    Reply,
    TextMessage,
    UnfollowMessage,
    Update,
    VoiceMessage,
)
from model.staff import Staff
from model.submission import Submission
from tests.transcripts.editions import edited
from tests.transcripts.enquiry_log import enquiry_log
from tests.transcripts.format import Step, Transcript, spoken
from tests.transcripts.stage import Pushed, Stage, people, set_up

APPLICANT = "o_applicant"
CALLER = "telephone:caller"
FAMILIES, GIVEN = "赵钱孙李周", "东南西北中春夏秋"
_BRACKETS = re.compile(r"\[(\S+)(?: (.*))?\]", re.DOTALL)
_MOVE = re.compile(r"\+(\d+)(天|小时|分)")
_UNITS = {"天": "days", "小时": "hours", "分": "minutes"}


async def play(transcript: Transcript, counties: dict[str, County], home: Path, template: Path) -> Transcript:
    """The same transcript with the program's answers of today."""
    county = counties[transcript.head["county"]]
    if most := transcript.head.get("drafts"):  # as many as there may be
        county = county.model_copy(update={"most_drafts": int(most)})
    now = dt.datetime.strptime(transcript.head["now"], "%Y-%m-%d %H:%M").replace(tzinfo=CHINA)
    player = Player(set_up(county, now, home, template), people(counties)[county.id])
    try:
        listed = transcript.head.get("stewards", "").split()
        for name in dict.fromkeys((*listed, *transcript.speakers, "申请人")):
            await player.enter(name)
        player.stage.now = now
        player.stage.tells_mornings = "mornings" in transcript.head
        await player.open_drafts(int(transcript.head.get("drafts", 0)))
        for said in filter(None, transcript.head.get("before", "").split("|")):
            async for line in player.step(Step(f"申请人> {said.strip()}")):
                assert not line.startswith("联办< 收到“"), f"{said}: {line}"
        steps = [Step(step.said, [line async for line in player.step(step)]) for step in transcript.steps]
    finally:
        await player.stage.close()
    return Transcript(transcript.title, transcript.head, steps, transcript.notes)


class Player:
    """The people of one transcript."""

    def __init__(self, stage: Stage, bodies: dict[str, tuple[str, str]]) -> None:
        self.stage = stage
        self._bodies = bodies
        self._persons: dict[str, str] = {}
        self._staff: dict[str, Staff] = {}
        self._taken_down = ""
        self._seen: dict[str, list[Reply]] = {}
        self._last: dict[str, Update] = {}

    async def enter(self, name: str) -> None:
        """Whoever speaks: a steward is bound first, anybody else is an applicant."""
        if name.removesuffix("乙") in self._bodies:
            staff = await self.stage.hire(*self._bodies[name.removesuffix("乙")], second=name.endswith("乙"))
            self._staff[name] = staff
            self._persons[name] = staff.person or ""
        else:
            self._persons[name] = APPLICANT + name.removeprefix("申请人")

    async def open_drafts(self, count: int) -> None:
        """So many clients of one agent, each with a name of his own."""
        for number in range(count):
            name = f"{FAMILIES[number // len(GIVEN)]}{GIVEN[number % len(GIVEN)]}示例"
            for said in ("再报一件", "用水", "个人", "同意", name):
                await self.stage.say(APPLICANT, TextMessage(text=said))

    async def step(self, step: Step):
        """The lines below one line of input."""
        kind = step.said[0]
        if kind == "+":
            number, unit = _MOVE.fullmatch(step.said).groups()
            async for delivered in self.stage.pass_until(self.stage.now + dt.timedelta(**{_UNITS[unit]: int(number)})):
                for line in (line for pushed in delivered for line in self._push(pushed)):
                    yield line
            lines = []
        elif kind == "?":
            lines = await self._asked(step.said[1:].strip())
        elif kind == "!":
            lines = await self._directed(step.said[1:].strip())
        else:
            lines = await self._speech(*step.speech)
        for line in lines:
            yield line
        for pushed in await self.stage.deliver():
            for line in self._push(pushed):
                yield line

    async def _speech(self, name: str, said: str) -> list[str]:
        person = self._persons[name]
        before = await self.stage.talk(person)
        if said == "[重发]":
            return await self._again(name)
        update, reply = await self.stage.say(person, self._message(person, said))
        self._last[name] = update
        after = await self.stage.talk(person)
        await self._same_again(update, reply, after)
        if reply.text or reply.buttons:
            self._seen.setdefault(person, []).append(reply)
        return [*self._shown(reply), *changes(self.stage.county, before, after)]

    async def _again(self, name: str) -> list[str]:
        update = self._last[name]
        first = await self.stage.book.said(f"{update.account}:{update.person}", update.key)
        again = await self.stage.turns.answer(update)
        return ["联办< （和上次的回复一样）"] if again == first else self._shown(again)

    async def _same_again(self, update: Update, reply: Reply, after: Conversation) -> None:
        """A redelivery, at any time, in any process, gets the same reply and changes nothing."""
        commits = self.stage.book.commits
        assert await self.stage.elsewhere.answer(update) == reply
        if not self.stage.core.away and not after.at_work:
            assert self.stage.book.commits == commits
            assert await self.stage.talk(update.person) == after

    def _message(self, person: str, said: str) -> Message:
        match = _BRACKETS.fullmatch(said)
        if match is None:
            return TextMessage(text=said)
        what, rest = match[1], match[2] or ""
        match what:
            case "点" | "旧点":
                button = self._button(person, rest, oldest=what == "旧点")
                return TextMessage(text=button.say, choice=button.id)
            case "图片":
                return PhotoMessage(media_id=f"{rest}#{len(self._last)}", name=rest)
            case "证件":
                return PhotoMessage(media_id=f"{rest}#{len(self._seen.get(person, []))}")
            case "位置":
                point, _, label = rest.partition(" ")
                latitude, longitude = map(float, point.split(","))
                return LocationMessage(latitude=latitude, longitude=longitude, label=label)
            case "语音":
                return VoiceMessage(text=rest)
            case "关注":
                return FollowMessage(scene=rest)
            case "空":
                return TextMessage(text=" ")
            case "提议":
                proposed, _, words = rest.partition(" ")
                return TextMessage(text=words, proposed=_proposals(proposed))
            case "取关":
                return UnfollowMessage()
            case "菜单":
                return MenuMessage(key=rest)
            case "其他":
                return OtherMessage(name=rest)
            case _:
                return TextMessage(text=said)

    def _button(self, person: str, wanted: str, *, oldest: bool) -> Button:
        seen = self._seen[person] if oldest else reversed(self._seen[person])
        for reply in seen:
            for button in reply.buttons:
                if wanted in (str(button.number), button.label, button.say, button.label.partition("（")[0]):
                    return button
        raise ValueError(f"nobody offered {wanted}")

    def _shown(self, reply: Reply, head: str = "联办<") -> list[str]:
        """As the person reads it; and it fits the channel whole."""
        text = text_of(reply)
        assert len(text.encode()) <= MAX_TEXT_BYTES
        assert "未能全部显示" not in text
        buttons = [f"[{'' if one.number is None else f'{one.number} '}{one.label}]" for one in reply.buttons]
        lines = [*filter(None, reply.text.split("\n")), *buttons, *filter(None, [reply.tail])]
        return spoken("\n".join(lines), head) if lines else [f"{head} （不说话）"]

    def _push(self, pushed: Pushed) -> Iterator[str]:
        if pushed.reply is None:
            yield f"→ 热线工单 {pushed.row.template}：{pushed.reason}"
            return
        self._seen.setdefault(pushed.person, []).append(pushed.reply)
        name = next((name for name, person in self._persons.items() if person == pushed.person), pushed.person)
        yield from self._shown(pushed.reply, f"→ {name}")

    async def _directed(self, what: str) -> list[str]:
        word, _, rest = what.partition(" ")
        match word:
            case "办件系统断开":
                self.stage.core.away = True
            case "办件系统恢复":
                self.stage.core.away = False
            case "只收卡片":
                self.stage.by_card = True
            case "补办":
                left = await self.stage.turns.settle(self.stage.county.id, APPLICANT)
                return [f"= 补办: {'办完了' if left else '还没办完'}"]
            case "到点":
                await self._tend()
            case "改版":
                self.stage.publish(edited(self.stage.county, rest))
            case "电话报装":
                return await self._by_telephone(rest)
            case "热线登记":
                return await self._by_telephone(rest, CALLER)
            case "来电登记":
                await self._take_down(rest.split(" | "))
            case "交接码":
                return await self._hand_over()
            case "热线":
                return await self._serves(rest)
            case "离岗":
                self.stage.now += dt.timedelta(seconds=20)
                leaver = self._staff[rest]
                await leave(self.stage.core, self.stage.staffing, self.stage.counties, leaver, self.stage.now)
            case "撤回" | "预告终止" | "终止" | "恢复":
                await self._end(word, *rest.partition(" ")[::2])
            case "指派":
                service, name = rest.split()
                await self._assign(service, name)
            case "勘验部门":
                return await self._window(ChooseDepartments(departments=tuple(rest.split())))
            case "加办":
                return await self._added(rest.split())
            case "代填":
                short, surveyor, opinion = rest.split()
                body = next(one.id for one in self.stage.county.bodies if one.short == short)
                return await self._window(GiveRow(body=body, opinion=opinion, surveyor=surveyor))
            case "同时":
                person = self._persons["申请人"]
                before = await self.stage.talk(person)
                said = [TextMessage(text=one.strip()) for one in rest.split("|")]
                replies = await self.stage.at_once(person, said)
                shown = [line for reply in replies for line in self._shown(reply)]
                return [*shown, *changes(self.stage.county, before, await self.stage.talk(person))]
            case _:
                raise ValueError(f"no such direction: {what}")
        return []

    async def _serves(self, words: str) -> list[str]:
        """Somebody of the hotline in the talk with 申请人: takes it, ends it, or says this."""
        one = await self.stage.inbox.opened(self.stage.county, await self.stage.talked(APPLICANT))
        assert one is not None
        staff = Staff(id="hotline", county=self.stage.county.id, body="window", name="赵示例", phone="")
        self.stage.now += dt.timedelta(seconds=20)
        deed: Deed = "take" if words == "接手" else "end" if words == "结束人工" else "say"
        key = str(self.stage.now.timestamp())
        no = await self.stage.inbox.do(one, staff, deed, one.talk.number, key, text=words)
        return [f"= 没有办: {no.code}"] if no else []

    async def _tend(self) -> None:
        """The sweeper comes to everybody whose time it is."""
        for person in self._persons.values():
            await self.stage.turns.settle(self.stage.county.id, person)

    async def _assign(self, service: str, name: str) -> None:
        case = await self._case()
        order = next(one for one in case.orders if self.stage.county.service[one.service].name == service)
        self.stage.now += dt.timedelta(seconds=20)
        do = Assign(order=order.id, body=self._bodies[name][0])
        actor = Actor(person="window", role="staff", staff="window")
        command = Command(id=f"assign:{order.id}:{self.stage.now}", case=case.id, actor=actor, do=do)
        await self.stage.core.execute(command, self.stage.now)

    async def _end(self, word: str, service: str, reason: str) -> None:
        """The window ends an order, or takes that back."""
        case = (await self.stage.core.cases(self.stage.county.id, APPLICANT))[0]
        order = next(one.id for one in case.orders if self.stage.county.service[one.service].name == service)
        self.stage.now += dt.timedelta(seconds=20)
        do = {
            "撤回": Withdraw(orders=(order,), reason=reason),
            "预告终止": AnnounceEnd(order=order, reason=reason),
            "终止": Terminate(order=order, reason=reason),
            "恢复": Resume(orders=(order,)),
        }[word]
        actor = Actor(person="window", role="staff", staff="window")
        command = Command(id=f"{word}:{order}:{self.stage.now}", case=case.id, actor=actor, do=do)
        done = await self.stage.core.execute(command, self.stage.now)
        assert not isinstance(done, Refused), done

    async def _hand_over(self) -> list[str]:
        """The hotline makes a code for what it is filling in, or has registered last."""
        stage, self.stage.now = self.stage, self.stage.now + dt.timedelta(seconds=20)
        if self._taken_down:
            draft = await stage.handing_over.offer_draft(stage.county, self._taken_down, "hall", stage.now)
            return [f"= 没有办成: {draft.code}"] if isinstance(draft, Refused) else [f"= 交接码: {draft.code}"]
        known = await stage.core.cases(stage.county.id, APPLICANT)
        [case, *_] = [*await stage.core.cases(stage.county.id, CALLER), *known]
        made = await stage.handing_over.offer(case, "hall", stage.now)
        return [f"= 没有办成: {made.code}"] if isinstance(made, Refused) else [f"= 交接码: {made.code}"]

    async def _take_down(self, said: Sequence[str]) -> None:
        """The hotline fills in what a caller says, once he has heard the notice; it registers nothing."""
        stage, self.stage.now = self.stage, self.stage.now + dt.timedelta(seconds=20)
        body = stage.county.bodies[0].id
        clerk = Staff(id="hall", county=stage.county.id, body=body, name="丁示例", phone="13700000998", duty="clerk")
        one = await stage.intaking.begin(clerk, "telephone")
        self._taken_down = one.id
        for words in ("同意", *said):
            standing = await stage.intaking.one(stage.county.id, one.id)
            assert standing is not None
            taken = await stage.intaking.hear(standing, clerk, words)
            assert not taken.unheard, (words, taken.unheard)

    async def _by_telephone(self, said: str, person: str = APPLICANT) -> list[str]:
        """The hotline hands in what a caller says who is in WeChat as well, or is known by his telephone alone."""
        stage, self.stage.now = self.stage, self.stage.now + dt.timedelta(seconds=20)
        talk = await stage.talk(person)
        fields = dict(one.split("=") for one in said.split("；"))
        made = applied_by_telephone(stage.county, fields, talk, name=f"telephone:{said}", by="hall", at=stage.now)
        assert isinstance(made, Submission), made
        done = await stage.core.accept(made, stage.now)
        return [f"= 没有办成: {done.code}"] if isinstance(done, Refused) else [f"= 收件: {done.number}"]

    async def _window(self, do: Do) -> list[str]:
        """The window carries out a command."""
        case = await self._case()
        self.stage.now += dt.timedelta(seconds=20)
        actor = Actor(person="window", role="staff", staff="window")
        done = await self.stage.core.execute(
            Command(id=f"{do.do}:{case.version}:{self.stage.now}", case=case.id, actor=actor, do=do), self.stage.now
        )
        return [f"= 没有办成: {done.code}"] if isinstance(done, Refused) else []

    async def _added(self, said: list[str]) -> list[str]:
        """The window adds services for a caller."""
        case = await self._case()
        signed = await self.stage.core.submission(case.id)
        assert signed is not None
        return await self._window(window_add(said, case, self.stage.county, signed, "window", self.stage.now))

    async def _case(self) -> Case:
        return (await self.stage.core.cases(self.stage.county.id, APPLICANT))[0]

    async def _asked(self, what: str) -> list[str]:
        word, _, rest = what.partition(" ")
        match word:
            case "事件":
                return await self._log()
            case "首问":
                return await enquiry_log(self.stage)
            case "提交":
                return await self._submission()
            case "留有":
                return [f"= {rest}: {'有' if self.stage.remembers(rest) else '没有'}"]
            case _:
                raise ValueError(f"no such question: {what}")

    async def _log(self) -> list[str]:
        """The case's events in words: no ids that are drawn, no wall clock."""
        case, county = await self._case(), self.stage.county
        service = {order.id: county.service[order.service].name for order in case.orders}
        papers = {one.id: one.words or called(county.form, one.id) for one in case.supplements}
        service |= {
            one.id: f"{county.process.approvals.kind(one.kind).name}{n}" for n, one in enumerate(case.approvals, 1)
        }
        for n, one in enumerate(case.consultations, 1):
            service |= {one.id: f"会商{n}"} | {item.id: f"会商{n}事项{m}" for m, item in enumerate(one.items, 1)}
        lines = []
        for one in await self.stage.core.events(case.id):
            facts = one.event.model_dump(
                mode="json",
                exclude={
                    "event",
                    "submission",
                    "account",
                    "person",
                    "county",
                    "steps",
                    "process_version",
                    "limits",
                    "promises",
                    "possible_permits",
                    "offers",
                    "answers",
                    "signed",
                    "declared",
                    "mended",
                    "site",  # comes from a page alone
                    *(["departments"] if one.event.event == "case_accepted" else []),
                },
            )
            told = {
                name: _plain(value, service | papers)
                for name, value in facts.items()
                if value not in (None, "", [], {}, False)
            }
            at = one.at.astimezone(CHINA)
            lines.append(
                f"  {one.sequence} {at:%m-%d %H:%M} {one.event.event}（{one.actor.role}）"
                + "".join(f" {k}={v}" for k, v in told.items())
            )
        return lines

    async def _submission(self) -> list[str]:
        submission = await self.stage.core.submission((await self._case()).id)
        form = self.stage.county.form
        lines = [f"  {called(form, name)}：{_value(form, name, answer)}" for name, answer in submission.answers.items()]
        return [*lines, f"  缺：{'、'.join(called(form, name) for name in submission.missing) or '无'}"]


def _plain(value: object, names: dict[str, str]) -> str:
    if isinstance(value, dict) and "neighbours" in value:
        return f"{value['road']} {'、'.join(one['number'] for one in value['neighbours'])}"
    if isinstance(value, dict) and "officer" in value:
        return f"{value['body']} {value['officer'] or '没有人'}"
    if isinstance(value, dict) and "receiver" in value:
        return f"{value['receiver']} {value['id']}"
    if isinstance(value, dict) and "supplement" in value:  # what was handed in for one
        files = f"（{len(value['files'])}个文件）" if value["files"] else ""
        return names.get(value["supplement"], value["supplement"]) + files
    if isinstance(value, dict) and "original" in value:  # one that is still to come
        original = "（原件）" if value["original"] else ""
        return (value["words"] or names.get(value["id"], value["id"])) + original
    if isinstance(value, dict) and "checks" in value:  # the way of a 过户 or 销户
        limit = f"，{value['limit']['days']}个工作日" if value["limit"] else ""
        return f"{value['name']}（{'、'.join(one['name'] for one in value['checks'])}{limit}）"
    if isinstance(value, dict) and "dues" in value:
        dues = "，".join(f"{step} {_plain(due, names)}" for step, due in value["dues"].items())
        return f"{names[value['order']]}（{dues}）" if dues else names[value["order"]]
    if isinstance(value, dict) and "start" in value:
        return f"{value['start'][5:16]}—{value['end'][11:16]}"
    if isinstance(value, dict) and "what" in value:  # when the clock has something to do
        return f"{value['what']} {value['at'][5:16]}"
    if isinstance(value, dict) and "rings" in value:  # what was agreed at a consultation
        return f"{names[value['id']]} {value['body']} {value['staff'] or '没有人'} {value['words']} {value['day']}"
    if isinstance(value, dict) and "which" in value:
        return f"{value['which']} {value['at'][5:16]}"
    if isinstance(value, dict) and "at" not in value:
        return "；".join(f"{name} {_plain(one, names)}" for name, one in value.items())
    if isinstance(value, dict):
        length = f"{value['days']}个工作日" if value["days"] else f"{value['working_hours'] or value['hours']}小时"
        return f"{value['at'][:16]}（{length}{'，暂定' if value['provisional'] else ''}）"
    if isinstance(value, list):
        return "、".join(_plain(one, names) for one in value)
    return names.get(str(value), str(value))


def changes(county: County, before: Conversation, after: Conversation) -> Iterator[str]:
    """What the turn changed in the drafts: answers, agreements, what is held, and what is asked now."""
    old = {draft.id: draft for draft in before.drafts}
    new = {draft.id: draft for draft in after.drafts}
    for name in (name for name in old if name not in new):
        if len(after.cases) > len(before.cases):
            yield "= 状态: submitted"
        elif old[name].act is None:
            yield "= 草稿: 删除了"
    for name, draft in new.items():
        if name not in old or old[name] != draft:
            yield from _changes(county, old.get(name), draft)
    if sum(job is not None for job in after.jobs) > len(before.jobs):
        yield f"= 取图: {len(after.jobs)}"
    was, now = _attends(county, before), _attends(county, after)
    if was != now and now:
        yield f"= 焦点: {now}"


def _changes(county: County, old: Draft | None, draft: Draft) -> Iterator[str]:
    form = county.forms.get(draft.form) or form_of(county, draft)
    before = old.answers if old else {}
    for name, answer in draft.answers.items():
        if name not in before or before[name].value != answer.value:
            yield f"= {called(form, name)}: {_value(form, name, answer)}"
    for name in (name for name in before if name not in draft.answers):
        yield f"= {called(form, name)}: 没了"
    for name, given in draft.agreements.items():
        if old is None or old.agreements.get(name) != given:
            yield f"= {'同意' if given.agreed else '不同意'}: {name}"
    held = old.held if old else {}
    for name, answer in draft.held.items():
        if name not in held:
            yield f"= 暂存: {show(answer.value) if answer.value else ''}（{called(form, name)}）"
    for name in (name for name in held if name not in draft.held):
        yield f"= 暂存: 没了（{called(form, name)}）"
    if draft.unread != (old.unread if old else ()):
        yield f"= 待读: {len(draft.unread)}"
    for name, answer in draft.answers.items():
        if name in before and before[name].value == answer.value and answer.confirmed and not before[name].confirmed:
            yield f"= {called(form, name)}: 确认了"
    shown = {field.id for field in visible_fields(form, draft.answers)}
    was = {field.id for field in visible_fields(form, before)} if old else shown
    hidden = [called(form, name) for name in draft.answers if name in was - shown]
    back = [called(form, name) for name in draft.answers if name in shown - was and name in before]
    if hidden:
        yield f"= 收起: {'、'.join(hidden)}"
    if back:
        yield f"= 恢复: {'、'.join(back)}"
    if old is not None and old.state != draft.state:
        yield f"= 状态: {draft.state}"


def _attends(county: County, conversation: Conversation) -> str:
    draft = conversation.draft()
    if draft is None or draft.state != "filling" or draft.form not in county.forms:
        return ""
    form = county.forms.get(draft.form) or form_of(county, draft)
    on: Focus = focus(form, draft)
    match on:
        case OnField(field=field, want=want):
            return called(form, field.id) + (f"，还差{want}" if want else "")
        case OnRows(field=field, part=part, row=row, asking=asking):
            where = "还有吗" if asking else f"第{row + 1}行" if row is not None else "新行"
            return f"{called(form, field.id)}，{where}" + (f"，已有{len(part)}格" if part else "")
        case OnNotice():
            return "告知"
        case OnConsent(consent=name):
            return f"单独同意 {name}"
        case OnCopied():
            return "照填核对"
        case OnReview():
            return "核对"
        case OnConfirm(field=field):
            return f"读回 {called(form, field.id)}"
        case OnAmbiguous(asked=asked):
            return f"哪一个 {asked.said}"
        case OnSure(about=about):
            return f"确定 {about}"


def called(form: object, name: str) -> str:
    """Section and name of a field."""
    field = form.fields.get(name)
    if field is None:
        return f"（旧）{name}"
    cell = f"{field.cell}·" if field.cell else ""
    return f"{form.section_of[name].title}·{cell}{field.called}"


def _value(form: object, name: str, answer: Answer) -> str:
    field = form.fields.get(name)
    if answer.value is None:
        return "后面补" if field is not None and field.need == "deferrable" else "空着"
    told = show(answer.value, field)
    marks = [*(["没确认"] if not answer.confirmed else []), *(["旁注 " + one for one in answer.warnings])]
    return told + (f"（{'，'.join(marks)}）" if marks else "")


def _proposals(said: str) -> tuple[Proposal, ...]:
    """field=words→option, several of them with ； between."""
    return tuple(
        Proposal(field=field, words=words, option=option)
        for field, _, rest in (one.partition("=") for one in said.split("；"))
        for words, _, option in (rest.partition("→"),)
    )
