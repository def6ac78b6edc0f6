"""A rolling deployment: two programs with other editions, one person, one case, one steward between them."""

import datetime as dt
import json
from collections.abc import Iterator

import pytest
from sqlalchemy import text as sql

from handlers.book import FORMAT, TALK, SealedBook
from handlers.editions import EditionsChanged
from handlers.letter import Letter
from handlers.ports import CoreAway
from model.calendar import WorkingCalendar
from model.command import Command, Do
from model.commands.intake import Move
from model.commands.survey import AgreeSurvey
from model.county import County
from model.decision import Done, Refused
from model.edition import EditionUnknown, under
from model.fields import ChoiceField, Option
from model.message import Actor, InvitationMessage
from model.process import Opinion, Process
from model.staff import Staff
from model.values import Declared
from routing.acts import task_invitation
from storage.migrate import upgrade
from storage.newer import Newer
from storage.schema import events
from storage.steps import Step
from tests.e2e.jobs import XINXIANG
from tests.editions.changes import each, made
from tests.editions.houses import PERSON, House, Town
from tests.shipped import shipped

pytestmark = pytest.mark.asyncio(loop_scope="session")

OLD = shipped()["xinxiang"]
STEWARD = "o_steward"
OPERATOR = Actor(person="operator", role="staff")


def without(county: County, name: str) -> County:
    return each(county, lambda field: () if field.id == name else (field,))


def with_opinion(county: County, word: str) -> County:
    """The next process: one more survey opinion, and the small form that offers it."""
    process = county.process

    def offering(field: object) -> object:
        if isinstance(field, ChoiceField):
            return field.model_copy(update={"options": (*field.options, Option(text=word))})
        return field

    forms = []
    for form in process.forms:
        if form.id == "survey_opinion":
            sections = tuple(
                one.model_copy(update={"fields": tuple(offering(field) for field in one.fields)})
                for one in form.sections
            )
            parts = {name: getattr(form, name) for name in type(form).model_fields}
            form = type(form)(**parts | {"sections": sections, "version": form.version + 1})
        forms.append(form)
    opinions = (*process.survey.opinions, Opinion(text=word, passes=True))
    survey = process.survey.model_copy(update={"opinions": opinions})
    return stepped(county, forms=tuple(forms), survey=survey)


def stepped(county: County, **changes: object) -> County:
    parts = {name: getattr(county.process, name) for name in Process.model_fields}
    return county.made_anew(process=Process(**parts | {"version": county.process.version + 1} | changes))


async def say_all(houses: list[House], texts: str) -> str:
    """One thing after the other, to the houses in turn."""
    seen = ""
    for n, said in enumerate(texts.split("|")):
        seen = (await houses[n % len(houses)].say(said)).text
        assert "没看懂" not in seen, (said, seen)
    return seen


async def hire(house: House, body: str) -> Actor:
    await house.staffing.put(Staff(id="s1", county=OLD.id, body=body, name="管家甲", phone="13500000009"))
    await house.staffing.issue_code("s1", "K7P2Q999", house.town.now + dt.timedelta(days=1))
    await house.say("绑定 K7P2Q999", STEWARD)
    return Actor(person=STEWARD, role="steward", staff="s1")


async def do(house: House, case: str, actor: Actor, what: Do) -> Done | Refused:
    [seen] = [one for one in await house.core.cases(OLD.id, PERSON) if one.id == case]
    command = Command(id=f"{seen.version}:{what}", case=case, actor=actor, do=what)
    return await house.core.execute(command, house.town.now)


# --- Registering ------------------------------------------------------------------------------------------------------


async def test_a_form_changed_under_its_version_does_not_start(town: Town) -> None:
    await town.open(OLD)
    changed = made(OLD).made_anew(form=made(without(OLD, "project_name")).form.model_copy(update={"version": 1}))
    with pytest.raises(EditionsChanged, match=r"xinxiang.*form\.yaml 改过了，version 还是 1.*改成 2"):
        await town.open(changed)
    await town.open(changed, replace=True)  # on one's own machine
    with pytest.raises(EditionsChanged, match=r"form\.yaml"):
        await town.open(OLD)


async def test_a_second_start_reads_nothing_anew(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading a county's form takes as long as half of a start."""
    await town.open(OLD)
    monkeypatch.setattr(County, "model_validate_json", None)
    house = await town.open(OLD.made_anew(calendar=written_by_another_process(OLD.calendar)))
    assert [one.form.version for one in house.editions[OLD.id].editions] == [OLD.form.version]


def written_by_another_process(calendar: WorkingCalendar) -> WorkingCalendar:
    """Its days come in another order: there, hashes are others."""
    days = sorted(calendar.holidays, reverse=True)
    other = calendar.model_copy(update={"holidays": _Unordered(days)})
    assert tuple(other.holidays) != tuple(sorted(days))
    return other


class _Unordered(frozenset[dt.date]):
    def __iter__(self) -> Iterator[dt.date]:
        return iter(sorted(super().__iter__(), reverse=True))


async def test_what_may_change_at_any_time_needs_no_version(town: Town) -> None:
    await town.open(OLD)
    bodies = tuple(one.model_copy(update={"phone": "0373-1"}) for one in OLD.bodies)
    await town.open(OLD.made_anew(bodies=bodies, help=OLD.help.model_copy(update={"hours": "全天"})))


async def test_a_small_form_has_a_version_of_its_own(town: Town) -> None:
    await town.open(OLD)
    newer = with_opinion(OLD, "暂缓")
    forms = tuple(
        type(one)(**{name: getattr(one, name) for name in type(one).model_fields} | {"version": 1})
        for one in newer.process.forms
    )
    parts = {name: getattr(newer.process, name) for name in Process.model_fields} | {"forms": forms}
    with pytest.raises(EditionsChanged, match=r"踏勘.*改成 2"):
        await town.open(newer.made_anew(process=Process(**parts)))


async def test_an_older_program_starts_beside_a_newer_one(town: Town) -> None:
    """And again, after the newer one came."""
    await town.open(OLD)
    await town.open(without(OLD, "project_name"))
    house = await town.open(OLD)
    assert [one.form.version for one in house.editions[OLD.id].editions] == [2, 1]


async def test_an_older_program_starts_on_a_newer_schema(town: Town) -> None:
    async with town.database.writing(Step.MIGRATE) as connection:
        await connection.execute(sql("update alembic_version set version_num = '9999_of_a_newer_program'"))
    await upgrade(town.database)
    await town.open(OLD)


# --- Drafts -----------------------------------------------------------------------------------------------------------


async def test_an_older_program_asks_by_the_newer_form(town: Town) -> None:
    """The newer one has a question more and one less; the older is in the middle of the talk and follows."""
    old = await town.open(OLD)
    await say_all([old], "|".join(XINXIANG.split("|")[:4]))
    new = await town.open(without(OLD, "project_name"))
    await say_all([new, old], "|".join(XINXIANG.split("|")[4:10]))
    assert (await old.draft()).form_version == 2
    seen = await say_all([old, new], "|".join(XINXIANG.split("|")[11:12]))
    assert "project_name" not in (await old.draft()).answers
    assert "项目名称" not in seen


async def test_an_answer_comes_back_with_its_field(town: Town) -> None:
    first = await town.open(OLD)
    await say_all([first], "|".join(XINXIANG.split("|")[:11]))
    named = (await first.draft()).answers["project_name"]
    second = await town.open(without(OLD, "project_name"))
    seen = await second.say("帮助")
    assert "新表不再问工程项目名称，填过的先替您留着" in seen.text
    assert (await second.draft()).aside == {"project_name": named}
    third = await town.open(made(made(OLD)))
    seen = await third.say("帮助")
    assert "以前填过的工程项目名称又用上了" in seen.text
    assert (await third.draft()).answers["project_name"] == named
    assert (await third.draft()).aside == {}


@pytest.mark.parametrize("text", ["notice", "identity"])
async def test_a_new_text_is_asked_again(town: Town, text: str) -> None:
    """Before the form is handed in, though everything has been answered."""
    old = await town.open(OLD)
    await say_all([old], XINXIANG)
    assert (await old.draft()).agreements[text].version == 1
    consents = {name: one.model_copy(update={"version": 2}) for name, one in OLD.form.consents.items()}
    notice = OLD.form.notice
    assert notice is not None
    newer = {"notice": notice.model_copy(update={"version": 2})} if text == "notice" else {"consents": consents}
    new = await town.open(made(OLD, **newer))
    seen = (await new.say("0")).text
    assert "同意" in seen
    assert "核对" in (await new.say("同意")).text
    assert (await new.draft()).agreements[text].version == 2
    assert "已收到" in (await old.say("0")).text


async def test_nobody_promises_what_he_has_not_read(town: Town) -> None:
    """The promise stands on the card; with another text it is shown again before anything is handed in."""
    old = await town.open(OLD)
    await say_all([old], XINXIANG)
    promise = OLD.form.declaration
    assert promise is not None
    new = await town.open(made(OLD, declaration=promise.model_copy(update={"version": 2, "text": "我都看过了。"})))
    assert "我都看过了。" in (await new.say("我承诺")).text
    assert (await new.draft()).state == "filling"
    assert "已收到" in (await new.say("我承诺")).text
    [case] = await new.core.cases(OLD.id, PERSON)
    submission = await new.core.submission(case.id)
    assert submission is not None
    assert submission.answers["seal"].value == Declared(version=2)


async def test_a_submission_is_handed_in_under_its_form(town: Town) -> None:
    """Confirmed with the old form while SQL was away; the newer program, whose form lacks a field, finishes it."""
    old = await town.open(OLD)
    await say_all([old], XINXIANG)
    accept = old.core.accept

    async def away(*_: object) -> object:
        raise CoreAway("test")

    old.turns._handing_in._core.accept = away  # type: ignore[method-assign, attr-defined]
    await old.say("我承诺")
    old.turns._handing_in._core.accept = accept  # type: ignore[method-assign]
    [draft] = (await old.talk()).drafts
    assert draft.state == "submitting"
    new = await town.open(without(OLD, "project_name"))
    assert await new.turns.settle(OLD.id, PERSON)
    [case] = await new.core.cases(OLD.id, PERSON)
    submission = await new.core.submission(case.id)
    assert submission is not None
    assert submission.form_version == 1
    assert "project_name" in submission.answers


# --- Cases ------------------------------------------------------------------------------------------------------------


async def registered(house: House) -> str:
    await say_all([house], XINXIANG + "|我承诺")
    [case] = await house.core.cases(OLD.id, PERSON)
    return case.id


async def surveyed_by(houses: list[House], case_id: str, opinion: str) -> str:
    """The steward's way through the chat to his opinion, between the houses; the last reply."""
    house = houses[0]
    case = await house.core.case(case_id)
    assert case is not None
    order = next(one for one in case.orders if one.steward == "s1")
    task = task_invitation(case, order, house.editions[OLD.id], case.number)
    await house.say(InvitationMessage(invitation=task), STEWARD)
    for n, said in enumerate(["接单", "已联系", "约踏勘", "明天下午3点"]):
        await houses[n % len(houses)].say(said, STEWARD)
    [name] = (await house.core.case(case_id)).appointments  # type: ignore[union-attr]
    agreed = await do(house, case_id, Actor(person=PERSON), AgreeSurvey(appointment=name, sequence=1))
    assert isinstance(agreed, Done), agreed
    task = task_invitation(agreed.case, agreed.case.order(order.id), house.editions[OLD.id], case.number)  # type: ignore[arg-type]
    await houses[-1].say(InvitationMessage(invitation=task), STEWARD)
    await houses[0].say("踏勘意见", STEWARD)
    return (await houses[-1].say(opinion, STEWARD)).text


async def test_an_older_program_works_a_newer_case(town: Town) -> None:
    """The case began under process 2, with an opinion that the older program's own process does not have."""
    old = await town.open(OLD)
    await hire(old, OLD.bodies[1].id)
    new = await town.open(with_opinion(OLD, "暂缓"))
    case_id = await registered(new)
    seen = await surveyed_by([old], case_id, "暂缓")
    assert "已记录" in seen, seen
    events = await new.core.events(case_id)
    assert {one.process_version for one in events} == {2}
    rows = await old.outbox.claim(town.now + dt.timedelta(minutes=1), 50)
    letters = [await old.notices.compose(row) for row in rows if row.kind == "notice"]
    assert any(isinstance(one, Letter) and one.person == PERSON for one in letters)


async def test_an_open_case_keeps_its_process(town: Town) -> None:
    """A newer program, started with nothing but its own files, works it by the rules it began under."""
    old = await town.open(OLD)
    await hire(old, OLD.bodies[1].id)
    case_id = await registered(old)
    new = await town.open(with_opinion(OLD, "暂缓"))
    seen = await surveyed_by([new, old], case_id, "暂缓")
    assert "已记录" not in seen
    seen = (await new.say("符合", STEWARD)).text
    assert "已记录" in seen
    events = await new.core.events(case_id)
    assert {one.process_version for one in events} == {1}


async def test_a_case_is_moved(town: Town) -> None:
    old = await town.open(OLD)
    await hire(old, OLD.bodies[1].id)
    case_id = await registered(old)
    new = await town.open(with_opinion(OLD, "暂缓"))
    assert await do(old, case_id, OPERATOR, Move(to=9)) == Refused(code="move.unknown", about={"version": "9"})
    done = await do(new, case_id, OPERATOR, Move(to=2))
    assert isinstance(done, Done)
    assert done.case.process_version == 2
    assert await new.store.open_cases(OLD.id) == {2: 1}
    assert (await old.core.case(case_id)) == done.case
    again = await do(new, case_id, OPERATOR, Move(to=2))
    assert isinstance(again, Refused)
    assert again.code == "move.already"
    assert "已记录" in await surveyed_by([old, new], case_id, "暂缓")


async def test_a_case_that_cannot_be_moved(town: Town) -> None:
    """Surveyed already, and the new process knows no survey."""
    old = await town.open(OLD)
    await hire(old, OLD.bodies[1].id)
    case_id = await registered(old)
    assert "已记录" in await surveyed_by([old], case_id, "符合")
    new = await town.open(stepped(OLD, steps=tuple(one for one in OLD.process.steps if one.step != "survey")))
    refused = await do(new, case_id, OPERATOR, Move(to=2))
    assert isinstance(refused, Refused)
    assert (refused.code, refused.about.get("step")) == ("move.step_gone", "踏勘")


async def test_a_service_that_is_gone_is_still_called_by_its_name(town: Town) -> None:
    old = await town.open(OLD)
    case_id = await registered(old)
    services = tuple(one for one in OLD.services if one.id != "water")
    new = await town.open(made(stepped(OLD)).made_anew(services=services))
    assert "用水" in (await new.say("进度")).text
    assert (await new.core.case(case_id)) is not None


# --- What a newer program wrote ---------------------------------------------------------------------------------------


async def test_a_newer_conversation_is_left_alone(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also by a program that has the conversation at hand as it was before."""
    old, new = await town.open(OLD), await town.open(OLD)
    await say_all([old], "水和电|1")
    monkeypatch.setattr("handlers.book.FORMAT", FORMAT + 1)
    await new.say("1")
    monkeypatch.undo()
    before = await old.book._store.load(f"{OLD.id}:{PERSON}", None)
    with pytest.raises(Newer):
        await old.say("河南禾粮面业有限公司")
    assert await old.book._store.load(f"{OLD.id}:{PERSON}", None) == before
    assert isinstance(old.book, SealedBook)
    assert TALK in before.parts


async def test_a_newer_event_is_left_alone(town: Town) -> None:
    old = await town.open(OLD)
    case_id = await registered(old)
    log, key = old.records._log, None
    async with town.database.writing(Step.COMMAND) as connection:
        key = await log.key(connection, case_id)
        [first, *_] = await log.read(connection, case_id)
        row = log._row(first.model_copy(update={"sequence": 99}), key)
        body = json.dumps({"actor": first.actor.model_dump(), "event": {"event": "of_a_newer_program"}}).encode()
        row["sealed"] = town.vault.seal(key, body, f"event:{case_id}:99".encode())
        await connection.execute(events.insert().values(**row))
    with pytest.raises(CoreAway):
        await old.core.case(case_id)
    result = old.core.execute(Command(id="x", case=case_id, actor=OPERATOR, do=Move(to=2)), town.now)
    with pytest.raises(CoreAway):
        await result
    assert "查不到" in (await old.say("进度")).text


async def test_an_edition_nobody_registered(town: Town) -> None:
    """Another program has a form that this one cannot learn: it does not touch the draft."""
    old = await town.open(OLD)
    new = House(without(OLD, "project_name"), town)
    town.houses.append(new)
    await say_all([new], "水和电|1|1")
    with pytest.raises(Newer):
        await old.say("河南禾粮面业有限公司")
    await new.editions.register(town.now)
    await old.say("河南禾粮面业有限公司")
    assert (await old.draft()).answers["applicant_name"].value is not None
    with pytest.raises(EditionUnknown):
        under(OLD, 7)
