"""The halves of a day in all the words for them: 上半天, 头晌, 半上午; 下半天, 后半晌, 擦黑; and both, 从早到晚."""

import re

MORNING = r"(?:(?<![早晚])[上前早头](?:半(?:天|日|晌)(?!班|课|学|工)|晌(?!午)|昼)|半上午|晌午前|午前|清晨|大清早|一大早|一清早|打早)"
AFTERNOON = r"(?:(?<!雨)(?<!以)[下后晚](?:半(?:天|日|晌)(?!班|课|学|工)|晌(?!午)|昼)|半下午|晌午后|晌午头|晌午|午后|午间|擦黑|黄昏|傍黑)"
BOTH = (
    r"(?:全天|整天|整日|全日|成天|(?:一|大)?整?天都|从早(?:上|晨)?到(?:晚上|晚|黑|夜)|早晚(?:都|均|皆)"
    r"|上(?:午|半天)(?:和|跟|、|,)?下(?:午|半天)|上下午|不分上下午|都行|都可以|都成|都中|随时|不限|几点都|[啥什哪]么?(?:时候|会儿|辰光|钟点)(?:来|到|上门)?都)"
)
_MORNING, _AFTERNOON = re.compile(MORNING), re.compile(AFTERNOON)


def plain_halves(text: str) -> str:
    """The text with 上午 and 下午 for all that means the same."""
    if "半" not in text and "晌" not in text and not _RARE.search(text):
        return text
    return _AFTERNOON.sub("下午", _MORNING.sub("上午", text))


_RARE = re.compile(r"[昼晨早黑昏]|午[后前间]")
