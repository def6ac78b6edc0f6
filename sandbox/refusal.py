"""How a phone says that something cannot be done on it."""


class Refused(Exception):
    """The phone cannot do that now; the words are for the person at the page."""
