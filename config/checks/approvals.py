"""Permits: their bodies, works, ways and small forms exist, and say the same as each other (X45–X50, J27)."""

from collections.abc import Iterable, Iterator

from config.checks.conditions import condition_mistakes
from config.document import Steps
from config.mistakes import Mistake
from config.nearest import nearest
from config.parts import Parts
from model.approval_rules import ALL, NOTHING, ApprovalRules
from model.fields import ChoiceField
from model.form import Form
from model.process import Process


def approvals(parts: Parts) -> Iterator[Mistake]:
    """Everything in `process.yaml` about permits, promises and joint construction that speaks of something else."""
    rules = parts.process.value
    if rules is None:
        return
    yield from _kinds(parts, rules)
    yield from _forms(parts, rules)
    yield from _promises(parts, rules)
    if rules.joint is not None:
        yield from _body(parts, rules.joint.lead, ("joint", "lead"))
        for key in ("form", "decline_form"):
            yield from _form(parts, rules, getattr(rules.joint, key), ("joint", key))


def _kinds(parts: Parts, rules: Process) -> Iterator[Mistake]:
    given, seen = rules.approvals, set[str]()
    touched = _options(_small(rules, _scheme_form(rules)), "digs")
    modes = [one.mode for one in given.modes]
    for index, kind in enumerate(given.kinds):
        place: Steps = ("approvals", "kinds", index)
        if kind.id in seen:
            yield parts.process.mistake((*place, "id"), f"“{kind.id}”用了两次", "换一个")
        seen.add(kind.id)
        yield from _body(parts, kind.body, (*place, "body"))
        for number, mode in enumerate(kind.modes):
            if mode not in modes:
                yield parts.process.mistake(
                    (*place, "modes", number), f"没有“{mode}”这种办理方式", nearest(mode, modes)
                )
        for number, one in enumerate(kind.works):
            if touched and one not in touched:
                problem = f"接入方案的小表里没有“{one}”，这一项就从来不用办"
                yield parts.process.mistake((*place, "works", number), problem, nearest(one, touched))
        if parts.form.value is not None:
            yield from condition_mistakes(
                parts.process, parts.form.value, parts.form.broken, kind.when, (*place, "when")
            )
    if given.kinds and not given.modes:
        yield parts.process.mistake(("approvals",), "没有写审批怎样报", "在 modes 里至少写一种，例如 mode: normal")
    if given.kinds and not touched:
        problem = "接入方案的小表里没有“digs”这个勾选题，不知道要办哪些审批"
        yield parts.process.mistake(
            ("approvals", "kinds"), problem, f"加一个 id: digs 的勾选题，最后一个选项写“{NOTHING}”"
        )
    for index, way in enumerate(given.modes):
        if way.works_from != "granted" and not way.commitment:
            problem = f"“{way.name}”批下来以前就能施工，却没有承诺的话"
            yield parts.process.mistake(("approvals", "modes", index), problem, "写上 commitment")


def _forms(parts: Parts, rules: Process) -> Iterator[Mistake]:
    given = rules.approvals
    for key, name in given.forms.model_dump().items():
        yield from _form(parts, rules, name, ("approvals", "forms", key))
    names = [kind.name for kind in given.kinds]
    wanted = (
        ("apply", "kinds", [ALL, *names]),
        ("apply", "mode", [one.name for one in given.modes]),
        ("drop", "kinds", names),
    )
    for key, field, texts in wanted:
        form = _small(rules, getattr(given.forms, key))
        if form is not None and not parts.process.broken:
            yield from _same(parts, form, field, texts, ("approvals", "forms", key))
    yield from _channels(parts, given, _small(rules, given.forms.apply))


def _channels(parts: Parts, given: ApprovalRules, form: Form | None) -> Iterator[Mistake]:
    """Where the form does not ask for it, the channel is the one online."""
    if form is not None and "channel" in form.fields and not parts.process.broken:
        yield from _same(parts, form, "channel", list(given.channels.values()), ("approvals", "forms", "apply"))


def _same(parts: Parts, form: Form, field: str, texts: Iterable[str], place: Steps) -> Iterator[Mistake]:
    options, wanted = _options(form, field), list(texts)
    for text in wanted:
        if text not in options:
            yield parts.process.mistake(place, f"小表“{form.title}”的“{field}”里没有“{text}”", nearest(text, options))
    for option in options:
        if option not in wanted:
            yield parts.process.mistake(
                place, f"小表“{form.title}”的“{field}”里可以选“{option}”，approvals 里却没有", nearest(option, wanted)
            )


def _promises(parts: Parts, rules: Process) -> Iterator[Mistake]:
    facts = parts.county.value
    for index, one in enumerate(rules.promises):
        place: Steps = ("promises", index)
        services = [service.id for service in facts.services] if facts is not None else []
        if facts is not None and one.service not in services and one.service not in parts.county.broken:
            yield parts.process.mistake(
                (*place, "service"), f"没有叫“{one.service}”的事项", nearest(one.service, services)
            )
        if parts.form.value is not None:
            yield from condition_mistakes(
                parts.process, parts.form.value, parts.form.broken, one.when, (*place, "when")
            )


def _body(parts: Parts, name: str, place: Steps) -> Iterator[Mistake]:
    """A body that decides is one of the county's, and one that decides (kind: approval)."""
    facts = parts.county.value
    if facts is None or name in parts.county.broken:
        return
    known = {body.id: body for body in facts.bodies}
    if name not in known:
        yield parts.process.mistake(place, f"没有叫“{name}”的单位", nearest(name, known))
    elif known[name].kind != "approval":
        problem = f"“{known[name].name}”不是审批单位"
        yield parts.process.mistake(place, problem, "在 county.yaml 里给它写上 kind: approval")


def _form(parts: Parts, rules: Process, name: str | None, place: Steps) -> Iterator[Mistake]:
    names = [form.id for form in rules.forms]
    if name is not None and name not in names and name not in parts.process.broken:
        yield parts.process.mistake(place, f"没有叫“{name}”的小表", nearest(name, names))


def _scheme_form(rules: Process) -> str | None:
    rule = rules.rule("scheme")
    return rule.form if rule is not None else None


def _small(rules: Process, name: str | None) -> Form | None:
    return next((form for form in rules.forms if form.id == name), None)


def _options(form: Form | None, field: str) -> list[str]:
    found = form.fields.get(field) if form is not None else None
    return [one.text for one in found.options] if isinstance(found, ChoiceField) else []
