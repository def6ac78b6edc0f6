"""Which steward gets an order: by body, district and fewest open tasks (design §5)."""

from collections.abc import Iterable

from model.staff import Staff


def assign(stewards: Iterable[Staff], body: str, district: str | None) -> str | None:
    """The staff id of the steward for an order of `body`, None if nobody of it can be reached.

    Those of the district come first, then those of the whole body, then the others: a steward of another district is
    better than nobody. Equal ones by fewest open tasks, then by id, so that the same input gives the same steward.
    """

    def rank(steward: Staff) -> tuple[int, int, str]:
        near = 1 if district is None or not steward.districts else 0 if district in steward.districts else 2
        return near, steward.open_tasks, steward.id

    able = [one for one in stewards if one.body == body and one.reachable and one.duty == "steward"]
    return min(able, key=rank).id if able else None
