"""`keys rotate` and `keys reindex`: beside the running program, in passes until nothing is left under an old key."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from bot.keys import WATCH_SECONDS, add_key, forget_lookup_key, key_file, replace_lookup_key
from bot.retaining import beside
from bot.settings import Settings
from config.loader import load_counties
from handlers.casework import find_by
from routing.enquiry_log import fold_enquiry
from routing.evolve import fold
from storage.enquiries import Enquiries
from storage.records import Records
from storage.rotation import Rotation
from storage.webhooks import Webhooks

_PASSES: Final = 20


class NotRotated(Exception):
    """Keys cannot be replaced this way, or something stays under an old one; the message says what to do."""


async def rotate(settings: Settings, *, new: bool) -> str:
    """Wraps every record key under the current key; `new` draws one first, in the key file. What to tell the operator.

    Raises NotRotated, KeysMissing, Unreadable.
    """
    file = key_file(settings, beside=True)
    if new and file is None:
        raise NotRotated(
            "密钥来自环境变量：先在 LIANBAN_KEYS 里加上新的，把 LIANBAN_CURRENT_KEY 改成它，逐个重启，再运行 keys rotate。"
        )
    if new and file is not None:
        add_key(file)
    async with beside(settings) as stores:
        records = Records(stores.database, stores.vault, fold)
        rotation = Rotation(stores.database, stores.store, stores.vault, records)

        async def kept() -> int:
            hooks = Webhooks(stores.database, stores.vault)
            return (
                await rotation.records() + await rotation.enquiries() + await rotation.credit() + await hooks.rewrap()
            )

        cases, talks = await _until_none(kept), await _until_none(rotation.conversations)
        await stores.store.rewrite()
        current = stores.vault.current
    return f"已改用密钥 {current}：办件、首问记录和单位系统{cases}把，对话和草稿{talks}把。其他密钥不再需要，备份过期后可以从设置里去掉。"


async def reindex(settings: Settings, *, new: bool) -> str:
    """Computes every lookup under the present lookup key; `new` draws one first, in the key file. What to tell.

    Raises NotRotated, KeysMissing.
    """
    counties = load_counties(settings.counties)
    file = key_file(settings, beside=True)
    if new and file is None:
        raise NotRotated(
            "密钥来自环境变量：把 LIANBAN_LOOKUP_KEY 的值移到 LIANBAN_LOOKUP_KEY_BEFORE，换上新的，逐个重启，再运行 keys reindex。"
        )
    if new and file is not None:
        replace_lookup_key(file)
    async with beside(settings) as stores:
        records = Records(stores.database, stores.vault, fold)
        rotation = Rotation(stores.database, stores.store, stores.vault, records)
        done = 0
        for county in counties.values():
            done += await _until_none(partial(rotation.lookups, county.id, partial(find_by, county=county)))
        done += await _until_none(Enquiries(stores.database, stores.vault, fold_enquiry).reindex)
        left = await rotation.lookups_left()
    if left:
        raise NotRotated(f"还有{left}条索引属于没有载入的县，补上这些县的文件再运行一次。")
    if file is not None:
        forget_lookup_key(file)
    return f"已重建{done}件的索引。旧的索引密钥不再需要，可以从设置里去掉（LIANBAN_LOOKUP_KEY_BEFORE）。"


async def _until_none(one_pass: Callable[[], Awaitable[int]]) -> int:
    """Passes until one finds nothing, and once more after every program must have taken up the present keys."""
    done = 0
    for _ in range(_PASSES):
        found = await one_pass()
        done += found
        if not found:
            await asyncio.sleep(WATCH_SECONDS + 1)
            found = await one_pass()
            done += found
            if not found:
                return done
    raise NotRotated("有程序还在用旧密钥写入：请确认它们都已换成新设置，再运行一次。")
