"""Whatever is written to a form, nothing raises, and no field ends up with a value that its own kind would refuse."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.advance import advance
from dialogs.kinds import parse
from dialogs.kinds.number import check
from dialogs.migration import fits
from dialogs.reading import Refusal
from model.conversation import Conversation
from model.draft import Agreement, Answer, Draft
from model.fields import NumberField
from model.message import Actor, TextMessage
from model.values import Address, Amount, Buildings, Code, Contact, Day, Phone, Pick, Picks, Words
from tests.dialogues.people import NOW, context
from tests.dialogues.test_parsing import ANYTHING, PIECES, within_limits
from tests.shipped import shipped

SOUP = st.text(alphabet="0123456789 .-,，、Xx号楼万千百十一二三幺零年月日点半", max_size=120)
LONG = st.sampled_from(
    ["9", "1", "一", "0.", "12,", "1-", "幺", "13800000000", "4107211990010100", "亿", "2501-410721"]
)
LABELS = [
    name for county in shipped().values() for one in county.form.fields.values() for name in (one.called, *one.words)
]
WORDS = sorted(
    {
        word
        for county in shipped().values()
        for one in county.form.fields.values()
        for option in getattr(one, "options", ())
        for word in (option.text, *option.words, *option.facts)
    }
)
LINE = st.tuples(st.sampled_from(LABELS), st.sampled_from(("：", "是", " ", "", "改成", "没有", "\n")), ANYTHING).map(
    "".join
)
TEXTS = st.one_of(
    ANYTHING,
    SOUP,
    st.tuples(LONG, st.integers(20, 400), ANYTHING).map(lambda some: some[0] * some[1] + some[2]),
    st.lists(st.one_of(LINE, PIECES, st.sampled_from(WORDS), SOUP), min_size=1, max_size=6).map("，".join),
    st.lists(LINE, min_size=1, max_size=4).map("\n".join),
)


def filling(county, services):
    """A conversation in which everything has been agreed to and some services are chosen."""
    form = county.form
    agreed = {name: Agreement(agreed=True, version=one.version, at=NOW) for name, one in form.consents.items()}
    if form.notice:
        agreed["notice"] = Agreement(agreed=True, version=form.notice.version, at=NOW)
    answers = {}
    if services:
        picks = Picks(picks=tuple(Pick(option=name) for name in services))
        answers[county.places.services] = Answer(value=picks, by="o", at=NOW)
    draft = Draft(
        id="x#1", form=form.id, form_version=form.version, opened_at=NOW, changed_at=NOW, agreements=agreed,
        answers=answers, trail=tuple(answers),
    )  # fmt: skip
    return Conversation(id="x", account=county.id, person="o", county=county.id, serial=1, greeted=True).with_draft(
        draft
    )


def refused(county, field, value, answers, now):
    """Why the field's own kind would refuse the value if it were written to it; None if it would not."""
    here = context(county, answers)
    match value:
        case Amount(number=number, unit=unit) if isinstance(field, NumberField):
            reading = check(number, unit, field)
        case Phone(number=said) | Code(number=said) | Address(text=said) | Words(text=said):
            reading = parse(said, field, here)
        case Contact(name=name, phone=phone):
            reading = parse(f"{name} {phone}", field, here)
        case Buildings(numbers=numbers):
            reading = parse("、".join(numbers), field, here)
        case Day(date=date, half=half, time=time):
            clock = f" {time:%H:%M}" if time else half or ""
            reading = parse(f"{date.isoformat()}{clock}", field, here)
        case _:
            return None
    return reading if isinstance(reading, Refusal) else None


@pytest.mark.parametrize("county", sorted(shipped()))
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_text_raises_or_fills_what_its_kind_refuses(county, data):
    county = shipped()[county]
    options = [option.text for option in county.form.fields[county.places.services].options]
    chosen = data.draw(
        st.lists(st.sampled_from(options), unique=True).map(lambda some: sorted(some, key=options.index))
    )
    conversation, now = filling(county, chosen), NOW
    for text in data.draw(st.lists(TEXTS, min_size=1, max_size=3)):
        now += dt.timedelta(minutes=1)
        outcome = advance(county, conversation, TextMessage(text=text), Actor(person="o"), now)
        before = {one.id: one.answers for one in conversation.drafts}
        for draft in outcome.conversation.drafts:
            for name, answer in draft.answers.items():
                if answer.value is None or before.get(draft.id, {}).get(name) == answer:
                    continue
                field = county.forms[draft.form].fields[name]
                assert fits(field, answer), (text, name, answer)
                within_limits(field, answer.value, least=2)  # 一楼, where in the house a meter stands
                assert not (why := refused(county, field, answer.value, draft.answers, now)), (
                    text,
                    name,
                    answer.value,
                    why,
                )
        conversation = outcome.conversation
