"""What is said beside what leads to a choice waits with the choice, and goes with all else that is erased."""

import datetime as dt

from dialogs.mine import erased
from model.conversation import Conversation, Offer
from model.draft import Answer
from model.values import Words


def test_what_waits_for_a_choice_is_erased_with_the_rest() -> None:
    said = {"gas_load": Answer(value=Words(text="2台壁挂炉"), by="o", at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC))}
    offered = Offer(about="add", choices=("ad:case/gas",), shown=1, said=said)
    talk = Conversation(id="a:o", account="a", person="o", county="jingxian", offer=offered)
    assert "壁挂炉" not in erased(talk).model_dump_json()
