"""Pressing a button of a WeCom card: which card and button is meant, and the event it becomes."""

from .phones import Phone
from .refusal import Refused
from .wecom_wire import CARD_EVENT
from .wire import Fields
from .world import Hall


def press(hall: Hall, phone: Phone, text: str, task_id: str, now: float) -> tuple[str, Fields]:
    """The task id of the card and the event's fields, for the button with this text on the card with this task id, or without one on
    the latest card that has it. Raises Refused.
    """
    cards = [entry.card for entry in reversed(phone.entries) if entry.card and task_id in ("", entry.card.task_id)]
    if hall.wecom is None or not cards:
        raise Refused("没有这张卡片")
    live = [card for card in cards if card.said is None]
    found = next(((card, one) for card in live for one in card.buttons if one.text == text), None)
    if found is None:
        raise Refused("卡片上没有这个按钮" if live else "这张卡片的按钮已经不能点了")
    card, button = found
    fields: Fields = [
        ("Event", CARD_EVENT),
        ("EventKey", button.key),
        ("TaskId", card.task_id),
        ("CardType", "button_interaction"),
        ("ResponseCode", hall.wecom.desk.code(card.task_id, now)),
    ]
    return card.task_id, fields
