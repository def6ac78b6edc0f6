"""What could not be taken of a file or a text, in the county's words: the console and the command line say the same."""

import datetime as dt

from config.holidays.entry import told
from handlers.wording.catalogue import Catalogue
from model.unread import Unread


def unread_said(one: Unread, catalogue: Catalogue) -> str:
    """The words, with the place first where it has one: 第5行：…, 春节：…."""
    facts = {name: told(fact) if isinstance(fact, dt.date) else fact for name, fact in one.about.items()}
    for piece, key in (("example", "calendar.example"), ("save_as", "workbook.save_as")):
        if piece in catalogue.wants(one.key):
            facts[piece] = catalogue.say(key)
    what = catalogue.say(one.key, **facts)
    if one.where is None:
        return what
    where = catalogue.say("calendar.row", row=one.where) if isinstance(one.where, int) else one.where
    return catalogue.say("calendar.at", where=where, what=what)
