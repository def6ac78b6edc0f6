"""Cases as this process folded them last: of a case that has not changed since, the log need not be opened again."""

from collections import OrderedDict

from model.case import Case


class Folded:
    """At most so many, those that were wanted last. One is taken only at the very version that its row has, read in the
    transaction that takes it: whatever another process has done since is never missed.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[str, Case] = OrderedDict()

    def at(self, case_id: str, version: int) -> Case | None:
        """The case as it is at this version; None if it is not known so."""
        found = self._kept.get(case_id)
        if found is None or found.version != version:
            return None
        self._kept.move_to_end(case_id)
        return found

    def keep(self, case: Case) -> None:
        """Only what is committed."""
        self._kept[case.id] = case
        self._kept.move_to_end(case.id)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def forget(self, case_id: str) -> None:
        """It was erased."""
        self._kept.pop(case_id, None)
