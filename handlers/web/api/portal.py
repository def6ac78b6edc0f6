"""What a portal does: it hands in applications of its county and reads how they stand (X23, J22)."""

from collections.abc import Mapping
from typing import Final

from pydantic import TypeAdapter

from dialogs.as_data.filling import Agreed, Filled, Problem, fill
from dialogs.as_data.showing import example
from dialogs.reading import Context
from dialogs.submitting import submission_of
from handlers.additions import Wish, addition
from handlers.cells import cells_standing
from handlers.ports import RoutingCore
from handlers.web.api.addition import Addition
from handlers.web.api.applicant_steps import ApplicantStep, applicants_command
from handlers.web.api.application import Application
from handlers.web.api.bodies import validated
from handlers.web.api.call import Call, account_of, person_of
from handlers.web.api.case_shape import Accepted, CaseStatus, case_status
from handlers.web.api.form_shape import FormShape, form_shape
from handlers.web.api.problems import FieldProblem, Refusing
from handlers.wording.catalogue import Catalogue
from handlers.wording.values import called
from model.case import Case
from model.client import Asked
from model.command import Command, Do
from model.commands.adding import AddService
from model.conversation import Conversation
from model.decision import Done, Refused
from model.draft import Answer
from model.edition import on_form, under
from model.message import Actor, System
from model.staff import Staff
from model.submission import Submission
from storage.clients import Clients

_APPLICATION: Final = TypeAdapter(Application)
_ADDITION: Final = TypeAdapter(Addition)
_STEP: Final[TypeAdapter[ApplicantStep]] = TypeAdapter(ApplicantStep)
_MOST: Final = 200
"""Problems that are told at once: no form has so many fields."""
_OWN: Final = ("form", "agreement", "want")
"""Reasons that a chat does not have: there a field that is missing is simply asked for."""


class Portal:
    """Applications of other platforms, over the routing core wherever it runs."""

    def __init__(self, core: RoutingCore, clients: Clients) -> None:
        """`clients` keeps what each has asked for."""
        self._core = core
        self._clients = clients

    async def form(self, call: Call) -> FormShape:
        """The form of the client's county."""
        if call.match["county"] != call.county.id:
            raise Refusing(404, "not_found")
        return form_shape(call.county, _context(call))

    async def submit(self, call: Call) -> Accepted:
        """The case of this application, the same again for the same request (X27)."""
        application = validated(call.body, _APPLICATION, call.catalogue)
        known = await self._core.submitted(call.name)
        if known is not None:
            self._same(await self._asked(call))
            return await self._accepted(call, known)
        if application.form_version != call.county.form.version:
            version = str(call.county.form.version)
            raise Refusing(409, "form_version", about={"version": version})
        self._read(call, application)  # what is wrong is told before anything is noted
        asked = await self._asked(call)
        self._same(asked)
        submission = self._read(call, application, asked)
        done = await self._core.accept(submission, call.now)
        if isinstance(done, Refused):
            raise refusing(done, call.catalogue)
        return await self._accepted(call, done)

    async def status(self, call: Call) -> CaseStatus:
        """A case that this client has handed in, as it is now."""
        case = await self._own(call)
        return await self._told(call, case, await self._core.submission(case.id))

    async def answer(self, call: Call) -> CaseStatus:
        """What the applicant does about his case; the same request again gives what came of it then."""
        case = await self._own(call)
        step = validated(call.body, _STEP, call.catalogue)
        submission = await self._core.submission(case.id)
        if submission is None:
            raise Refusing(404, "not_found")
        done = await self._core.done(call.name)
        do = None if done else self._wanted(call, case, submission, step)
        self._same(await self._asked(call))
        if isinstance(do, Refused):
            done = do
        elif do is not None:
            done = await self._execute(call, case, do)
        if not isinstance(done, Done):
            raise refusing(done or Refused(code="case.unknown"), call.catalogue)
        return await self._told(call, done.case, submission)

    async def add(self, call: Call) -> CaseStatus:
        """Services more for his case; the same request again gives what came of it then."""
        case = await self._own(call)
        wanted = validated(call.body, _ADDITION, call.catalogue)
        submission = await self._core.submission(case.id)
        if submission is None:
            raise Refusing(404, "not_found")
        done = await self._core.done(call.name)
        do = None if done else self._more(call, case, submission, wanted)
        self._same(await self._asked(call))
        if do is not None:
            done = do if isinstance(do, Refused) else await self._execute(call, case, do)
        if not isinstance(done, Done):
            raise refusing(done or Refused(code="case.unknown"), call.catalogue)
        return await self._told(call, done.case, await self._core.submission(case.id))

    def _more(self, call: Call, case: Case, submission: Submission, wanted: Addition) -> AddService | Refused:
        """The command that adds them. Raises `Refusing` with all that is wrong with what they bring."""
        agreed = {name: Agreed(version=one.version, agreed=one.agreed) for name, one in wanted.agreements.items()}
        wish = Wish(
            id=call.name,
            services=wanted.services,
            given=wanted.answers,
            agreed=agreed,
            by=case.person,
            role="applicant",
            channel="api",
            at=call.now,
        )
        found = addition(call.county, case, submission, wish)
        if isinstance(found, tuple):
            context = _context(call, submission.answers)
            raise Refusing(422, "invalid", fields=[problem_of(one, context, call.catalogue) for one in found[:_MOST]])
        return found

    async def _execute(self, call: Call, case: Case, do: Do) -> Done | Refused:
        actor = Actor(person=case.person, system=System(client=call.client.id))
        return await self._core.execute(Command(id=call.name, case=case.id, actor=actor, do=do), call.now)

    def _wanted(self, call: Call, case: Case, submission: Submission, step: ApplicantStep) -> Do | Refused:
        """The command that the applicant means. Raises `Refusing` for answers that cannot be taken."""
        county = under(on_form(call.county, submission.form_version), case.process_version)
        context = Context(call.now, county.area_code, county.calendar, submission.answers)
        do = applicants_command(step, county, case, submission, context)
        if isinstance(do, list):
            raise Refusing(422, "invalid", fields=[problem_of(one, context, call.catalogue) for one in do[:_MOST]])
        return do

    async def _own(self, call: Call) -> Case:
        case = await self._core.numbered(call.county.id, call.match["number"])
        mine = case is not None and case.person == person_of(call.client.id, case.submission)
        if case is None or not mine or case.account != account_of(call.county.id):
            raise Refusing(404, "not_found")
        return case

    async def _asked(self, call: Call) -> Asked:
        return await self._clients.asked(call.client.id, call.key, call.content, call.now)

    def _same(self, asked: Asked) -> None:
        if asked.changed:
            raise Refusing(422, "key_reused")

    def _read(self, call: Call, application: Application, asked: Asked | None = None) -> Submission:
        """The submission, as of the time when it was asked for first: so the same request makes the same one."""
        at, person = asked.at if asked else call.now, person_of(call.client.id, call.name)
        agreed = {name: Agreed(version=one.version, agreed=one.agreed) for name, one in application.agreements.items()}
        phoned = application.channel == "telephone"
        rule = call.county.process.telephone
        basics = rule.basics if phoned and rule is not None else None
        filled = fill(call.county, application.answers, agreed, draft_id=call.name, by=person, at=at, basics=basics)
        if filled.problems:
            raise Refusing(422, "invalid", fields=_problems(filled, call))
        account = account_of(call.county.id)
        talk = Conversation(id=f"{account}:{person}", account=account, person=person, county=call.county.id)
        return submission_of(call.county, talk, filled.draft).model_copy(update={"channel": application.channel})

    async def _accepted(self, call: Call, case: Case) -> Accepted:
        submission = await self._core.submission(case.id)
        told = await self._told(call, case, submission)
        return Accepted(**dict(told), remarks=_remarks(call, submission))

    async def _told(self, call: Call, case: Case, submission: Submission | None) -> CaseStatus:
        stewards = dict[str, Staff]()
        for order in case.orders:
            if order.steward and (one := await self._core.steward(order.steward)) is not None:
                stewards[one.id] = one
        cells = await cells_standing(self._core, call.county, case, submission) if submission is not None else ()
        return case_status(call.county, case, submission, stewards, cells, call.catalogue, call.now)


def refusing(refused: Refused, catalogue: Catalogue) -> Refusing:
    """Why the core does not do it, in the words a steward would hear."""
    reason = catalogue.say(f"refused.{refused.code}", **refused.about)
    return Refusing(409, "refused", about={"reason": reason}, said=refused.code)


def _context(call: Call, answers: Mapping[str, Answer] | None = None) -> Context:
    return Context(call.now, call.county.area_code, call.county.calendar, answers or {})


def _problems(filled: Filled, call: Call) -> list[FieldProblem]:
    context = _context(call, filled.draft.answers)
    return [problem_of(one, context, call.catalogue) for one in filled.problems[:_MOST]]


def problem_of(one: Problem, context: Context, catalogue: Catalogue) -> FieldProblem:
    """What does not fit a field, in words, with an example of what would."""
    own = one.code.partition(".")[0] in _OWN
    key = f"api.{one.code}" if own else f"reasons.{one.code}"
    field = one.field
    return FieldProblem(
        field=one.name[:64],
        label=called(field) if field else "",
        code=one.code,
        problem=catalogue.say(key, **one.about, **({"field": field} if field else {})),
        example=example(field, context) if field else None,
    )


def _remarks(call: Call, submission: Submission | None) -> tuple[FieldProblem, ...]:
    """What was taken as it is though something about it looks odd."""
    if submission is None:
        return ()
    fields = call.county.form.fields
    return tuple(
        FieldProblem(
            field=name, label=called(fields[name]), code=warning, problem=call.catalogue.say(f"warnings.{warning}")
        )
        for name, answer in submission.answers.items()
        if name in fields
        for warning in answer.warnings
    )
