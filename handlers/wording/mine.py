"""我的信息 in words: what we hold, masked, until when and by which rule, and what its person can do about it."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from dialogs.amending import FIRST
from dialogs.expiring import last_day
from dialogs.human import forgets_at
from dialogs.mine import erasable
from handlers.wording.catalogue import Catalogue
from handlers.wording.outcomes import MineErased, MineKnown
from model.calendar import CHINA
from model.card import READING
from model.case import Case
from model.conversation import Conversation
from model.county import County
from model.draft import Agreement, Answer
from model.fields import Field
from model.form import Form
from model.message import Button, Reply
from model.submission import Submission
from model.values import Address, Code, Contact, Files, Phone, Value, Words
from storage.mask import mask_address, mask_identity, mask_name, mask_phone, mask_text


def known(catalogue: Catalogue, county: County, conversation: Conversation, held: MineKnown) -> Iterator[str]:
    """One paragraph for each draft and case, and what can be done."""
    say, drafts = catalogue.say, erasable(conversation)
    talk = conversation.human if conversation.human and conversation.human.lines else None
    if not drafts and not held.cases and talk is None:
        yield say("mine.away" if held.cases is None else "mine.nothing")
        return
    yield say("mine.title")
    for draft in drafts:
        forms = editions(county, draft.form, draft.form_version)
        facts = {
            "filled": _filled(draft.answers),
            "items": personal(county, forms, {**draft.read, **draft.answers, **draft.held}),
            "aside": _filled(draft.aside),
            "aside_items": personal(county, forms, draft.aside),
            "consents": consents(county, forms, draft.agreements),
            "until": last_day(county, draft),
        }
        yield say("mine.draft", **facts)
    for case, submission in held.cases or ():
        yield say("mine.case", **_case(county, case, submission))
    if talk is not None:
        over = forgets_at(county, talk)
        yield say("human.mine", own=sum(not one.staff for one in talk.lines), count=len(talk.lines), until=over)
    if held.cases is None:
        yield say("mine.away")
    yield say("mine.how", drafts=len(drafts), cases=len(held.cases or ()), open=len(held.amendable))


def wiped(catalogue: Catalogue, county: County, done: MineErased) -> str:
    """What was erased, its proof, and what the archives keep."""
    kept = [_case(county, case, None) for case in done.cases]
    return catalogue.say(
        "mine.erased", number=done.number, drafts=done.drafts, kept=kept, questions=done.questions, ended=done.ended
    )


def asked(catalogue: Catalogue, conversation: Conversation) -> Reply:
    """Whether it is meant."""
    gone = erasable(conversation)
    filled = sum(_filled(draft.answers) for draft in gone)
    aside = sum(_filled(draft.aside) for draft in gone)
    buttons = (
        Button(number=1, label=catalogue.say("button.erase_yes"), say="确定删除", id="e:yes"),
        Button(number=2, label=catalogue.say("button.erase_no"), say="不删", id="e:no"),
    )
    return Reply(text=catalogue.say("mine.sure", drafts=len(gone), filled=filled, aside=aside), buttons=buttons)


def offered(catalogue: Catalogue, held: MineKnown) -> Reply:
    """Below what we hold: to erase it, or to amend one of the open cases."""
    erase = Button(number=1, label=catalogue.say("button.erase"), say="删除我的信息", id="e:ask")
    amend = [
        Button(
            number=number,
            label=catalogue.say("button.amend", number=case.number),
            say=f"更正{case.number}",
            id=f"e:amend:{case.id}",
        )
        for number, case in enumerate(held.amendable, FIRST)
    ]
    return Reply(buttons=(erase, *amend))


def editions(county: County, name: str, version: int) -> list[Form]:
    """Every edition of a form that is known, today's after older ones and that of this version last.

    What is held is shown by whichever knows its name, the last first: also what no field of today's form fits.
    """
    known = [one.forms[name] for one in (*reversed(county.editions), county) if name in one.forms]
    return sorted(known, key=lambda form: form.version == version)


def personal(county: County, forms: Sequence[Form], answers: Mapping[str, Answer]) -> list[tuple[str, str]]:
    """The answers that say who somebody is and where, each with what it is called, masked."""
    fields = {name: field for form in forms for name, field in form.fields.items()}
    found = [(fields[name], answer.value) for name, answer in answers.items() if name in fields]
    return [(field.called, shown) for field, value in found if value and (shown := _masked(county, field, value))]


def consents(county: County, forms: Sequence[Form], agreements: Mapping[str, Agreement]) -> list[tuple[str, dt.date]]:
    """What was agreed to, and on which day."""
    titles = {name: consent.title for form in forms for name, consent in form.consents.items()}
    titles[READING] = county.messages["mine.card_reading"]
    for form in forms:
        if form.notice is not None:
            titles["notice"] = form.notice.title
    return [
        (titles[name], one.at.astimezone(CHINA).date())
        for name, one in agreements.items()
        if one.agreed and name in titles
    ]


def _case(county: County, case: Case, submission: Submission | None) -> dict[str, object]:
    forms = editions(county, submission.form, submission.form_version) if submission else []
    ends = case.closed_at.astimezone(CHINA).date() if case.closed_at else None
    return {
        "number": case.number,
        "services": list(dict.fromkeys(county.service[order.service].name for order in case.orders)),
        "items": personal(county, forms, submission.answers) if submission else [],
        "amendments": [one.words for one in case.amendments],
        "contact": mask_text(case.contact),
        "consents": consents(county, forms, submission.agreements) if submission else [],
        "served": case.served,
        "until": ends + dt.timedelta(days=county.retention.cases) if ends else None,
        "kept": period(county.retention.cases),
        "rule": county.retention.rule,
    }


def period(days: int) -> str:
    """3650 days as 10年, others as they are."""
    return f"{days // 365}年" if days % 365 == 0 else f"{days}天"


def _filled(answers: Mapping[str, Answer]) -> int:
    return sum(answer.value is not None for answer in answers.values())


def _masked(county: County, field: Field, value: Value) -> str:
    match value:
        case Phone(number=number):
            return mask_phone(number)
        case Contact(name=name, phone=phone):
            return f"{mask_name(name)} {mask_phone(phone)}"
        case Code(number=number):
            return mask_identity(number)
        case Address(text=text):
            return mask_address(text)
        case Words(text=text) if field.id == county.places.applicant_name:
            return mask_name(text)
        case Words(text=text) if field.id == county.places.address:
            return mask_address(text)
        case Files(files=files):
            return f"{len(files)}个文件"
        case _:
            return ""
