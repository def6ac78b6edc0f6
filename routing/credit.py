"""信用记录 (X60): noted by one member of staff, confirmed by another, objected to, and deleted where the objection is right.

Nothing in the program notes anything by itself, and nothing reads a note to decide about a case.
"""

import datetime as dt
from collections.abc import Iterable

from model.case import Case
from model.county import County
from model.credit import CreditNote, CreditRule
from model.staff import Staff
from routing.refusal import No


def noted(note_id: str, case: Case, ground: str, facts: str, by: Staff, county: County, now: dt.datetime) -> CreditNote:
    """A note that waits for a second person; as yet nobody else is told.

    Raises `No`: `credit.absent`, `credit.staff`, `credit.ground`, `credit.facts`.
    """
    rule = _rule(county)
    _serves(by, county)
    if rule.ground(ground) is None:
        raise No("credit.ground", choices="、".join(one.id for one in rule.grounds))
    if not facts.strip():
        raise No("credit.facts")
    return CreditNote(
        id=note_id,
        county=county.id,
        case=case.id,
        number=case.number,
        ground=ground,
        facts=facts.strip(),
        by=by.id,
        at=now,
    )


def confirmed(note: CreditNote, by: Staff, earlier: Iterable[Staff], county: County, now: dt.datetime) -> CreditNote:
    """It stands from now on. `earlier`: who had a part in it.

    Raises `No`: `credit.confirmed`, `credit.duty`, `credit.second` for whoever proposed it himself.
    """
    if note.state != "proposed":
        raise No("credit.confirmed")
    _decides(by, county)
    _another(by, note, earlier)
    return _changed(note, state="noted", confirmed_by=by.id, confirmed_at=now)


def objected(note: CreditNote, words: str, by: Staff, county: County, now: dt.datetime) -> CreditNote:
    """What the person concerned says against it, at any time, and again after an answer; `by` has heard it.

    Raises `No`: `credit.staff`, `credit.unconfirmed`, `credit.waits` while one waits, `credit.objection`.
    """
    _serves(by, county)
    if note.state == "proposed":
        raise No("credit.unconfirmed")
    if note.state == "objected":
        raise No("credit.waits")
    if not words.strip():
        raise No("credit.objection")
    blank: dict[str, object] = {"answer": "", "decided_by": "", "decided_at": None}
    return _changed(note, state="objected", objection=words.strip(), heard_by=by.id, objected_at=now, **blank)


def upheld(
    note: CreditNote, answer: str, by: Staff, earlier: Iterable[Staff], county: County, now: dt.datetime
) -> CreditNote:
    """The note stays, with the reason that the person is told. Raises `No`: those of `judging`, `credit.answer`."""
    judging(note, by, earlier, county)
    if not answer.strip():
        raise No("credit.answer")
    return _changed(note, state="upheld", answer=answer.strip(), decided_by=by.id, decided_at=now)


def removing(note: CreditNote, by: Staff, earlier: Iterable[Staff], county: County) -> None:
    """What nobody has confirmed goes by its author or by who might confirm it; else it takes an objection.

    Raises `No`: those of `judging`.
    """
    if note.state != "proposed":
        judging(note, by, earlier, county)
    elif by.id == note.by:
        _serves(by, county)
    else:
        _decides(by, county)


def judging(note: CreditNote, by: Staff, earlier: Iterable[Staff], county: County) -> None:
    """On an objection somebody decides who had no part in the note.

    Raises `No`: `credit.unobjected`, `credit.staff`, `credit.duty`, `credit.second`.
    """
    if note.state != "objected":
        raise No("credit.unobjected")
    _decides(by, county)
    _another(by, note, earlier)


def _rule(county: County) -> CreditRule:
    if county.credit is None:
        raise No("credit.absent")
    return county.credit


def _serves(by: Staff, county: County) -> None:
    if not by.serves or by.county != county.id:
        raise No("credit.staff")


def _decides(by: Staff, county: County) -> None:
    _serves(by, county)
    if by.duty not in _rule(county).confirmed_by:
        raise No("credit.duty")


def _another(by: Staff, note: CreditNote, earlier: Iterable[Staff]) -> None:
    """Two ids of one person are one person."""
    persons = {one.person for one in earlier if one.person is not None}
    if by.id in (note.by, note.confirmed_by) or by.person in persons:
        raise No("credit.second")


def _changed(note: CreditNote, **new: object) -> CreditNote:
    return note.model_copy(update={**new, "version": note.version + 1})
