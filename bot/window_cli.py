"""`window`: what the window and the hotline see of a case, and what they do to it on a caller's behalf (X14, X24, R33)."""

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import AsyncGenerator, Sequence

from bot.editions_cli import Office, office
from bot.settings import Settings
from handlers.consulting import consult_title
from handlers.parties import parties, to_call
from handlers.window_acts import ACTS, window_act, window_command
from handlers.window_adding import read_out
from handlers.window_desk import NotUnderstood, Typed
from handlers.wording.catalogue import Catalogue
from handlers.wording.progress import lines
from model.case import Case
from model.command import Do
from model.commands.adding import AddService
from model.county import County
from model.decision import Refused
from model.edition import on_form, under
from model.staff import Staff
from routing.timeline import timeline


class WindowMistake(Exception):
    """There is no such case, or it cannot be done; the message says why and what would be possible."""


def window_arguments(parser: ArgumentParser) -> None:
    """`window NUMBER`, `window NUMBER ACT NAME... --by STAFF [--body BODY] [--steward NAME] [--words WORDS]`."""
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = "\n".join(f"  {name:16}{act.told}" for name, act in ACTS.items())
    parser.add_argument("number", metavar="CASE-NUMBER")
    parser.add_argument("act", nargs="?", metavar="ACT", help="one of those below; without one the case is shown")
    parser.add_argument("names", nargs="*", metavar="NAME", help="of services, departments or a paper; or FIELD=WORDS")
    parser.add_argument("--by", default="", metavar="STAFF", help="id of whoever does it, as the log will have it")
    parser.add_argument("--body", default="")
    parser.add_argument("--steward", default="")
    parser.add_argument("--read-out", action="store_true", help="of add: it was read to the caller, and he agrees")
    parser.add_argument("--words", default="", help="a reason, an answer, a telephone number")


async def window(settings: Settings, options: Namespace) -> list[str]:
    """The case as it stands, after what was to be done. Raises WindowMistake."""
    async with office(settings) as here:
        county, case = await _found(here, options.number)
        staff = await here.staffing.of_county(county.id)
        rules = under(county, case.process_version)
        said = Catalogue(rules)
        if options.act is not None:
            do = await _wanted(here, rules, case, staff, options)
            if isinstance(do, AddService) and not options.read_out:
                return [
                    "请念给申请人听：",
                    *read_out(do, case, rules).splitlines(),
                    "都对、也这样承诺，请再加上 --read-out 办理。",
                ]
            case = await _done(here, case, do, options.by, said)
        return [line async for line in _told(here, rules, case, staff, said)]


async def _found(here: Office, number: str) -> tuple[County, Case]:
    for county in here.counties.values():
        case = await here.casework.numbered(county.id, number)
        if case is not None:
            return county, case
    raise WindowMistake(f"没有这个办件：{number}；编号要写全，例如 XXLB2026000001。")


async def _wanted(here: Office, county: County, case: Case, staff: Sequence[Staff], options: Namespace) -> Do:
    if not any(one.id == options.by for one in staff):
        raise WindowMistake(f"请写明是谁办的：--by 编号；名单请看：python -m bot staff list {county.id}")
    try:
        return window_act(
            options.act,
            Typed(tuple(options.names), options.body, options.steward, options.words, here.now(), options.by),
            case,
            county,
            staff,
            await here.casework.submission(case.id),
        )
    except NotUnderstood as error:
        raise WindowMistake(str(error)) from error


async def _done(here: Office, case: Case, do: Do, by: str, said: Catalogue) -> Case:
    done = await here.casework.execute(window_command(case, do, by), here.now())
    if isinstance(done, Refused):
        raise WindowMistake(said.say(f"refused.{done.code}", **done.about))
    return await here.casework.case(case.id) or case


async def _told(
    here: Office, county: County, case: Case, staff: Sequence[Staff], said: Catalogue
) -> AsyncGenerator[str, None]:
    submission = await here.casework.submission(case.id)
    if submission is not None:
        named = parties(on_form(county, submission.form_version), submission.answers)
        call = to_call(named, case.contact)
        yield "　".join(filter(None, (case.number, named.applicant.name, call.phone)))
    stewards = {one.id: one for one in staff}
    done = timeline(case, await here.casework.events(case.id))
    for group in lines(said, county, case, stewards, done, here.now()):
        for line in group.splitlines():
            yield line
    for one in case.consultations:
        if one.convening:
            yield f"会商中：{consult_title(county, case, one.id, None)}"
