"""Characters of names: those of every day, and the rare ones of the registers' extensions (𠮷, 㐂), which people do bear."""

from typing import Final

HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""For a class of a pattern: the unified ideographs, their extensions A to H, and those for compatibility."""
