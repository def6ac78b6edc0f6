"""An absence told in chat is the same change as one that an admin enters: in the log, and seen by whoever has the page open (ADR 42)."""

import datetime as dt
import re

from dialogs.events import AbsenceTold
from handlers.absences import told_absence
from handlers.people.absence import go_away
from handlers.people.noting import By
from handlers.wording.outcomes import AbsenceKnown, ActRefused, Told
from model.calendar import CHINA
from model.conversation import Conversation
from model.decision import Refused
from model.login import Role
from model.staff import Absence, Staff
from tests.console.office import Office
from tests.console.test_admin_people import added

DAY = dt.timedelta(days=1)


def today(here: Office) -> dt.date:
    return here.now.astimezone(CHINA).date()


async def test_what_he_tells_in_chat_stands_in_his_log_and_is_seen_by_the_admin(here: Office) -> None:
    admin = await here.clerk(Role.ADMIN, county="xinxiang", name="admin")
    page, at = await added(admin)
    code = re.search(r'class="number">(\w+)<', page.text)
    assert code is not None
    one = await here.staffing.redeem(code[1], "acc", "p", here.now)
    assert isinstance(one, Staff)
    before = await admin.get(at)
    talk = Conversation(id="acc:p", account="acc", person="p", county="xinxiang")

    async def told(first: int, last: int) -> Told:
        absence = Absence(first=today(here) + first * DAY, last=today(here) + last * DAY)
        (said,) = await told_absence(here.core, here.counties["xinxiang"], talk, AbsenceTold(absence), here.now)
        return said

    assert isinstance(await told(0, 2), AbsenceKnown)
    assert isinstance(await told(0, 2), AbsenceKnown)  # the same message again
    # The admin's page was there before: he is shown what he did not know, and nothing is entered on top of it.
    seen = re.search(r'name="seen" value="(\d+)"', before.text)
    assert seen is not None
    days = {"first": "2026-12-01", "last": "2026-12-02"}
    page = await admin.post(at, {"proof": before.proof, "seen": seen[1], "do": "away"} | days)
    assert page.status == 409 and "刚才有别人也在改这个人" in page.text
    log = page.text[page.text.index('id="log"') :]
    assert log.count("登记请假") == 1 and re.search(r"<td>李明</td>", log), log
    # Away already, he says until when; other days of it are refused, and whoever enters them for him hears the same.
    begun = today(here)
    here.later(days=1)
    await told(0, 3)
    kept = await here.staffing.one(one.id)
    assert kept is not None and kept.absences == (Absence(first=begun, last=begun + 4 * DAY),)
    refused = await told(2, 6)
    assert isinstance(refused, ActRefused) and refused.refused.code == "away_overlaps"
    (back,) = await told_absence(here.core, here.counties["xinxiang"], talk, AbsenceTold(None), here.now)
    assert isinstance(back, AbsenceKnown) and back.absence is None
    kept = await here.staffing.one(one.id)
    assert kept is not None and kept.absences == ()
    assert "取消请假" in (await (await here.sign_in("admin")).get(at)).text  # a day later


async def test_two_who_enter_the_same_days_at_once(here: Office) -> None:
    """Who loaded him before the other's absence was there is refused by the rows, not by what he knew."""
    one = await here.hire("xinxiang", "water_company", "李明")
    by, first = By(one.id, here.now), today(here)
    assert await go_away(here.core, one, Absence(first=first, last=first + DAY), by) == ()
    late = await go_away(here.core, one, Absence(first=first + DAY, last=first + 2 * DAY), by)
    assert isinstance(late, Refused) and late.code == "away_overlaps"
