"""Editions of a county: the form a draft was filled in on, the process a case began under (design §3, form versions).

An edition is a county as some program loaded it. A county carries the other editions that this program knows; what is
asked of one it does not know raises `EditionUnknown`, and nothing is done by the wrong rules.
"""

import hashlib
import json
from typing import Any, Literal

from model.county import County
from model.draft import Draft
from model.form import Form
from model.part_form import ADDED, MARK, added_part, part_of
from model.rest_form import LEFT, rest_of

Kind = Literal["form", "process"]


class EditionUnknown(Exception):
    """No edition of `county` with this version is known here: another program, most likely a newer one, has it."""

    def __init__(self, county: str, kind: str, version: int) -> None:
        super().__init__(f"{county}: {kind} {version}")
        self.county, self.kind, self.version = county, kind, version


def form_at(county: County, name: str, version: int | None) -> Form:
    """The form of this id at this version; None is today's. Raises `EditionUnknown` for a newer one than any known.

    An older one that nobody kept (it is from before editions were kept) is taken for today's.
    """
    whole, mark, fields = name.partition(MARK)
    if mark:
        whole_form = form_at(county, whole, version)
        if fields.startswith(ADDED):
            return added_part(whole_form, fields.removeprefix(ADDED).split("+"))
        return part_of(whole_form, fields.split("+"))
    whole, left, fields = name.partition(LEFT)
    if left:
        return rest_of(form_at(county, whole, version), fields.split("+"))
    today = county.forms.get(name)
    if today is not None and version in (None, today.version):
        return today
    for one in county.editions:
        form = one.forms.get(name)
        if form is not None and version in (None, form.version):
            return form
    if today is None or version is None or version > today.version:
        raise EditionUnknown(county.id, name, version or 0)
    return today


def form_of(county: County, draft: Draft) -> Form:
    """The form this draft is filled in on. Raises `EditionUnknown`."""
    return form_at(county, draft.form, draft.form_version)


def on_form(county: County, version: int) -> County:
    """The county as a submission made on this version of the form must be read and accepted. Raises `EditionUnknown`.

    Its services are those its options meant. Cases begin under today's process, unless the form is so new that it has
    a newer one.
    """
    if version == county.form.version:
        return county
    edition = next((one for one in county.editions if one.form.version == version), None)
    if edition is None:
        if version < county.form.version:
            return county
        raise EditionUnknown(county.id, "form", version)
    newer = edition.process.version > county.process.version
    rules = edition if newer else county
    return county.made_anew(
        form=edition.form,
        places=edition.places,
        services=edition.services,
        process=rules.process,
        bodies=rules.bodies,
    )


def under(county: County, version: int) -> County:
    """The county with the process of this version, for a case that began under it. Raises `EditionUnknown`."""
    if version == county.process.version:
        return county
    edition = next((one for one in county.editions if one.process.version == version), None)
    if edition is None:
        raise EditionUnknown(county.id, "process", version)
    return county.made_anew(process=edition.process)


def version_of(county: County, kind: Kind) -> int:
    """The version of the form or of the process."""
    return county.form.version if kind == "form" else county.process.version


def digest(county: County, kind: Kind) -> str:
    """SHA-256 of what may not change under one version.

    Of a form: its fields and texts, and which option means which service. Of a process: its rules and small forms, and
    which services and bodies there are. Names, phones, hours, answers of the guide may change at any time. What a
    county leaves at its default does not count, so that a program with one more setting finds the same digest.
    """
    said: dict[str, Any]
    if kind == "form":
        said = {
            "form": _plain(county.form),
            "places": _plain(county.places),
            "services": sorted((one.id, one.option) for one in county.services),
        }
    else:
        said = {
            "process": _plain(county.process),
            "services": sorted(one.id for one in county.services),
            "bodies": sorted(one.id for one in county.bodies),
        }
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _plain(one: Any) -> Any:
    return one.model_dump(mode="json", exclude_defaults=True, by_alias=True)
