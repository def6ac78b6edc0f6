"""Orders that end otherwise than connected: withdrawn, terminated, declined; what they leave behind, and the way back."""

import datetime as dt

from model.case import JOINT
from model.commands.clock import Warn
from model.commands.contact import ReportContact
from model.commands.ending import (
    AnnounceEnd,
    ConfirmDecline,
    Decline,
    GiveEndReason,
    KeepOn,
    Object,
    Resume,
    ReturnDecline,
    Terminate,
    Withdraw,
)
from model.commands.intake import Take
from model.commands.rating import Rate
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from model.commands.urging import ReplyToUrge, Urge
from model.commands.works import Connect, GiveScheme, ReportAcceptance
from model.county import County
from model.decision import Refused
from model.ending_rules import DecliningRule
from model.message import Actor
from model.order import OrderState
from model.process import RatingRule, Step
from model.staff import Engagement
from routing.acts import rating_invitation, steward_acts
from routing.notices import notices
from tests.routing.county import NOW, STEPS, everybody, steward, submission, xinxiang
from tests.routing.desk import APPLICANT, WINDOW, Desk, replayed

LEAD = steward("water_body", name="z", duty="lead")
HEAD = Actor(person=LEAD.person or "", role="steward", staff=LEAD.id)
DAY = dt.timedelta(days=1)
TOMORROW = NOW + DAY


def county_with(confirmed: bool = False, steps: tuple[Step, ...] = STEPS) -> County:
    rule = DecliningRule(form="decline", objection_form="objection", confirmed_by="lead" if confirmed else None)
    made = xinxiang(steps=steps)
    rating = RatingRule(scale=("满意", "不满意"), bad=("不满意",))
    process = made.process.model_copy(update={"declining": rule, "rating": rating})
    acts = {
        f"act.{do}.{what}": "x" for do in ("decline", "object", "keep_on", "reply_urge") for what in ("label", "words")
    }
    return made.made_anew(process=process, messages=made.messages | acts)


def desk(*options: str, confirmed: bool = False, steps: tuple[Step, ...] = STEPS) -> Desk:
    county = county_with(confirmed, steps)
    return Desk(county, submission(county, *(options or ("用水",))), (*everybody(county), LEAD))


def code(done: object) -> str:
    assert isinstance(done, Refused), done
    return done.code


def contacted(made: Desk) -> None:
    for place, order in enumerate(made.case.orders, 1):
        made.do(made.steward(place), Take(order=order.id))
        made.do(made.steward(place), ReportContact(order=order.id))


def agreed(made: Desk) -> None:
    contacted(made)
    made.do(made.steward(), ProposeSurvey(order="case-1", at=TOMORROW))
    made.do(APPLICANT, AgreeSurvey(appointment=JOINT, sequence=1))


def told(made: Desk, since: int) -> set[str]:
    return {f"{one.recipient.id} {one.template}" for one in notices(made.case, made.log[since:])}


def decline(**more: str) -> Decline:
    return Decline(**{"order": "case-1", "kind": "unfit", "reason": "压力不足", "alternative": "先接临时用水", **more})


def test_one_service_is_withdrawn_and_the_others_go_on() -> None:
    made = desk("用水", "用电", "热力")
    agreed(made)
    made.do(APPLICANT, Urge())
    before = len(made.log)
    assert made.do(APPLICANT, Withdraw(orders=("case-1",))) == ["orders_ended"]
    gone = made.order()
    assert gone.ending is not None
    assert (gone.ending.kind, gone.state) == ("withdrawn", OrderState.CONTACTED)
    assert not any(clock.runs for clock in gone.clocks.values())
    assert gone.urged is None
    assert made.order(2).urged is not None
    kept = made.case.appointments[JOINT]
    assert (kept.orders, kept.agreed, kept.by) == (("case-2", "case-3"), True, "power_body-a")
    assert made.states()[1:] == [OrderState.SURVEY_AGREED] * 2
    assert steward_acts(made.case, gone, made.county) == ()
    assert told(made, before) == {
        "water_body-a steward.ended",
        "power_body-a steward.survey_smaller",
        "heat_body-a steward.survey_smaller",
    }
    for do in (
        Take(order="case-1"),
        ReplyToUrge(order="case-1", text="x"),
        GiveOpinion(order="case-1", opinion="符合"),
    ):
        assert code(made.do(made.steward(), do)) in {"order.ended", "reply_urge.nothing"}
    assert code(made.do(APPLICANT, Withdraw(orders=("case-1",)))) == "order.ended"
    assert replayed(made) == made.case


def test_a_case_that_is_withdrawn_whole_closes_without_a_rating_and_comes_back() -> None:
    made = desk("用水", "用电")
    agreed(made)
    before = len(made.log)
    assert made.do(APPLICANT, Withdraw(reason="不装了")) == ["orders_ended", "case_closed"]
    assert made.case.closed_at == NOW
    assert not made.case.served
    assert made.case.appointments[JOINT].released
    assert told(made, before) == {"water_body-a steward.ended", "power_body-a steward.ended"}
    assert code(made.do(APPLICANT, Rate(mark="满意"))) == "rate.nothing"
    assert rating_invitation(made.case, made.county, "") is None
    assert code(made.do(APPLICANT, Urge())) == "case.ended"
    assert made.do(APPLICANT, GiveEndReason(reason="太贵")) == ["end_reason_given"]
    assert [one.ending.reason for one in made.case.orders if one.ending] == ["太贵", "太贵"]
    assert made.do(APPLICANT, Resume(), NOW + DAY) == ["orders_resumed"]
    assert made.case.closed_at is None
    assert made.states() == [OrderState.CONTACTED] * 2
    assert code(made.do(APPLICANT, Resume())) == "resume.nothing"
    assert replayed(made) == made.case


def test_a_limit_that_stood_still_begins_anew_and_is_not_warned_of_meanwhile() -> None:
    made = desk()
    clock = made.order().clocks["contact"]
    made.do(APPLICANT, Withdraw())
    assert made.order().clocks["contact"].next is None
    warned = Warn(step="contact", share=100, at=clock.due.at, due=clock.due.at)
    assert isinstance(made.do(Actor(person="", role="clock"), warned, clock.due.at), Refused)
    made.do(APPLICANT, Resume(), NOW + 4 * DAY)
    anew = made.order().clocks["contact"]
    assert anew.runs
    assert anew.due.at > clock.due.at


def test_it_can_be_taken_back_for_some_days_and_only_by_whom_it_was_withdrawn() -> None:
    made = desk()
    made.do(APPLICANT, Withdraw())
    assert code(made.do(APPLICANT, Resume(), NOW + 8 * DAY)) == "resume.too_late"
    assert code(made.do(made.steward(), Resume())) == "role.wrong"
    assert made.do(WINDOW, Resume(orders=("case-1",)), NOW + 8 * DAY) == ["orders_resumed"]
    assert code(made.do(APPLICANT, Resume(orders=("case-1",)))) == "resume.already"


def test_what_may_be_dug_already_only_the_window_takes_back() -> None:
    steps: tuple[Step, ...] = ("contact", "scheme", "construction", "connection")
    made = desk(steps=steps)
    contacted(made)
    made.do(made.steward(), GiveScheme(order="case-1", scheme="接DN25"))
    made.do(APPLICANT, Withdraw())
    assert code(made.do(APPLICANT, Resume())) == "resume.dug"
    assert made.do(WINDOW, Resume()) == ["orders_resumed"]


def test_what_is_connected_cannot_be_withdrawn_and_the_rest_closes_the_case() -> None:
    made = desk("用水", "用电")
    agreed(made)
    made.do(made.steward(), GiveOpinion(order="case-1", opinion="符合"))
    made.do(made.steward(), ReportAcceptance(order="case-1", result="通过"))
    made.do(made.steward(), Connect(order="case-1"))
    assert code(made.do(APPLICANT, Withdraw(orders=("case-1",)))) == "withdraw.already"
    before = len(made.log)
    assert made.do(APPLICANT, Withdraw()) == ["orders_ended", "case_closed"]
    assert made.order().ending is None
    assert made.case.served
    assert "applicant applicant.closed" in told(made, before)
    assert made.do(APPLICANT, Rate(mark="不满意")) == ["rated"]


def test_a_refusal_needs_reason_alternative_and_a_telephone_to_complain_at() -> None:
    made = desk()
    assert code(made.do(made.steward(), decline())) == "decline.too_early"
    made.do(made.steward(), Take(order="case-1"))
    assert code(made.do(made.steward(), decline(reason=" "))) == "decline.needs_reason"
    for nothing in ("", "没有", "无。"):
        assert code(made.do(made.steward(), decline(alternative=nothing))) == "decline.needs_alternative"
    made.county = made.county.made_anew(help=made.county.help.model_copy(update={"complaints": ""}))
    assert code(made.do(made.steward(), decline())) == "decline.no_complaints"
    made.county = county_with()
    assert (
        code(made.do(Actor(person="person-power_body-a", role="steward", staff="power_body-a"), decline()))
        == "not.yours"
    )
    before = len(made.log)
    assert made.do(made.steward(), decline()) == ["orders_ended", "case_closed"]
    ending = made.order().ending
    assert ending is not None
    assert (ending.reason, ending.alternative, ending.complaints) == ("压力不足", "先接临时用水", "0000-2")
    assert told(made, before) == {"applicant applicant.declined"}


def test_where_the_county_says_so_the_head_of_the_body_decides() -> None:
    made = desk(confirmed=True)
    made.do(made.steward(), Take(order="case-1"))
    before = len(made.log)
    assert made.do(made.steward(), decline(kind="declined")) == ["decline_proposed"]
    assert told(made, before) == {"water_body-z lead.decline"}
    assert code(made.do(made.steward(), decline())) == "decline.waits"
    assert code(made.do(made.steward(), ReportContact(order="case-1"))) == "decline.waits"
    assert code(made.do(made.steward(), ConfirmDecline(order="case-1"))) == "not.yours"
    assert made.do(HEAD, ReturnDecline(order="case-1")) == ["decline_returned"]
    assert made.do(made.steward(), ReportContact(order="case-1")) == ["applicant_contacted"]
    made.do(made.steward(), decline(kind="declined"))
    assert made.do(HEAD, ConfirmDecline(order="case-1")) == ["orders_ended", "case_closed"]
    assert code(made.do(HEAD, ReturnDecline(order="case-1"))) == "case.ended"
    assert replayed(made) == made.case


def test_without_a_head_the_window_decides() -> None:
    county = county_with(confirmed=True)
    made = Desk(county, submission(county, "用水"))
    made.do(made.steward(), Take(order="case-1"))
    before = len(made.log)
    made.do(made.steward(), decline())
    assert told(made, before) == {"xinxiang window.decline"}
    assert made.do(WINDOW, ConfirmDecline(order="case-1")) == ["orders_ended", "case_closed"]


def test_who_was_refused_objects_once() -> None:
    made = desk()
    assert code(made.do(APPLICANT, Object(order="case-1", words="不对"))) == "object.nothing"
    made.do(made.steward(), Take(order="case-1"))
    made.do(made.steward(), decline())
    assert code(made.do(APPLICANT, Object(order="case-1", words=" "))) == "object.empty"
    assert made.do(APPLICANT, Object(order="case-1", words="隔壁接上了")) == ["objected"]
    assert code(made.do(APPLICANT, Object(order="case-1", words="再说"))) == "object.already"
    assert code(made.do(APPLICANT, Resume())) == "resume.not_withdrawn"


def test_a_termination_is_announced_first_and_the_applicant_can_stop_it() -> None:
    made = desk()
    assert code(made.do(WINDOW, Terminate(order="case-1"))) == "terminate.unannounced"
    assert code(made.do(made.steward(), AnnounceEnd(order="case-1", reason="联系不上"))) == "not.yours"
    assert code(made.do(WINDOW, AnnounceEnd(order="case-1", reason=" "))) == "announce_end.empty"
    before = len(made.log)
    assert made.do(HEAD, AnnounceEnd(order="case-1", reason="联系不上")) == ["end_announced"]
    assert told(made, before) == {"applicant applicant.end_announced"}
    assert made.do(APPLICANT, KeepOn(order="case-1")) == ["kept_on"]
    assert code(made.do(APPLICANT, KeepOn(order="case-1"))) == "keep_on.already"
    assert code(made.do(WINDOW, Terminate(order="case-1"))) == "terminate.unannounced"
    made.do(WINDOW, AnnounceEnd(order="case-1", reason="联系不上"))
    assert code(made.do(WINDOW, Terminate(order="case-1"))) == "terminate.early"
    before = len(made.log)
    assert made.do(WINDOW, Terminate(order="case-1"), NOW + 7 * DAY) == ["orders_ended", "case_closed"]
    assert told(made, before) == {"applicant applicant.ended", "water_body-a steward.ended"}
    assert replayed(made) == made.case


def test_the_head_of_the_body_goes_on_after_all_and_the_applicant_hears_it() -> None:
    made = desk()
    made.do(HEAD, AnnounceEnd(order="case-1", reason="联系不上"))
    assert code(made.do(made.steward(), KeepOn(order="case-1"))) == "not.yours"
    before = len(made.log)
    assert made.do(HEAD, KeepOn(order="case-1")) == ["kept_on"]
    assert told(made, before) == {"applicant applicant.kept_on", "water_body-a steward.kept_on"}
    made.do(HEAD, AnnounceEnd(order="case-1", reason="联系不上"))
    before = len(made.log)
    made.do(APPLICANT, KeepOn(order="case-1"))
    assert told(made, before) == {"water_body-a steward.kept_on"}


def test_a_unified_reply_goes_out_when_what_it_waited_for_has_ended() -> None:
    county = county_with(steps=("contact", "scheme", "connection"))
    rules = tuple(
        one.model_copy(update={"together": True}) if one.step == "scheme" else one for one in county.process.steps
    )
    county = county.made_anew(process=county.process.model_copy(update={"steps": rules}))
    made = Desk(county, submission(county, "用水", "用电"))
    contacted(made)
    before = len(made.log)
    made.do(made.steward(), GiveScheme(order="case-1", scheme="接DN25"))
    assert told(made, before) == set()
    before = len(made.log)
    made.do(APPLICANT, Withdraw(orders=("case-2",)))
    assert told(made, before) == {"power_body-a steward.ended", "applicant applicant.scheme"}


def test_what_goes_on_comes_along_to_the_joint_survey_not_held_yet() -> None:
    """X30: the time stays, everybody hears of it."""
    made = desk("用水", "用电", "热力")
    agreed(made)
    made.do(APPLICANT, Withdraw(orders=("case-2",)))
    before = len(made.log)
    assert made.do(WINDOW, Resume(orders=("case-2",))) == ["orders_resumed", "survey_joined"]
    held = made.case.appointments[JOINT]
    assert (set(held.orders), held.agreed, held.at) == ({"case-1", "case-2", "case-3"}, True, TOMORROW)
    assert made.states() == [OrderState.SURVEY_AGREED] * 3
    assert told(made, before) == {
        "power_body-a steward.resumed",
        "power_body-a steward.survey_agreed",
        "water_body-a steward.survey_larger",
        "heat_body-a steward.survey_larger",
        "applicant applicant.resumed",
        "applicant applicant.survey_joined",
    }
    assert isinstance(made.do(made.steward(2), GiveOpinion(order="case-2", opinion="符合")), list)
    assert replayed(made) == made.case


def test_to_a_time_only_proposed_he_comes_along_as_well() -> None:
    made = desk("用水", "用电", "热力")
    contacted(made)
    made.do(made.steward(), ProposeSurvey(order="case-1", at=TOMORROW))
    made.do(APPLICANT, Withdraw(orders=("case-2",)))
    before = len(made.log)
    made.do(WINDOW, Resume(orders=("case-2",)))
    assert "power_body-a steward.survey_proposed" in told(made, before)
    made.do(APPLICANT, AgreeSurvey(appointment=JOINT, sequence=1))
    assert made.states() == [OrderState.SURVEY_AGREED] * 3


def test_a_survey_that_was_held_given_up_or_clashes_is_not_joined() -> None:
    """A time of his own is found then, as for any order."""
    made = desk("用水", "用电", "热力")
    agreed(made)
    made.do(APPLICANT, Withdraw(orders=("case-2",)))
    late = desk("用水", "用电", "热力")
    agreed(late)
    late.do(APPLICANT, Withdraw(orders=("case-2",)))
    assert late.do(WINDOW, Resume(orders=("case-2",)), TOMORROW + dt.timedelta(minutes=1)) == ["orders_resumed"]
    taken = (Engagement(slot=TOMORROW, case="another"),)
    made.stewards = tuple(
        one.model_copy(update={"engagements": taken}) if one.id == "power_body-a" else one for one in made.stewards
    )
    assert made.do(WINDOW, Resume(orders=("case-2",))) == ["orders_resumed"]
    assert set(made.case.appointments[JOINT].orders) == {"case-1", "case-3"}
    gone = desk("用水", "用电")
    agreed(gone)
    gone.do(APPLICANT, Withdraw())
    assert gone.do(WINDOW, Resume()) == ["orders_resumed"]
