"""What a county may do to its YAML, one change at a time: each makes the next version of the form."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from hypothesis import strategies as st

from model.condition import Has
from model.county import County, Service
from model.draft import Draft
from model.fields import ChoiceField, Field, NumberField, Option, TextField
from model.form import Form, Section


class Yaml:
    """Whoever edits it: mostly, as luck will have it, what somebody has answered already."""

    def __init__(self, data: st.DataObject, answered: Collection[str]) -> None:
        self.draw = data.draw
        self.answered = answered

    def field(self, county: County) -> Field:
        fields = free(county)
        met = [one for one in fields if one.id in self.answered]
        return self.draw(st.sampled_from(met if met and self.draw(st.integers(0, 3)) else fields))


Change = Callable[[County, Yaml], County]


def made(county: County, **changes: object) -> County:
    """The county with a form of these changed parts, one version later."""
    form = {name: getattr(county.form, name) for name in Form.model_fields}
    form |= {"version": county.form.version + 1} | changes
    return county.made_anew(form=Form(**form))


def each(county: County, change: Callable[[Field], Sequence[Field]]) -> County:
    """Every field changed; a section left without one goes."""
    sections = []
    for section in county.form.sections:
        fields = tuple(new for field in section.fields for new in change(field))
        if fields:
            sections.append(section.model_copy(update={"fields": fields}))
    return made(county, sections=tuple(sections))


def _words(whole: object) -> Iterator[str]:
    """Every text in a nested document."""
    if isinstance(whole, dict):
        for part in whole.values():
            yield from _words(part)
    elif isinstance(whole, list | tuple):
        for part in whole:
            yield from _words(part)
    elif isinstance(whole, str):
        yield whole


def free(county: County) -> list[Field]:
    """The fields that nothing else of the county speaks of, so that a change of one leaves a county that checks."""
    form = county.form.model_dump_json()
    places = set(_words(county.places.model_dump()))
    return [
        field
        for field in county.form.fields.values()
        if field.filler == "applicant" and field.id not in places and form.count(f'"{field.id}"') == 1
        and not field.consent and field.kind != "declaration"
    ]  # fmt: skip


def removed(county: County, data: Yaml) -> County:
    gone = data.field(county).id
    return each(county, lambda field: () if field.id == gone else (field,))


def added(county: County, data: Yaml) -> County:
    before = data.draw(st.sampled_from(list(county.form.fields)))
    name = f"added_{county.form.version}"
    new = TextField(kind="text", id=name, label="新增的", name=f"新增{county.form.version}", ask="新增的填什么？")
    return each(county, lambda field: (new, field) if field.id == before else (field,))


def came_back(county: County, data: Yaml) -> County:
    """A field that an older edition had is asked again."""
    past = {field.id: field for one in county.editions for field in free(one) if field.id not in county.form.fields}
    if not past:
        return added(county, data)
    again = past[data.draw(st.sampled_from(sorted(past)))]
    last = county.form.sections[-1]
    fields = (again.model_copy(update={"when": None, "ask_when": None}), *last.fields)
    return made(county, sections=(*county.form.sections[:-1], last.model_copy(update={"fields": fields})))


def called_otherwise(county: County, data: Yaml) -> County:
    which = data.field(county).id
    return each(
        county, lambda one: (one.model_copy(update={"label": f"改名的{one.label}"[:40]}) if one.id == which else one,)
    )


def of_another_kind(county: County, data: Yaml) -> County:
    which = data.field(county)
    kept = {
        "id": which.id,
        "label": which.label,
        "name": which.name,
        "ask": which.ask or "填什么？",
        "when": which.when,
    }
    new: Field = (
        NumberField(kind="number", unit="米", **kept)
        if isinstance(which, TextField)
        else TextField(kind="text", **kept)
    )
    return each(county, lambda one: (new if one.id == which.id else one,))


def fewer_options(county: County, data: Yaml) -> County:
    which = data.field(county)
    if not isinstance(which, ChoiceField) or len(which.options) < 3:
        return made(county)
    gone = data.draw(st.sampled_from(which.options)).text
    options = tuple(one for one in which.options if one.text != gone)
    return each(county, lambda one: (one.model_copy(update={"options": options}) if one.id == which.id else one,))


def required(county: County, data: Yaml) -> County:
    which = data.field(county).id
    return each(county, lambda one: (one.model_copy(update={"need": "required"}) if one.id == which else one,))


def hidden(county: County, data: Yaml) -> County:
    """Shown to those only who want a service; which it is decides whether an answer given is still on the form."""
    which = data.field(county).id
    services = county.form.fields[county.places.services]
    assert isinstance(services, ChoiceField)
    when = Has(field=services.id, has=(data.draw(st.sampled_from(services.options)).text,))
    return each(county, lambda one: (one.model_copy(update={"when": when}) if one.id == which else one,))


def moved_section(county: County, data: Yaml) -> County:
    first, *rest = county.form.sections
    ordered: list[Section] = data.draw(st.permutations(rest))
    return made(county, sections=(first, *ordered))


def new_notice(county: County, _: Yaml) -> County:
    notice = county.form.notice
    assert notice is not None
    return made(
        county, notice=notice.model_copy(update={"version": notice.version + 1, "text": notice.text + "（新）"})
    )


def new_consent(county: County, _: Yaml) -> County:
    consents = {
        name: one.model_copy(update={"version": one.version + 1, "text": one.text + "（新）"})
        for name, one in county.form.consents.items()
    }
    return made(county, consents=consents)


def new_declaration(county: County, _: Yaml) -> County:
    text = county.form.declaration
    assert text is not None
    return made(county, declaration=text.model_copy(update={"version": text.version + 1, "text": text.text + "（新）"}))


def service_added(county: County, _: Yaml) -> County:
    """And with it a body, so the process is a newer one too."""
    version = county.form.version
    option = f"新事项{version}"
    service = Service(id=f"new_{version}", option=option, name=option, bodies=(county.bodies[0].id,))
    changed = each(county, lambda one: (_with_option(one, option) if one.id == county.places.services else one,))
    process = county.process.model_copy(update={"version": county.process.version + 1})
    return changed.made_anew(services=(*county.services, service), process=process)


def _with_option(field: Field, option: str) -> Field:
    assert isinstance(field, ChoiceField)
    return field.model_copy(update={"options": (*field.options, Option(text=option))})


def service_removed(county: County, _: Yaml) -> County:
    last = next((one for one in reversed(county.services) if one.id.startswith("new_")), None)
    if last is None:
        return made(county)
    services = county.form.fields[county.places.services]
    assert isinstance(services, ChoiceField)
    options = tuple(one for one in services.options if one.text != last.option)
    changed = each(county, lambda one: (one.model_copy(update={"options": options}) if one.id == services.id else one,))
    process = county.process.model_copy(update={"version": county.process.version + 1})
    return changed.made_anew(services=tuple(one for one in county.services if one.id != last.id), process=process)


CHANGES: Mapping[str, Change] = {
    change.__name__: change
    for change in (
        removed, added, came_back, called_otherwise, of_another_kind, fewer_options, required, hidden, moved_section,
        new_notice, new_consent, new_declaration, service_added, service_removed,
    )
}  # fmt: skip


def next_edition(county: County, past: Sequence[County], data: Yaml) -> County:
    """One to three changes, together one version later."""
    changed = county.known_with(past)
    for name in data.draw(st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=3), label="changes"):
        changed = CHANGES[name](changed, data)
    form = {name: getattr(changed.form, name) for name in Form.model_fields} | {"version": county.form.version + 1}
    process = changed.process.model_copy(update={"version": min(changed.process.version, county.process.version + 1)})
    return changed.made_anew(form=Form(**form), process=process, editions=())


def kept(draft: Draft) -> dict[str, object]:
    """Every answer there is, on the form or aside."""
    values = {f"aside {name}": answer.value for name, answer in draft.aside.items()}
    return values | {name: answer.value for name, answer in draft.answers.items()}
