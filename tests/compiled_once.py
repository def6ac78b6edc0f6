"""Templates of pages are compiled once per process, and not by every site that a test opens."""

import functools

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from bot.pages import rendering


class _Memory(BytecodeCache):
    def __init__(self) -> None:
        self._known = dict[tuple[str, str], bytes]()

    def load_bytecode(self, bucket: Bucket) -> None:
        if found := self._known.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


def compiled_once() -> None:
    """From now on."""
    rendering.Environment = functools.partial(Environment, bytecode_cache=_Memory())
