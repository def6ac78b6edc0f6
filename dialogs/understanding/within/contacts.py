"""Telephone numbers, alone and with whom they reach."""

import re
from bisect import bisect_left

from dialogs.kinds.phone import read_phone
from dialogs.reading import Partial, Reading, Understood
from dialogs.understanding.atoms import Atom
from dialogs.understanding.marked import Marked
from dialogs.understanding.names import Name
from dialogs.understanding.once import once
from dialogs.understanding.people import called_by_title
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.finding import Finding
from dialogs.understanding.within.words import by_start, names_of
from model.fields import ContactField, PhoneField
from model.values import Contact, Phone

SAME_NUMBER = re.compile(
    r"(?:手机|电话|号码?)[也就都还]{0,2}(?:是|用|填|打)?(?:不变|没变|照旧|打来|来电|打进来)|同前|同上|同号|同一号码|[用打留写填拨走](?:的|还是|那个)?(?:总机|座机|固话|单位电话|公司电话|单位的|公司的)(?!\d)|[共合]用|号码?[也就都]?同|一样|一致|相同|同一?个|一个[电号]|还是那个|也[是打用留填写登]?(?:这|那|我)?个?(?:号|手机|电话)|(?:手机|电话)[也就都]?(?:同|跟|和)|[也就还都](?:是|打|用|留|填|写)(?:这|那|上面|刚才|前面)|"
    r"(?:刚才|上面|前面|之前)(?:那|说|的|留|报)|就是\S(?:总|工|姐|哥|经理|主任|老师|会计|校长|书记|师傅)"
)
"""The number was told before: 电话同上, 也打这个, and of whom was spoken already: 经办单示例 就是单经理."""


_SPARE_BEFORE = re.compile(
    r"(?:备用|备选|紧急|另外?一?个|还有个?|或者?打?|再不行)[^,。;\d]{0,8}$"
    r"|(?:打不通|[没无]人接|不接|占线)[^。;\d]{0,14}$"
    r"|(?:原来|以前|原先)[是用]?\s?$"
)
_SPARE_AFTER = re.compile(
    r"[\s,(]{0,2}(?:也行|也可以?|也能|(?:是|做)?备[用选的](?![手电号机:是1])|不中|不对|不行|(?:现在|早)?(?:不用|停用|注销|不打|停)了|停机|是?空号|打不通|那个是|作废|丢了"
    r"|(?:那个|这个)?(?:[我俺他她])?(?:平时|白天|上班|经常|老是?|一般|现在|已经?|早就?|今年|上个?月|刚|时间){0,2}"
    r"(?:换掉?了(?!个)|换号了|欠费|关机|没信号|信号不好|不能接|接不[了到着]|(?:不方便|没法|不好|不便)(?:接|打|听)|不[大太怎么]{0,2}(?:常|经常)?(?:用|接)(?=$|[\s,。;]|了|的)|很少用|坏了))"
)


_LEFT_OUT = re.compile(r"[\s,、]{0,3}(?:[他她]?又?(?:说|讲|叫))?(?:别|不要|不用)(?:留|写|登|打|填)")
_NOT_LANDLINE = re.compile(
    r"(?:写|留|打|填|登|找|联系|用)(?:打|用|我的?|[他她]的?|这个)?手机(?!和|跟|、)|(?:联系|找|打)[我俺他她](?:就行|就中|就好|就可以|即可)?[\s,:]{0,2}1[3-9]|(?:座机|固话)(?:没人|打不通|不接|不好使|不用|别|不打|欠费|停了)"
)
_NOT_MOBILE = re.compile(
    r"(?:写|留|打|填|登|联系|用)(?:的|我们|单位|公司)?(?:座机|固话|总机|[厂院校]办(?!的人)|办公室)|手机(?:没人|打不通|不接|别|不打|不用|停了)"
)
_MOBILE = re.compile("[1一幺]")


@once
def _is_other_line(marked: Marked, atom: Atom) -> bool:
    """Whether the other one of a mobile and a landline is to be called: 座机5100… 手机139… 写手机吧 座机没人接."""
    mobile = bool(_MOBILE.match(atom.text))
    if not (_NOT_MOBILE if mobile else _NOT_LANDLINE).search(marked.text):
        return False
    return any(one.shape == "phone" and bool(_MOBILE.match(one.text)) != mobile for one in marked.numbered)


@once
def is_spare(marked: Marked, atom: Atom) -> bool:
    """Whether a number is only told beside another one: 备用号…, …也行."""
    return _is_other_line(marked, atom) or bool(
        _LEFT_OUT.match(marked.text, atom.end)
        or _SPARE_BEFORE.search(marked.said(max(0, atom.start - 18), atom.start))
        or _SPARE_AFTER.match(marked.text, atom.end)
    )


def phone_said(scene: Scene, start: int, end: int) -> Finding | None:
    """A telephone number, whole or with digits missing."""
    phones = [one for one in scene.marked.numbered if one.shape == "phone"]
    main = [one for one in phones if not is_spare(scene.marked, one)]
    for atom in scene.marked.atoms_from(start, end):
        if atom.shape == "phone" and (atom in main or not main):
            return Finding(spoken_phone(scene, atom), atom.start, atom.end)
    found = re.search(r"(?<!\d)1[3-9][\d\- ]{4,14}\d(?!\d)", scene.marked.said(start, end))
    if found and not any(
        one.start < start + found.end() and start + found.start() < one.end for one in scene.marked.numbered
    ):
        return Finding(read_phone(found[0], scene.context.area_code), start + found.start(), start + found.end())
    return None


def spoken_phone(scene: Scene, atom: Atom) -> Reading:
    """The number of a telephone atom, whatever stands between its digits."""
    return spoken_number(scene.marked, atom, scene.context.area_code)


def spoken_number(marked: Marked, atom: Atom, area_code: str) -> Reading:
    """The same, where there is no draft."""
    return _spoken_phone(marked, atom.text, area_code)


@once
def _spoken_phone(_: Marked, text: str, area_code: str) -> Reading:
    if "转" not in text and "分机" not in text:
        text = re.sub(r"[.,、]", "", text)
    return read_phone(re.sub(r"(?<=[\d一-鿿]) (?=[\d一-鿿])", "", text), area_code)


DENIED = re.compile(r"(?:不|别|不要|不再|甭)(?:写|是|用|叫|填|找|登|由|归)$")
"""Before somebody who is it no more: 经办人不写倪示例 改成宗示例."""


def contact_said(scene: Scene, start: int, end: int) -> Finding | None:
    """A person with a telephone number: said beside the name, or known of this person before."""
    marked = scene.marked
    people = [
        one for one in names_of(marked, "person") if not DENIED.search(marked.text, max(0, one.start - 4), one.start)
    ]
    person = next(iter(people[bisect_left(people, start, key=by_start) : bisect_left(people, end, key=by_start)]), None)
    stop = marked.sentence_end(start)
    if person is None:
        return _called_by_title(scene, start, end)
    phone = next((one for one in marked.atoms_from(start, stop) if one.shape == "phone"), None)
    if phone is None and (phone := _told_next(marked, person, stop)) is not None:
        end = phone.end
    if phone is not None and phone.start > end and not _goes_with(marked, person, phone):
        phone = None
    if phone is None:
        known = known_phone(scene, person.text) or _of_applicant(scene, person) or _my_phone(scene, start)
        if known is None and SAME_NUMBER.search(marked.said(person.end, stop)):
            known = own_phone(scene)
        if known:
            return Finding(
                Understood(Contact(name=person.text, phone=known)), person.start, person.end, certainty="derived"
            )
        return Finding(Partial("phone", {"name": person.text}, so_far=person.text), person.start, person.end)
    reading = spoken_phone(scene, phone)
    if isinstance(reading, Understood) and isinstance(reading.value, Phone):
        reading = Understood(Contact(name=person.text, phone=reading.value.number))
    return Finding(reading, min(person.start, phone.start), max(person.end, phone.end))


_DANGLES = re.compile(
    r"(?:手机号?|电话|号码|联系方式)(?:是|为|:|给你|发你|发您|报一?下|你记一?下|记一下|等我看一?下|如下)?$"
)
_NEXT = re.compile(r"[。;\n\s]{1,3}(?:[他她](?:本人)?的?)?(?:手机|电话|号码|手机号码?)?(?:就|也)?(?:是|为|:)?\s?")


def _told_next(marked: Marked, person: Name, stop: int) -> Atom | None:
    """The number that follows in the next sentence, where it is announced or said to be his: 经办人示例,手机号是。138…."""
    if any(one.kind == "person" and one.start > person.start and one.start < stop for one in marked.people):
        return None
    phone = next((one for one in marked.atoms_from(stop, stop + _MOST_ASIDE) if one.shape == "phone"), None)
    if phone is None or _NEXT.fullmatch(marked.text, stop, phone.start) is None:
        return None
    between = marked.said(stop, phone.start)
    his = "他" in between or "她" in between or "手机" in between
    return phone if his or _DANGLES.search(marked.said(person.end, stop).strip(" ,.…")) else None


_OTHERS_PHONE = re.compile(r"单位|公司|厂|店|校|院|园|座机|总机|固话|法人|老板|备用|[我俺]")
"""What is said between somebody and a number that is another's."""
_DIVISION = re.compile(r"(?<=[\s,(])[\u4e00-\u9fff]{1,5}[科部处室队]的?(?=[\s,)])")
"""付示例,工程科的,138…"""
_MOST_ASIDE = 16


def _goes_with(marked: Marked, person: Name, phone: Atom) -> bool:
    """Whether nothing between the name and the number tells of anybody or anything else: 付示例(即小付),手机138…."""
    between = _DIVISION.sub("", marked.said(person.end, phone.start))
    if len(between) > _MOST_ASIDE or re.search(r"[\d;。]", between) or _OTHERS_PHONE.search(between):
        return False
    hits = marked.hits_from(person.end, phone.start) if between.strip(" ,(") else ()
    return all(isinstance(one.field, PhoneField | ContactField) for hit in hits for one in hit.of("label")) and not any(
        one.kind == "person" and person.end <= one.start < phone.start for one in marked.people
    )


_ITS = re.compile(r"[\s,、:(]{0,2}(?:[他她]?的?(?:联系)?(?:电话|手机号?|号码?))?[\s:是]{0,2}")


def _called_by_title(scene: Scene, start: int, end: int) -> Finding | None:
    """Somebody of whom only surname and title are known, with his number; the name in full may follow: 负责人李工 138…."""
    marked = scene.marked
    title = next((one for one in marked.people if one.kind == "title" and start <= one.start < end), None)
    if title is None or not re.fullmatch(_BEFORE_TITLE, marked.said(start, title.start)):
        return None
    phone = next(
        (one for one in marked.atoms_from(title.end, marked.sentence_end(start)) if one.shape == "phone"), None
    )
    if phone is None or not _ITS.fullmatch(marked.said(title.end, phone.start)):
        return None
    reading = spoken_phone(scene, phone)
    if not isinstance(reading, Understood) or not isinstance(reading.value, Phone):
        return None
    value = Contact(name=title.text, phone=reading.value.number)
    return Finding(Understood(value), title.start, phone.end, True, "guessed")


_BEFORE_TITLE = r"[\s,、:(]{0,2}(?:[都就]?[是找写填]|我们|俺们?|公司|厂里|单位|的|后勤|财务|工程部|办公室|学校|总务处?){0,3}[\s:]{0,2}"


def _of_applicant(scene: Scene, person: Name) -> str | None:
    """The telephone of whoever applies, if this is he: 田保国本人."""
    return own_phone(scene) if scene.marked.text.startswith(("本人", "自己"), person.end) else None


def own_phone(scene: Scene) -> str | None:
    """The number to call, as it is known so far, or the only one that this message tells."""
    known = [one.value.number for one in scene.answers.values() if isinstance(one.value, Phone)]
    return known[-1] if known else _only_phone(scene)


_I_AM = re.compile(r"[我俺](?:就|也)?是[^,。;\s]{0,10}$")


def _my_phone(scene: Scene, at: int) -> str | None:
    """The one number in the message of somebody who says that he is that: 平常打我这个138… 我是项目经理李示例."""
    if not _I_AM.search(scene.marked.said(max(0, at - 14), at)):
        return None
    return _only_phone(scene)


def _only_phone(scene: Scene) -> str | None:
    phones = [one for one in scene.marked.numbered if one.shape == "phone"]
    reading = spoken_phone(scene, phones[0]) if len(phones) == 1 else None
    return reading.value.number if isinstance(reading, Understood) and isinstance(reading.value, Phone) else None


def known_phone(scene: Scene, name: str) -> str | None:
    """The number by which this person was called before, by his name or by his surname and a title."""
    for answer in scene.answers.values():
        if isinstance(answer.value, Contact) and answer.value.name == name:
            return answer.value.phone
    met = scene.draft.met
    if name in met:
        return met[name]
    titled = {number for one, number in met.items() if (surname := called_by_title(one)) and name.startswith(surname)}
    return titled.pop() if len(titled) == 1 else None
