"""Who is what: roles said of whoever was named, writes or calls (我叫李示例,是项目负责人; 法人、经办人都是我; 经营者就他)."""

import re
from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.understanding.candidate import BESIDE, Candidate
from dialogs.understanding.fillable import Fillable, fillable
from dialogs.understanding.headed import heads_it
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.names import Name
from dialogs.understanding.once import once
from dialogs.understanding.people import names_himself
from dialogs.understanding.scene import Scene
from dialogs.understanding.somebody import (
    Somebody,
    called_here,
    last_named,
    named_before,
    named_behind,
    reading_of,
    who_writes,
)
from dialogs.understanding.within.contacts import spoken_phone
from model.fields import ContactField, Field, PhoneField, TextField
from model.values import Contact, Phone, Words

_MOST = 60
"""Characters between a name and what its bearer is."""
_SCORE = 86
_JOIN = re.compile(r"\s{0,2}(?:[、,/+=&和跟与及兼]|也?就?是|还有|以及|同时也?是?)?\s{0,2}")
_ME = (
    r"(?:[我俺咱](?:自己|本人|一个人)?|本人|自己)(?:的名字?)?"
    r"(?![们家爸妈爹娘爷奶姥外老公婆媳儿女哥弟姐妹叔伯舅姨姑的单厂店方司校院村处局所站小这那手电号\d])"
)
_HIM = r"(?:[他她](?![们的家爱媳老])|这人|这位|此人)"
_CALLER = r"来电(?:[的人者]{0,2}(?:本人)?)"
_TO = (
    r"(?:及?联系?电话|的?名字?|那?一?[栏格])?[\s,、:(]{0,2}"
    r"(?:[都全也就还均现仍先]{0,3}(?:是|为|写|填|登|留|即|=|:|系|算|由|用|录|当|落|归|给|找|挂|报){0,2}(?:的|上|成|到|在|一下)?)[\s:]{0,2}"
)
_TITLED = re.compile(_TO + r"(?:[这那]位|上面(?:说)?的|刚才(?:说)?的)?")
_ABOUT = re.compile(
    rf"{_TO}(?:(?P<me>{_ME})|(?P<him>{_HIM})|(?P<caller>{_CALLER}))(?=$|[^\u4e00-\u9fff]|[就吧来也兼这填写跑办叫去一本])"
)
"""Behind a role, who has it: 经办人也填我, 法人就是他."""
_IS = r"(?:[就也又还都既]{0,2}(?:是|当|做|任|兼|算|为|系|管(?!\s))[\s:]?(?:[我咱他]们|公司|单位|厂里|店里|这里|这边|该|这个)?的?|兼任?|=)"
_SAID_OF = re.compile(
    rf"(?:(?P<me>{_ME}|{_CALLER})|(?P<him>{_HIM}))(?:本人|自己)?(?:同时|另外|一并)?{_IS}(?:[\u4e00-\u9fff]{{2,5}}兼)?(?:[^,。;:\s我俺他她]{{2,16}}的)?$"
)
"""Before a role, whose it is: 我是项目负责人, 她也是经办."""
_LINK = re.compile(rf"[\s,、;。:()]{{0,3}}(?:本人|同时|自己)?{_IS}?[\s,、(]{{0,2}}")
_OF_FIRM = re.compile(r"^[\s,]{1,2}(?:是|就是)?[^,。;:\s我俺他她]{2,16}的$")
"""我叫李示例,示例置业的项目经理."""
_TOLD_OF = re.compile(r"(?:联系)?(?:电话|手机号?|号码?|方式)|全名|名字|身份证号?码?|本人|男|女|[他她]的?")
"""What is told of somebody between his name and his role."""
_ASIDE = 18
_FOR_ALL = re.compile(
    r"(?:及联系电话|及电话)?[\s,:]{0,2}(?:[都全也均先统一律]{0,3}[是为写填登留用录算由]{0,2}[成上]?)[\s:]{0,2}(?!的)(?:(?![不没谁哪])[\u4e00-\u9fff]){0,10}[\s,、:(]{0,2}"
)
_HEAD_TOO = re.compile(
    r"[\s,:]{0,2}[都全也就还]{0,2}(?:是|写|填|登|由|用|算)(?:我们)?(?:法人|法定代表人|法代|老板娘?|经营者)(?:自己|本人|来?办|一个人|他|$|[\s,。;])"
)


def roles_said(scene: Scene, fields: Fillable) -> Iterator[Candidate]:
    """The fields for people that a role said of somebody answers, and the telephone of whoever writes."""
    marked = scene.marked
    for group in _groups(marked):
        person = _ahead(scene, group) or _behind(scene, group)
        if person is None:
            continue
        for hit in group:
            for sense in hit.of("label"):
                field = sense.field
                if (
                    not for_people(field)
                    or (isinstance(field, ContactField) and heads_it(scene, hit))
                    or (needs := scene.needs(field)) is None
                ):
                    continue
                reading = reading_of(scene, field, person, group[-1].end)
                if reading is None:
                    continue
                yield Candidate(
                    field.id, reading, hit.start, hit.end, _SCORE, "前面说的人", needs, "derived", group=(BESIDE,)
                )
                if person.me and isinstance(reading, Understood) and isinstance(reading.value, Contact):
                    yield from called_so(scene, fields, reading.value)


def called_so(scene: Scene, fields: Fillable, contact: Contact) -> Iterator[Candidate]:
    """The number of whoever writes is the one to call, where no other was told; it is read back."""
    for field in fields.reached:
        if isinstance(field, PhoneField) and scene.open(field) and (needs := scene.needs(field)) is not None:
            for atom in scene.marked.numbered:
                reading = spoken_phone(scene, atom) if atom.shape == "phone" else None
                if isinstance(reading, Understood) and isinstance(reading.value, Phone):
                    if reading.value.number != contact.phone:
                        return
                    yield Candidate(
                        field.id, reading, atom.start, atom.end, 41, "自己的电话", needs, "derived", True, (BESIDE,)
                    )


def for_people(field: Field) -> bool:
    """Whether it is answered with a person."""
    return isinstance(field, ContactField) or (
        isinstance(field, TextField) and field.name_only and field.names == "person"
    )


@once
def _groups(marked: Marked) -> list[list[Hit]]:
    """Names of roles that stand together: 法人、项目负责人、经办人."""
    groups = list[list[Hit]]()
    for hit in marked.labels:
        wanted = any(for_people(one.field) for one in hit.of("label"))
        if not wanted and not (groups and any(isinstance(one.field, PhoneField) for one in hit.of("label"))):
            continue  # 负责人、单位电话都是他
        if groups and _JOIN.fullmatch(marked.text, groups[-1][-1].end, hit.start):
            groups[-1].append(hit)
        elif wanted:
            groups.append([hit])
    return groups


def _ahead(scene: Scene, group: list[Hit]) -> Somebody | None:
    """Who is said behind the roles to have them."""
    about = _ABOUT.match(scene.marked.text, group[-1].end)
    if about is None:
        named = _named_for_all(scene.marked, group[-1].end) if len(group) > 1 else None
        titled = _TITLED.match(scene.marked.text, group[-1].end)
        named = named or (called_here(scene, titled.end()) if titled else None)
        return named or _head_himself(scene, group[-1].end)
    if about["him"]:
        return named_behind(scene, about.end()) or last_named(scene, about.start("him"))
    return who_writes(scene, about.end())


@once
def _named_for_all(marked: Marked, end: int) -> Somebody | None:
    """Who is named behind several roles, whatever else he is: 负责人、经办人都填车间主任 李示例."""
    person = next((one for one in marked.people if one.start >= end and one.kind == "person"), None)
    if person is None or person.start - end > _ASIDE or person.start > marked.sentence_end(end):
        return None
    return Somebody(person.text, person) if _FOR_ALL.fullmatch(marked.text, end, person.start) else None


def _head_himself(scene: Scene, end: int) -> Somebody | None:
    """The head named before has these roles too: 经办也是法人自己."""
    if not _HEAD_TOO.match(scene.marked.text, end):
        return None
    for one in fillable(scene.form).heads:
        answer = scene.answers.get(one.id)
        if answer is not None and isinstance(answer.value, Words):
            return Somebody(answer.value.text, None, me=True)
    return None


def _behind(scene: Scene, group: list[Hit]) -> Somebody | None:
    """Who is said before the roles to have them."""
    marked, at = scene.marked, group[0].start
    said = _SAID_OF.search(marked.said(max(0, at - 20), at))
    if said and said["me"]:
        return who_writes(scene, group[-1].end)
    if said:
        return last_named(scene, at - len(said[0]))
    person = _just_named(marked, group[0], group[-1])
    return Somebody(person.text, person, me=names_himself(marked.text, person)) if person is not None else None


@once
def _just_named(marked: Marked, hit: Hit, last: Hit) -> Name | None:
    """Who is named last before these words, where what stands between says that he is that."""
    at = hit.start
    people = named_before(marked, at)
    person = people[-1] if people else None
    if person is None or at - person.end > _MOST:
        return None
    between, place = "", person.end
    for one in marked.atoms_from(person.end, at):
        if one.shape in ("phone", "identity"):
            between, place = between + marked.said(place, one.start), one.end
    between = _TOLD_OF.sub("", between + marked.said(place, at))
    if names_himself(marked.text, person):
        between = _OF_FIRM.sub(",是", between)
    if not _LINK.fullmatch(between):
        return None
    if re.search(_IS, between):
        return person
    label = marked.label_before(person.start)
    closed = marked.said(max(0, at - 1), at) == "(" and marked.text.startswith(")", last.end)
    named = (
        label is not None
        and person.start - label.end <= len(person.cue) + 2
        and not (closed and marked.text.startswith(")", label.end))
    )
    follows = next((one for one in marked.people if one.start >= last.end), None)
    own = follows is not None and follows.start - last.end <= 3 and not closed  # 李示例(法人)王示例(经办)
    return None if named or own or marked.sentence_start(at) > person.start else person
