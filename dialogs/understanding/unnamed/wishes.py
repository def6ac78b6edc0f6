"""Special wishes told without the name of their cell: 要两个固定IP, 再拉条专线到宣城 100兆, 电话开来电显示."""

import re
from collections.abc import Iterator

from dialogs.asking import asks
from dialogs.derived import derived
from dialogs.folding import fold
from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.cues import corrects
from dialogs.understanding.fillable import Fillable
from dialogs.understanding.marked import Marked, Piece
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from model.fields import TextField
from model.values import Words

_SCORE = 64
_LEAST = 3
_LEAD = re.compile(
    r"^(?:(?:其他服务|带|对了|还有|另外|再|顺便|麻烦|请|帮我|给我|我们?|也|就|里|这格|那格)[\s,:]*|(?:要|需要|想要?|写上?|填上?)(?=[\d一二两三四五六七八九十]|个|根|条))+"
)
_OTHERS = ("兆", "m", "g", "门", "台", "部")
"""Units of the numbers that stand before a wish and have cells of their own: 500兆带2个固定IP."""
_NOT_WANTED = re.compile(
    r"不要|不用|不需要|用不着|没有|不装|不办|不开|不拉|不接|取消|算了|先不|暂不|免了|听说|以前|从前|上次|上回|隔壁|别人|人家"
)
_GOES_ON = re.compile(
    r"\s*(?:(?:带宽|速率|要|带|大概|约)?\d[\d.]*\s?(?:兆|M|m|G|g|个|条|根|路|对)\S{0,4}|(?:[到通接连至]|从)\S{2,14}|[\u4e00-\u9fff]{2,9}[到至][\u4e00-\u9fff]{2,9}(?:\s?\d+\s?[兆Mm])?)\s*$"
)
"""What belongs to a wish although a blank or a comma stands between: 要条专线到宣城 100兆."""


def wishes(scene: Scene, fields: Fillable) -> Iterator[Candidate]:
    """The pieces of the message with a word that belongs to one such cell alone, each with the cell."""
    for field in fields.wished:
        if scene.needs(field) != ():
            continue
        for start, end in _told(scene.marked, field.id):
            said = scene.marked.said(start, end)
            said = _LEAD.sub("", said.strip()).strip(" ,、。;:")
            if not scene.open(field) and not corrects(scene.marked) and not re.search(r"\d", said):
                continue
            if _LEAST <= len(said) <= field.most:
                yield Candidate(field.id, Understood(Words(text=said)), start, end, _SCORE, "只有这一格说的事")


@derived
def _words(field: TextField) -> re.Pattern[str]:
    return re.compile(
        "|".join(re.escape(fold(one)) for one in sorted(field.facts, key=len, reverse=True)), re.IGNORECASE
    )


@once
def _told(marked: Marked, name: str) -> list[tuple[int, int]]:
    """Where a wish for this cell is told, from the piece with the word on: asked and refused ones are none."""
    found, field = list[tuple[int, int]](), marked.form.fields[name]
    assert isinstance(field, TextField)
    for number, piece in enumerate(marked.pieces):
        word = _words(field).search(marked.text, piece.start, piece.end)
        if word is None or _is_none(marked, piece):
            continue
        end = piece.end
        for following in marked.pieces[number + 1 : number + 3]:
            if following.sentence != piece.sentence or not _GOES_ON.match(marked.said(following.start, following.end)):
                break
            end = following.end
        start = _back(marked, field, number) if _GOES_BACK.match(marked.text, piece.start) else piece.start
        told = [one.end for one in marked.atoms_from(piece.start, word.start()) if one.unit in _OTHERS]
        found.append((max([start, *told]), end))
    return found


_GOES_BACK = re.compile(r"\s?(?:[这那][两三几些]|等|都是?要?)")
"""破路、占道,这两个手续一起代办: what is meant stands before it."""


def _back(marked: Marked, field: TextField, number: int) -> int:
    """Where the pieces begin before this one that tell something of the cell, in the same sentence."""
    start = marked.pieces[number].start
    for piece in reversed(marked.pieces[max(0, number - 6) : number]):
        said = marked.said(piece.start, piece.end)
        if piece.sentence != marked.pieces[number].sentence or not any(one in said for one in field.tells):
            break
        start = piece.start
    return start


def _is_none(marked: Marked, piece: Piece) -> bool:
    following = marked.said(piece.end, piece.end + 1)
    said = marked.said(piece.start, piece.end)
    return bool(_NOT_WANTED.search(said)) or asks(said + (following if following == "?" else ""))
