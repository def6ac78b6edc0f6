"""加办: services are added to a case that was handed in."""

from typing import Literal

from pydantic import Field

from model.draft import Answer
from model.frozen import Frozen
from model.submission import Submission


class AddService(Frozen):
    """The applicant wants these services too, all or none. `signed`: their part of the form, confirmed by him as the form was;
    what staff write for him (`by` of its answers) was read to him, and he said yes to it on the telephone.

    `known`: what the case has been told before, with all services of the case ticked; what an order needs to find its
    body stands there, and was not asked again.
    """

    do: Literal["add_service"] = "add_service"
    services: tuple[str, ...] = Field(min_length=1)
    signed: Submission
    known: dict[str, Answer]
