"""容缺 and 补正: told once, handed in, looked at, in the applicant's own time; heating waits for its papers (X47, X127, X129)."""

import datetime as dt

import pytest

from model.calendar import CHINA
from model.command import Do
from model.commands.clock import Warn
from model.commands.contact import ReportContact
from model.commands.ending import Withdraw
from model.commands.intake import Take
from model.commands.supplements import AskMore, Check, Handed, HandIn, TickOriginal, Waive
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from model.commands.works import Connect, GiveScheme, ReportAcceptance, ReportBuilt
from model.decision import Refused
from model.events.supplements import SupplementsAsked, SupplementsDeferred
from model.message import Actor
from model.order import Clock
from model.process import CorrectionRule, Gate, Supplementing
from model.submission import Submission
from model.values import Address, Code, Files, StoredFile, Value, Words
from routing.agenda import next_limit
from routing.lacking import lacking, lacking_for
from routing.notices import notices
from tests.routing.county import NOW, submission
from tests.routing.desk import APPLICANT, WINDOW, Desk, replayed
from tests.shipped import shipped

CLOCK = Actor(person="", role="clock")
PAPERS = ("heat_planning_permit", "heat_site_plan", "heat_area_table", "heat_fee_receipt")
WATER, HEAT = 1, 2
_SHIPPED = shipped()["xinxiang"]
COUNTY = _SHIPPED.made_anew(
    process=_SHIPPED.process.model_copy(update={"gates": (Gate(service="heat", step="scheme", needs=PAPERS),)})
)


def photo(name: str = "a") -> StoredFile:
    return StoredFile(digest=name * 64, media_type="image/png", size=10)


def handed(*options: str, missing: tuple[str, ...] = (), **given: Value) -> Submission:
    answers: dict[str, Value] = {
        "applicant_name": Words(text="测试甲"),
        "project_address": Address(text="样板路1号"),
        **given,
    }
    made = submission(COUNTY, *options, **answers)
    return made.model_copy(update={"missing": missing, "form_version": COUNTY.form.version})


def desk(*options: str, missing: tuple[str, ...] = (), **given: Value) -> Desk:
    return Desk(COUNTY, handed(*(options or ("用水", "热力")), missing=missing, **given))


def code(done: object) -> str:
    assert isinstance(done, Refused), done
    return done.code


def days(count: float) -> dt.datetime:
    return NOW + dt.timedelta(days=count)


def told(one: Desk, since: int) -> set[str]:
    return {f"{each.recipient.kind} {each.template}" for each in notices(one.case, one.log[since:])}


def clock(one: Desk, about: Supplementing = "correction", place: int = WATER) -> Clock:
    return one.order(place).clocks[about]


def pass_time(one: Desk, about: Supplementing) -> list[str]:
    """The next thing that the applicant's time brings about."""
    order = next(each for each in one.case.orders if about in each.clocks)
    coming = order.clocks[about].next
    assert coming is not None
    due = order.clocks[about].due.at
    done = one.do(CLOCK, Warn(step=about, share=coming.share, at=coming.at, due=due), coming.at)
    assert not isinstance(done, Refused)
    return done


def ask(one: Desk, *fields: str, words: tuple[str, ...] = (), reason: str = "", now: dt.datetime = NOW) -> object:
    do = AskMore(order="case-1", fields=fields, words=words, reason=reason)
    return one.do(one.steward(), do, now)


def hand(one: Desk, name: str, *files: StoredFile, value: Value | None = None, now: dt.datetime = NOW) -> object:
    return one.do(APPLICANT, HandIn(handed=(Handed(supplement=name, files=files, value=value),)), now)


# --- 容缺 ---


def test_what_was_left_open_is_known_with_its_orders_and_its_time() -> None:
    one = desk(missing=("project_code", "heat_site_plan"))
    assert {each.id: each.orders for each in one.case.supplements} == {
        "project_code": ("case-1", "case-2"),
        "heat_site_plan": ("case-2",),
    }
    assert clock(one, "deferred").due.days == 10
    assert isinstance(one.log[-1].event, SupplementsDeferred)
    assert next_limit(one.order()) == ("contact", dt.datetime(2026, 11, 24, 17, 30, tzinfo=CHINA))
    assert replayed(one) == one.case


def test_a_project_code_comes_later_and_ends_the_time() -> None:
    one = desk("用水", missing=("project_code",))
    value = Code(scheme="project", number="2501-410721-04-01-100014")
    before = len(one.log)
    assert hand(one, "project_code", value=value) == ["supplements_handed_in"]
    assert told(one, before) == {"staff steward.supplements"}
    assert lacking(one.case) == ()
    assert clock(one, "deferred").next is None
    assert one.case.supplements[0].value == value


def test_nothing_stands_still_for_what_was_left_open() -> None:
    one = desk("用水", missing=("project_code",))
    assert not one.order().clocks["contact"].stands


def test_the_applicant_is_reminded_gets_more_time_and_then_it_rests_with_him() -> None:
    one = desk("用水", missing=("project_code",))
    assert pass_time(one, "deferred") == ["supplements_reminded"]
    assert pass_time(one, "deferred") == ["supplements_overdue"]
    assert clock(one, "deferred").extended == 1
    for _ in range(3):
        pass_time(one, "deferred")
    assert one.order().correction is None
    before = len(one.log)
    assert pass_time(one, "deferred") == ["supplements_overdue", "clock_paused"]
    assert told(one, before) == {"applicant applicant.supplements_returned", "staff steward.supplements_returned"}
    order = one.order()
    assert order.correction is not None
    assert order.correction.returned_at is not None
    assert hand(one, "project_code", value=Words(text="x"), now=days(90)) == ["supplements_handed_in", "clock_resumed"]
    after = one.order().correction
    assert after is not None
    assert after.returned_at is None
    assert replayed(one) == one.case


def connected(one: Desk) -> list[str]:
    """The first order is worked until it is connected."""
    order, who, now = one.order().id, one.steward(), days(9)
    surveyed(one, now)
    for do in (
        GiveScheme(order=order, scheme="接管", days=5),
        ReportBuilt(order=order),
        ReportAcceptance(order=order, result="通过"),
        Connect(order=order),
    ):
        done = one.do(who, do, now)
        assert isinstance(done, list), (do, done)
    return done


def test_of_what_is_connected_nothing_is_asked_any_more() -> None:
    one = desk("用水", missing=("project_code",))
    connected(one)
    assert clock(one, "deferred").next is None
    assert replayed(one) == one.case


def test_the_others_are_still_reminded_when_one_is_connected() -> None:
    """The one time for all that may follow goes on with the service that still waits, and where it stood."""
    one = desk("用水", "热力", missing=("project_code",))
    pass_time(one, "deferred")
    due = clock(one, "deferred").due
    connected(one)
    assert "deferred" not in one.order().clocks
    assert clock(one, "deferred", HEAT).due == due
    before = len(one.log)
    assert pass_time(one, "deferred") == ["supplements_overdue"]
    assert told(one, before) == {"applicant applicant.supplements_extended"}
    assert one.do(APPLICANT, Withdraw(), days(20)) == ["orders_ended", "case_closed"]
    assert clock(one, "deferred", HEAT).next is None
    assert replayed(one) == one.case


# --- 补正 ---


def test_one_notice_lists_everything_and_the_limits_stand_still() -> None:
    one = desk("用水")
    before = len(one.log)
    assert ask(one, "approvals_pages", words=("接水点照片", "  ")) == ["supplements_asked", "clock_paused"]
    assert told(one, before) == {"applicant applicant.supplements_asked"}
    assert [(each.id, each.words) for each in lacking(one.case)] == [
        ("approvals_pages", ""),
        (one.case.supplements[1].id, "接水点照片"),
    ]
    contact = one.order().clocks["contact"]
    assert contact.stands
    assert contact.next is None
    assert next_limit(one.order()) is None
    assert replayed(one) == one.case


def test_with_the_last_of_it_the_limit_runs_on_with_what_was_left() -> None:
    """Contact was due the next working day; asked on Monday, complete on Thursday: due on Friday."""
    one = desk("用水")
    ask(one, "approvals_pages", words=("接水点照片",))
    words = one.case.supplements[1].id
    assert hand(one, "approvals_pages", photo(), now=days(1)) == ["supplements_handed_in"]
    assert hand(one, words, photo("b"), now=days(3)) == ["supplements_handed_in", "clock_resumed"]
    contact = one.order().clocks["contact"]
    assert contact.due.at == dt.datetime(2026, 11, 27, 17, 30, tzinfo=CHINA)
    assert [(each.cause, each.since, each.until) for each in contact.pauses] == [("correction", NOW, days(3))]
    assert contact.next is not None
    assert contact.next.at > days(3)


def test_who_was_late_before_is_late_still() -> None:
    one = desk("用水")
    late = one.order().clocks["contact"].due.at
    ask(one, "approvals_pages", now=days(3))
    hand(one, "approvals_pages", photo(), now=days(5))
    assert one.order().clocks["contact"].due.at == late


def test_what_is_done_while_it_stands_still_is_in_time() -> None:
    one = desk("用水")
    ask(one, "approvals_pages")
    one.do(one.steward(), Take(order="case-1"), days(5))
    one.do(one.steward(), ReportContact(order="case-1"), days(5))
    assert one.order().clocks["contact"].kept


def test_more_is_asked_for_again_only_with_a_reason() -> None:
    one = desk("用水")
    ask(one, "approvals_pages")
    assert code(ask(one, "approvals_pages")) == "ask_more.already"
    assert code(ask(one, words=("接水点照片",))) == "ask_more.reason"
    assert ask(one, words=("接水点照片",), reason="改了接水点") == ["supplements_asked"]
    event = one.log[-1].event
    assert isinstance(event, SupplementsAsked)
    assert event.reason == "改了接水点"


def test_a_county_may_have_it_asked_once_or_not_at_all() -> None:
    one = desk("用水")
    rule = COUNTY.process.corrections
    assert rule is not None
    once = CorrectionRule.model_validate(rule.model_dump() | {"again": "never"})
    one.county = COUNTY.made_anew(process=COUNTY.process.model_copy(update={"corrections": once}))
    ask(one, "approvals_pages")
    assert code(ask(one, words=("接水点照片",), reason="改了")) == "ask_more.once"
    one.county = COUNTY.made_anew(process=COUNTY.process.model_copy(update={"corrections": None}))
    assert code(ask(one, words=("接水点照片",))) == "ask_more.absent"


def test_one_is_returned_with_what_is_wrong_and_the_others_are_not_asked_again() -> None:
    one = desk("用水")
    ask(one, "approvals_pages", "network_cabinets")
    hand(one, "approvals_pages", photo())
    hand(one, "network_cabinets", value=Words(text="x"))
    who = one.steward()
    assert code(one.do(who, Check(order="case-1", supplement="approvals_pages", passes=False))) == "check.needs_text"
    before = len(one.log)
    do = Check(order="case-1", supplement="approvals_pages", passes=False, wrong="章看不清")
    assert one.do(who, do) == ["supplement_returned", "clock_paused"]
    assert told(one, before) == {"applicant applicant.supplement_returned"}
    assert [each.id for each in lacking(one.case)] == ["approvals_pages"]
    assert code(one.do(who, do)) == "check.nothing"
    hand(one, "approvals_pages", photo("b"))
    known = one.case.supplement("approvals_pages")
    assert known is not None
    assert [each.digest[0] for each in known.files] == ["b"]  # what would not do is not kept beside it
    assert one.do(who, Check(order="case-1", supplement="approvals_pages", passes=True)) == ["supplement_accepted"]
    before = len(one.log)
    one.do(who, Check(order="case-1", supplement="network_cabinets", passes=True))
    assert told(one, before) == {"applicant applicant.supplement_accepted"}
    assert replayed(one) == one.case


def test_not_in_time_it_is_given_back_and_nothing_is_lost() -> None:
    one = desk("用水")
    ask(one, "approvals_pages")
    assert pass_time(one, "correction") == ["supplements_reminded"]
    assert pass_time(one, "correction") == ["supplements_overdue"]
    assert clock(one).next is None
    assert one.order().clocks["contact"].stands
    assert hand(one, "approvals_pages", photo(), now=days(60)) == ["supplements_handed_in", "clock_resumed"]


def test_what_is_not_needed_any_more_is_waived() -> None:
    one = desk("用水")
    ask(one, "approvals_pages")
    do = Waive(order="case-1", supplement="approvals_pages")
    assert one.do(one.steward(), do) == ["supplement_waived", "clock_resumed"]
    assert code(one.do(one.steward(), do)) == "waive.already"
    assert code(hand(one, "approvals_pages", photo())) == "hand_in.already"


@pytest.mark.parametrize(
    ("name", "files", "reason"),
    [
        ("nothing", (photo(),), "hand_in.unknown"),
        ("approvals_pages", (), "hand_in.empty"),
        ("approvals_pages", tuple(photo(one) for one in "abcdefghij"), "hand_in.many"),
    ],
)
def test_what_cannot_be_handed_in(name: str, files: tuple[StoredFile, ...], reason: str) -> None:
    one = desk("用水")
    ask(one, "approvals_pages")
    assert code(hand(one, name, *files)) == reason


def test_the_same_photo_twice_is_one() -> None:
    one = desk("用水")
    ask(one, "approvals_pages")
    hand(one, "approvals_pages", photo())
    assert code(hand(one, "approvals_pages", photo())) == "hand_in.same"
    assert hand(one, "approvals_pages", photo(), photo("b")) == ["supplements_handed_in"]


def test_only_those_concerned_may() -> None:
    one = desk()
    other = one.steward(HEAT)
    doings: tuple[Do, ...] = (
        AskMore(order="case-1", words=("照片",)),
        Check(order="case-1", supplement="approvals_pages", passes=True),
        Waive(order="case-1", supplement="approvals_pages"),
    )
    assert [code(one.do(other, do)) for do in doings] == ["not.yours"] * 3
    assert [code(one.do(APPLICANT, do)) for do in doings] == ["role.wrong"] * 3
    ask(one, "approvals_pages")
    stranger = Actor(person="stranger")
    do = HandIn(handed=(Handed(supplement="approvals_pages", files=(photo(),)),))
    assert code(one.do(stranger, do)) == "not.yours"
    assert code(one.do(other, do)) == "not.yours"
    assert one.do(WINDOW, do) == ["supplements_handed_in", "clock_resumed"]


# --- 热力 ---


def surveyed(one: Desk, now: dt.datetime) -> None:
    for place in range(1, 1 + len(one.case.orders)):
        one.do(one.steward(place), Take(order=one.order(place).id))
        one.do(one.steward(place), ReportContact(order=one.order(place).id))
    one.do(one.steward(), ProposeSurvey(order="case-1", at=now - dt.timedelta(hours=1)))
    one.do(APPLICANT, AgreeSurvey(appointment=next(iter(one.case.appointments)), sequence=1))
    for place in range(1, 1 + len(one.case.orders)):
        one.do(one.steward(place), GiveOpinion(order=one.order(place).id, opinion="符合"), now)


def scheme(one: Desk, place: int, now: dt.datetime) -> object:
    return one.do(one.steward(place), GiveScheme(order=one.order(place).id, scheme="接入"), now)


def test_heating_waits_for_its_papers_and_water_goes_on() -> None:
    one, now = desk(missing=PAPERS), days(2)
    surveyed(one, now)
    assert one.order(HEAT).clocks["scheme"].stands
    assert not one.order(WATER).clocks["scheme"].stands
    assert code(scheme(one, HEAT, now)) == "step.waits"
    assert "scheme_given" in scheme(one, WATER, now)  # type: ignore[operator]
    for name in PAPERS:
        assert hand(one, name, photo(name[5]), now=days(3)) == ["supplements_handed_in"]
    assert [each.id for each in lacking_for(one.case, one.order(HEAT), "scheme", COUNTY)] == ["heat_area_table"]
    assert code(scheme(one, HEAT, days(3))) == "step.waits"  # a photo is no original
    do = TickOriginal(order="case-2", supplement="heat_area_table")
    assert one.do(one.steward(HEAT), do, days(7)) == ["original_received", "clock_resumed"]
    assert code(one.do(WINDOW, do)) == "tick_original.already"
    due = one.order(HEAT).clocks["scheme"].due.at
    assert due == dt.datetime(2026, 12, 3, 17, 30, tzinfo=CHINA)  # three working days from the Monday on which it came
    assert "scheme_given" in scheme(one, HEAT, days(7))  # type: ignore[operator]
    assert replayed(one) == one.case


def test_the_original_of_what_was_photographed_is_still_wanted() -> None:
    one = desk(**{name: Files(files=(photo(name[5]),)) for name in PAPERS})
    assert [(each.id, each.state) for each in one.case.supplements] == [("heat_area_table", "received")]
    assert [each.id for each in lacking(one.case)] == ["heat_area_table"]
    assert one.do(WINDOW, TickOriginal(order="case-2", supplement="heat_area_table")) == ["original_received"]
    assert lacking(one.case) == ()
    assert code(one.do(WINDOW, TickOriginal(order="case-2", supplement="nothing"))) == "tick_original.unknown"


def test_a_copy_has_no_original() -> None:
    one = desk(missing=PAPERS)
    do = TickOriginal(order="case-2", supplement="heat_site_plan")
    assert code(one.do(one.steward(HEAT), do)) == "tick_original.nothing"


def test_a_case_without_all_this_has_nothing_of_it() -> None:
    one = desk("用水")
    assert one.case.supplements == ()
    assert lacking(one.case) == ()
