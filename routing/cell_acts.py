"""填单位栏: what the steward of an order is offered about its own cells of the form (X97–X99, X146)."""

from model.case import Case
from model.county import County
from model.edition import under
from model.message import Act
from model.order import Order
from routing.cells import rule_of, wanting
from routing.transitions import verdict


def cell_act(case: Case, order: Order, county: County) -> Act | None:
    """The small form of the cells, called by its title; once nothing is left to write it is only said, to put something right."""
    rules = under(county, case.process_version)
    rule = rule_of(order, rules)
    if rule is None or verdict("fill_cells", order.state, case.steps_of(order)) != "allowed":
        return None
    shown = wanting(order, rules)
    form = rules.forms.get((None if shown else rule.mend_form) or rule.form or "")
    if form is None:
        return None
    words = tuple(rules.messages["act.fill_cells.words"].split())
    return Act(id="fill_cells", label=form.title, words=words, shown=shown, form=form.id, form_version=form.version)
