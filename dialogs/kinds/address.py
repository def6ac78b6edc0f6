"""An address in words; a location message gives its label and the point."""

import re

from dialogs.folding import bare, tidy
from dialogs.reading import Context, Reading, Refusal, Understood
from model.fields import AddressField
from model.message import LocationMessage
from model.values import Address

QUANTITY = re.compile(r"\d[\d.,万千百]* ?(?:千伏安|千瓦|平方米|平米|平方|立方|吨|公里|米|户|栋|芯|元|兆)[\w/]*")
LEAST = 4
"""No place is told in fewer characters."""
_LEAD = re.compile(r"^(?:地址|我?住在?|(?:我们?)?(?:单位|公司|项目|工程)?(?:地址)?在|就?在|是|:|：|\s)+")


def parse(text: str, field: AddressField, _: Context) -> Reading:
    """The address (`address.short`, `address.long`): at least four characters with a Chinese word in them."""
    words = _LEAD.sub("", tidy(text)).strip(" 。,，;；")
    if QUANTITY.fullmatch(words) or len(bare(words)) < LEAST or not re.search(r"[一-鿿]{2}", words):
        return Refusal("address.short")
    if len(words) > field.most:
        return Refusal("address.long", {"length": str(len(words)), "most": str(field.most)})
    return Understood(Address(text=words))


def locate(message: LocationMessage, field: AddressField) -> Reading:
    """A location message as an address, if the platform named the place."""
    label = tidy(message.label)[: field.most]
    if len(label) < LEAST:
        return Refusal("address.label")
    return Understood(Address(text=label, latitude=message.latitude, longitude=message.longitude))
