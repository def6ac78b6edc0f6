"""Values that point to others: 同上, 和单位地址一样, 也写法人 电话一样, 就是他."""

import re
from bisect import bisect_left
from decimal import Decimal

from dialogs.reading import Understood
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.pointing_people import by_person, person_pointed
from dialogs.understanding.same_place import same_place
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.finding import Finding
from model.fields import AddressField, BuildingsField, ContactField, Field, NumberField, PhoneField, TextField
from model.form import Section
from model.values import Address, Amount, Buildings, Contact, Phone, Value, Words

_MOST = 60
"""Characters behind a name of a field in which something may be pointed at."""
_SAME = re.compile(
    r"(?:就是|就在|是|在|跟|同|按)?(?:厂|店|单位|公司|学校|医院|站|院|家|校)(?:址|里|子|这|那|内|儿|头|区)(?:那儿|"
    r"这儿|那里|这里)?(?=$|[ ,。;\n])|(?:按|照)(?=[\u4e00-\u9fff]{2,6}(?:交|缴|算|来))|(?:跟|和|与|同|照|"
    r"按).{0,12}?(?:一样|相同|一致|一个样|同)|同上|同前|同(?=$|[ ,。;)\n])|一样|相同|也(?:是|写|填|用|留|打|登|记)?(?:他|她|"
    r"这个|这|我|法人|本人|老板|那个|这几栋|上面)|就(?:是|写|填|用|留|打|登|记)(?:他|她|我|这个|这儿|这里|这|那个|法人|老板|"
    r"上面)|还是(?:他|她|我|这个|那个)|这[几个]?[栋幢]|^\s*(?:我|他|她|本人|法人|老板)(?=$|[ ,。;\n])|填这个|"
    r"用这个|也(?:写|填|是)|同[一个]{0,2}号|一个(?:号|电话)|(?:刚才|上面|前面)(?:那个|说的|的)"
)


def pointed(scene: Scene, field: Field, start: int, end: int) -> Finding | None:
    """The value of another answer, if the words behind the field's name point to one."""
    start, said, found, names = _pointing(scene.marked, start, end)
    if isinstance(field, AddressField):
        if any(one.start == start for one in scene.marked.places):
            return None  # 地址 翟坡镇创新路12号 改造就在厂里: told, and not pointed at
        found = same_place(said) or found
    named = [one for one in names if one.id != field.id]
    stop = start + (found.end() if found else len(re.split(r"[\s,]", said, maxsplit=1)[0]))
    value = _value(scene, field, said, named) if found or named else by_person(scene, field, said)
    return (
        Finding(Understood(value), start, max(stop, start + 1), certainty="derived", why="和前面一样")
        if value is not None
        else None
    )


_UNLIKE = re.compile(r"[^,。;]{0,12}?不(?:一样|相同|一致|同|[是在][这那])")
_GLUE = re.compile(r"[ :=]*")


@once
def _pointing(marked: Marked, start: int, end: int) -> tuple[int, str, re.Match[str] | None, list[Field]]:
    """Where the words behind a name begin, the words, how they point to others if they do, and the fields named in them
    if they may point there.
    """
    if glue := _GLUE.match(marked.text, start, end):
        start = glue.end()
    said = re.split(r"[\n。;]", marked.said(start, min(end, start + _MOST)), maxsplit=1)[0]
    if _UNLIKE.match(said):
        return start, said, None, []
    found = _SAME.search(said[:24])
    if found is None and not said.startswith(("同", "跟", "和", "是", "为", "写", "填")):
        return start, said, None, []
    starts, labels = marked.label_starts, marked.labels
    hits = labels[bisect_left(starts, start - 1) : bisect_left(starts, start + len(said))]
    return start, said, found, [one.field for hit in hits for one in hit.of("label")]


def _value(scene: Scene, field: Field, said: str, named: list[Field]) -> Value | None:
    answers = scene.answers
    near = [answers[one.id].value for one in named if one.id in answers]
    order = [name for name in reversed(scene.draft.trail) if name in answers and name != field.id]
    order += [name for name in reversed(list(answers)) if name not in order and name != field.id]
    rest = [answers[name].value for name in order]
    match field:
        case AddressField():
            return _first((*near, *rest), Address)
        case PhoneField():
            phone = _first((*near, *rest), Phone)
            contact = next((one for one in (*near, *rest) if isinstance(one, Contact)), None)
            return phone or (Phone(number=contact.phone) if contact else None)
        case ContactField():
            return person_pointed(scene, said, near, rest)
        case BuildingsField():
            return _first((*near, *rest), Buildings)
        case NumberField():
            if (there := _in_service(scene, said)) is not None:
                inside = [answers[one.id].value for one in there.fields if one.id in answers]
                counted = next((len(one.numbers) for one in inside if isinstance(one, Buildings)), None)
                fits = [one for one in inside if isinstance(one, Amount) and one.unit == field.unit]
                if not fits and counted and field.unit == "栋":
                    return Amount(number=Decimal(counted), unit=field.unit)
                return fits[0] if fits else None
            if field.unit == "栋" and (
                counted := next((len(one.numbers) for one in rest if isinstance(one, Buildings)), None)
            ):
                return Amount(number=Decimal(counted), unit=field.unit)
            fits = [
                one
                for one in (*near, *(answers[name].value for name in order))
                if isinstance(one, Amount) and one.unit == field.unit
            ]
            return fits[0] if fits and (near or re.search("跟|和|同", said)) else None
        case TextField() if field.name_only:
            people = [
                value
                for one in named
                if one.id in answers
                and isinstance(value := answers[one.id].value, Words)
                and not (field.names == "person" and isinstance(one, TextField) and one.names == "organisation")
            ]
            names = [
                answers[name].value
                for name in order
                if isinstance(scene.form.fields.get(name), TextField)
                and getattr(scene.form.fields[name], "name_only", False)
            ]
            contact = next((one for one in (*near, *rest) if isinstance(one, Contact)), None)
            if field.names == "either" and scene.firm:
                return None
            if people:
                return people[0]
            if field.names == "organisation":
                return None  # 单位同: of a measure; no firm is called like anybody
            if field.names == "person" and contact is not None:
                return Words(text=contact.name)
            short = [one for one in names if isinstance(one, Words) and len(one.text) <= 4]
            return short[0] if short else None
        case _:
            return None


def _in_service(scene: Scene, said: str) -> Section | None:
    """The section of the service these words name (跟燃气一样)."""
    found = re.match(
        r"[^,。;]{0,4}?(?:跟|和|与|同|按|照)([\u4e00-\u9fff]{1,4}?)(?:那边|那个|那块)?(?:的)?(?:一样|相同|一致|$|[ ,。;])",
        said,
    )
    option = scene.service_words.get(found[1]) if found else None
    return scene.service_sections.get(option) if option else None


def _first(values: tuple[Value | None, ...], shape: type[Value]) -> Value | None:
    return next((one for one in values if isinstance(one, shape)), None)
