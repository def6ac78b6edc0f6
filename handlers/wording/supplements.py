"""What is still to come, in words: a paper by the name of its field, or as a steward called it."""

from collections.abc import Iterable, Mapping, Sequence

from handlers.wording.dues import Say, in_words
from handlers.wording.outcomes import Supplied
from model.case import Case
from model.county import County
from model.process import is_staffs
from model.supplement import Supplement
from routing.lacking import lacking
from routing.supplement_acts import is_paper, supplement_name


def told(county: County, supplements: Iterable[Supplement]) -> list[Mapping[str, str]]:
    """Each with its name and what was wrong with it last."""
    return [{"name": _named(county, one), "wrong": one.wrong} for one in supplements]


def _named(county: County, one: Supplement) -> str:
    """The name, and that only the paper itself is lacking, if that is so."""
    only_paper = one.state != "open" and one.paper_lacking
    return supplement_name(county, one) + ("（盖章原件）" if only_paper else "")


def originals(county: County, supplements: Sequence[Supplement]) -> list[str]:
    """Those that have to be brought on paper (X127)."""
    return [supplement_name(county, one) for one in supplements if one.paper_lacking]


def list_of(say: Say, county: County, case: Case) -> str:
    """What a case lacks, and how it is handed in."""
    missing = lacking(case)
    papers = [one for one in missing if one.state == "open" and is_paper(county, one)]
    facts = {"number": case.number, "by": _by(say, case), "originals": originals(county, missing)}
    return say("supplement.list", lacking=told(county, missing), papers=len(papers), **facts)


def standing(say: Say, county: County, case: Case) -> str:
    """One line below the progress of a case."""
    return say("supplement.standing", lacking=told(county, lacking(case)), by=_by(say, case))


def supplied(say: Say, event: Supplied) -> str:
    """What came in, and what is lacking still."""
    names = [supplement_name(event.county, one) for one in event.came]
    missing = lacking(event.case)
    facts = {"lacking": told(event.county, missing), "originals": originals(event.county, missing)}
    pages = sum(len(one.files) for one in event.came)
    return say("supplement.supplied", names=names, pages=pages, by=_by(say, event.case), **facts)


def _by(say: Say, case: Case) -> str:
    """Until when the applicant has time: the soonest of what he has to keep."""
    dues = [
        clock.due
        for order in case.orders
        for step, clock in order.clocks.items()
        if not is_staffs(step) and clock.met_at is None and not (order.correction and order.correction.returned_at)
    ]
    return in_words(min(dues, key=lambda due: due.at), say) if dues else ""
