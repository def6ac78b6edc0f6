"""Whose number is to be written down, said beside the numbers themselves: 联系电话写站长的, 联系电话就写我这个."""

import re
from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.understanding.atoms import Atom
from dialogs.understanding.candidate import BESIDE, Candidate
from dialogs.understanding.fillable import Fillable, fillable
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.titles import KIN
from dialogs.understanding.whose_number import ME, by_place, number_of, own_number
from dialogs.understanding.within.contacts import known_phone, spoken_phone
from model.fields import PhoneField
from model.values import Phone, Words

_SCORE = 92
_OF_WHOM = re.compile(
    r"[\s,:]{0,2}(?:[得要还就也都是先]{0,3})(?:写|留|填|登|用|打|记)(?:成|上|着)?\s?"
    r"(?:(?P<me>[我俺咱](?:们)?(?:自己|本人|个人)?|本人|自己)|(?P<who>(?:[我俺咱他她]们?)?[\u4e00-\u9fff]{1,4}?))"
    r"(?:[的嘞哩](?:那个|这个|号码?|手机|电话)?|这个|那个|本人)?(?=$|[^\u4e00-\u9fff\d]|吧|就|人家)"
)


def numbers_chosen(scene: Scene, fields: Fillable) -> Iterator[Candidate]:
    """The number to call, where several are told and it is said whose it is to be."""
    found = [
        (start, end, number)
        for start, end, whom in _whom(scene.marked)
        if (number := _told(scene, number_of(scene.marked, whom)) or _known(scene, whom)) is not None
    ]
    placed = by_place(scene.marked)
    if not found and placed is not None and (number := _told(scene, placed)) is not None:
        found = [(placed.start, placed.end, number)]
    own = own_number(scene.marked)
    if not found and own is not None and (number := _told(scene, own)) is not None:
        found = [(own.start, own.end, number)]
    for start, end, number in found:
        for field in fields.reached:
            if isinstance(field, PhoneField) and (needs := scene.needs(field)) is not None:
                value = Phone(number=number)
                yield Candidate(field.id, Understood(value), start, end, _SCORE, "说了写谁的", needs, group=(BESIDE,))


def _told(scene: Scene, atom: Atom | None) -> str | None:
    reading = spoken_phone(scene, atom) if atom is not None else None
    return reading.value.number if isinstance(reading, Understood) and isinstance(reading.value, Phone) else None


def _known(scene: Scene, whom: str) -> str | None:
    """The number told before of whoever writes, or of the head: 联系电话填法人的."""
    if any(one.shape == "phone" for one in scene.marked.numbered):
        return None
    if whom == ME:
        return scene.draft.met.get(ME)
    if whom not in _HEADS:
        return None
    heads = (scene.answers.get(one.id) for one in fillable(scene.form).heads)
    names = [one.value.text for one in heads if one is not None and isinstance(one.value, Words)]
    return known_phone(scene, names[0]) if names else None


_HEADS = ("法人", "法代", "法定代表人", "老板")


@once
def _whom(marked: Marked) -> list[tuple[int, int, str]]:
    """Where it is said whose number it is to be, and whose."""
    found = list[tuple[int, int, str]]()
    for hit in marked.labels:
        if any(isinstance(one.field, PhoneField) for one in hit.of("label")) and (
            said := _OF_WHOM.match(marked.text, hit.end)
        ):
            who = said["who"] or ""
            found.append((hit.start, said.end(), ME if said["me"] else who.lstrip("我俺咱") or who))
    for said in _CALL_WHOM.finditer(marked.text):
        if not _ONLY_IF.search(marked.said(marked.sentence_start(said.start()), said.start("deed"))):
            found.append((said.start("deed"), said.end(), ME if said["me"] else said["who"]))
    return found


_CALL_WHOM = re.compile(
    r"(?:^|(?<=[\s,。;!就请还都您你是]))(?:直接|平时|以后|有事|一律|尽量|最好){0,2}(?P<deed>打|拨|联系|找|通知|用|留|写)"
    rf"(?:(?P<me>[我俺](?:自己|本人)?)|[我俺]?们?家?(?P<who>[他她]|{KIN}))"
    r"(?:[的嘞](?:那个|这个)?(?:手机|电话|号码?)?|(?:手机|电话|号码?)|那个号?)(?:就行|就好|就可以|吧|好了|比较[^,。;\s]{1,4}|方便)?(?=$|[\s,。;!])"
)
_ONLY_IF = re.compile(
    r"打不通|联系不[上到]|没人接|不接|不通|占线|找不[到着]|要是|万一|如果|不行|[别不]要?$|再$|或者?$|也可?以?$|不在"
)
"""联系不上再打我老公的: only then."""
