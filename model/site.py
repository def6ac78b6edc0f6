"""What is taken at the site with a survey opinion: photos, and the signature of whoever gives it (X38, X39)."""

from typing import Final

from model.frozen import Frozen
from model.values import StoredFile

MOST: Final = 6
"""So many photos with one opinion."""
MOST_BYTES: Final = 10 * 1024 * 1024
"""Of one photo."""
MOST_SIGNATURE: Final = 200 * 1024


class SitePapers(Frozen):
    """The files are kept among the papers of the case. `signed`: the name that was written instead of a signature by hand."""

    photos: tuple[StoredFile, ...] = ()
    signature: StoredFile | None = None
    signed: str = ""

    @property
    def files(self) -> tuple[StoredFile, ...]:
        """The photos, then the signature."""
        return (*self.photos, *((self.signature,) if self.signature is not None else ()))
