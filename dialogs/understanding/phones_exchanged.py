"""Two people whose numbers, or places, were confused: 岳工和我的电话写反了 对调一下, 负责人和经办人填反了."""

import re
from collections.abc import Iterator

from dialogs.asking import asks
from dialogs.reading import Understood
from dialogs.understanding.candidate import BESIDE, Candidate
from dialogs.understanding.scene import Scene
from model.fields import ContactField
from model.values import Contact

_CONFUSED = r"(?:[写填打弄搞录登报说]?(?:反|颠倒|岔|串)了?|对调|调换|互换|换过来|调过来|对换|交换)"
_NUMBERS = re.compile(rf"(?:电话|手机|号码?)[^。;\d\n]{{0,8}}?{_CONFUSED}")
_PEOPLE = re.compile(rf"(?:负责人|经办人?|人|名字|姓名)[^。;\d\n]{{0,6}}?{_CONFUSED}")
_SCORE = 230


def phones_exchanged(scene: Scene) -> Iterator[Candidate]:
    """Both contacts told before, each with the other's number, or each in the other's place."""
    contacts = [
        (name, answer.value)
        for name, answer in scene.before.items()
        if isinstance(scene.form.fields.get(name), ContactField) and isinstance(answer.value, Contact)
    ]
    text = scene.marked.text
    if len(contacts) != 2 or any(one.shape == "phone" for one in scene.marked.numbered) or asks(text):
        return
    (first, one), (second, other) = contacts
    numbers = _NUMBERS.search(text)
    match = numbers or _PEOPLE.search(text)
    if match is None or one == other or (numbers and one.phone == other.phone):
        return
    if numbers:
        one, other = one.model_copy(update={"phone": other.phone}), other.model_copy(update={"phone": one.phone})
    else:
        one, other = other, one
    for name, value in ((first, one), (second, other)):
        yield Candidate(name, Understood(value), *match.span(), _SCORE, "两个人的对调了", group=(BESIDE,), how="own")
