"""What a person does to a draft on a page or in the console: the same draft as in the chat, field by field (design §2.1)."""

from model.frozen import Frozen


class Edit(Frozen):
    """What was entered for one field (see `dialogs.as_data.entering`), by somebody who saw its answer at revision `seen`."""

    field: str
    seen: int | None
    given: tuple[tuple[str, str], ...]
