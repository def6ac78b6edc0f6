"""Two or three programs of different editions over one real store: whoever answers, no answer is lost (design §3)."""

import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dialogs.focus import OnConfirm, OnConsent, OnField, OnNotice, OnReview, OnRows, OnSure, focus
from dialogs.schemes import scheme_of
from dialogs.visible import visible_fields
from model.case import Case
from model.county import County
from model.draft import Draft
from model.edition import form_of
from model.fields import ChoiceField, CodeField, DateField, Field, NumberField, TextField
from model.holding import holds
from tests.editions.changes import Yaml, kept, next_edition
from tests.editions.houses import PERSON, House, new_town
from tests.shipped import shipped

pytestmark = pytest.mark.asyncio(loop_scope="session")

COUNTY = shipped()["xinxiang"]
_folders = itertools.count()


def words(field: Field, draft: Draft, services: str, n: int) -> str:
    """A right answer to this field; `n` tells it from the others."""
    match field:
        case ChoiceField() if field.id == COUNTY.places.services:
            return services
        case ChoiceField(options=options):
            return options[n % len(options)].text
        case NumberField(unit=unit, units=units):
            return f"{n + 1}{units[0] if units else unit}"
        case CodeField():
            schemes = {"organisation": "91410721MA000100X8", "identity": "410721198103090006", "account": f"1000{n:04}"}
            return schemes.get(scheme_of(field, draft.answers), "2501-410721-04-01-100014")
        case DateField():
            return "2027年3月1日"
        case TextField(name_only=False):
            return f"新建给水管约{n}米"
    return {
        "text": f"示例{n}号", "yes_no": "否", "phone": f"1380000{n:04}", "contact": f"贾文斌 1350000{n:04}",
        "address": f"小冀镇示范路{n}号", "buildings": f"{n + 1}号楼", "attachment": "后面补",
    }[field.kind]  # fmt: skip


async def next_words(house: House, services: str, n: int, consents: bool) -> str | None:
    """What a person says to the question he sees; None once the form is handed in."""
    draft = (await house.talk()).draft()
    if draft is None or draft.state != "filling":
        return None
    county = house.editions[house.own.id]
    match focus(form_of(county, draft), draft):
        case OnNotice() | OnSure():
            return "同意"
        case OnConsent():
            return "同意" if consents else "不同意"
        case OnConfirm():
            return "是"
        case OnReview():
            return "我承诺"
        case OnRows():
            return "没有"
        case OnField(field=field):
            return words(field, draft, services, n)


def lost(before: Draft, after: Draft) -> dict[str, object]:
    """What was kept before and is no more, but for fields answered anew by this very message."""
    now = kept(after)
    return {
        name: answer.value
        for name, answer in (*before.answers.items(), *before.aside.items())
        if answer.value is not None
        and answer.value not in (now.get(name), now.get(f"aside {name}"))
        and not (name in after.answers and after.answers[name].revision > before.revision)
    }


@settings(
    max_examples=7, deadline=None, derandomize=True, database=None, phases=[Phase.generate],  # shrinking such long talks takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)  # fmt: skip
@given(data=st.data())
async def test_no_answer_is_ever_lost(
    valkey: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder: Path = tmp_path_factory.getbasetemp() / f"interleaved-{next(_folders)}"
    town = await new_town(valkey, folder)
    past: list[County] = []
    county = COUNTY
    consents = data.draw(st.booleans(), label="consents")
    services = data.draw(st.sampled_from(["水和电", "用电", "用水"]), label="services")
    try:
        houses = [await town.open(county)]
        opener = await houses[0].say(services)
        assert opener.text
        said: list[tuple[str, str, object]] = []
        for n in range(90):
            if len(past) < 3 and n > 2 and data.draw(st.integers(0, 5), label="new edition") == 0:
                past.append(county)
                answered = kept((await houses[0].talk()).drafts[-1])
                county = next_edition(county, past, Yaml(data, answered))
                houses = [*houses[-2:], await town.open(county)]
            house = data.draw(st.sampled_from(houses), label="answers")
            before = (await house.talk()).draft()
            assert before is not None
            text = await next_words(houses[-1], services, n, consents)
            if text is None:
                break
            key = f"message-{n}"
            reply = await house.say(text, key=key)
            assert reply.text, text
            said.append((key, text, reply))
            after = next((one for one in (await house.talk()).drafts if one.id == before.id), None)
            if after is None:
                break
            assert after.form_version >= before.form_version
            if text != "不同意":  # a refused consent deletes what needs it, and says so
                assert lost(before, after) == {}, (text, before.form_version, after.form_version)
            if data.draw(st.integers(0, 3), label="again") == 0:
                key, text, reply = data.draw(st.sampled_from(said), label="delivered again")
                assert await data.draw(st.sampled_from(houses)).say(text, key=key) == reply
        else:
            raise AssertionError("the form never ends", said[-4:])
        await _handed_in(houses[0], county)
    finally:
        await town.close()


async def _handed_in(house: House, newest: County) -> None:
    """There is one case, and it says what the form it names shows."""
    [case] = await house.core.cases(house.own.id, PERSON)
    assert isinstance(case, Case)
    submission = await house.core.submission(case.id)
    assert submission is not None
    known = house.editions[house.own.id]
    forms = {one.form.version: one.form for one in (known, *known.editions)}
    form = forms[submission.form_version]
    assert set(submission.answers) <= {field.id for field in visible_fields(form, submission.answers)}
    asked = [one for one in visible_fields(form, submission.answers) if holds(one.ask_when, submission.answers)]
    unanswered = [one.id for one in asked if one.id not in submission.answers and one.kind != "declaration"]
    assert not [name for name in unanswered if form.fields[name].need == "required" and not form.fields[name].consent]
    assert case.process_version <= newest.process.version
