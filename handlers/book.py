"""Conversations as plain data over a store of sealed parts: each draft under a record key of its own (design §6)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from model.conversation import Conversation
from model.draft import Draft
from model.message import Reply
from storage.conversations import Commit, Committed, Conversations, Seen, Stale
from storage.vault import RecordKey, Unreadable, Vault

TALK, KEY, DRAFT = "talk", "key:", "draft:"


@dataclass(frozen=True, slots=True)
class Page:
    """A conversation as loaded, with what is needed to commit it: its revision, record keys, and the sealed drafts' models.

    `reply` is what this very message got when it was committed before.
    """

    conversation: Conversation
    revision: int
    reply: Reply | None = None
    keys: dict[str, RecordKey] = field(default_factory=dict)

    def spare(self) -> frozenset[str]:
        """The keys of drafts that are not here any more, as an earlier version left them after handing in photos."""
        return frozenset(self.keys) - {TALK} - {draft.id for draft in self.conversation.drafts}


@dataclass(frozen=True, slots=True)
class Kept:
    """The conversation is stored."""

    page: Page


@dataclass(frozen=True, slots=True)
class Again:
    """Somebody else was first: load and compute again."""


@dataclass(frozen=True, slots=True)
class Before:
    """This message was committed before; `reply` is what it got."""

    reply: Reply


class Book(Protocol):
    """Where conversations are kept. Raises the store's StoreAway and StoreBusy."""

    async def open(self, fresh: Conversation, key: str | None) -> Page:
        """The conversation with the id of `fresh`, or `fresh` itself; and the reply to the message `key` if seen."""

    async def keep(
        self,
        page: Page,
        conversation: Conversation,
        *,
        key: str | None,
        reply: Reply,
        work_due: int | None = None,
        later_due: int | None = None,
    ) -> Kept | Again | Before:
        """Stores the conversation in place of the page's; None as key marks no message."""

    async def forget(self, page: Page) -> bool:
        """Deletes a conversation with all its keys; False if somebody changed it meanwhile."""

    async def said(self, conversation_id: str, key: str) -> Reply | None:
        """The reply that the message got, for delivery."""


class SealedBook:
    """`Book` over Redis: the talk and each draft sealed under keys of their own, bound to their place."""

    def __init__(self, store: Conversations, vault: Vault) -> None:
        """`store` holds the parts, `vault` seals them."""
        self._store = store
        self._vault = vault

    async def open(self, fresh: Conversation, key: str | None) -> Page:
        """See `Book`."""
        loaded = await self._store.load(fresh.id, key)
        if TALK not in loaded.parts:
            return Page(fresh, loaded.revision)
        keys = {
            name.removeprefix(KEY): self._vault.unwrap(part.decode())
            for name, part in loaded.parts.items()
            if name.startswith(KEY)
        }
        talk = json.loads(self._open(keys, TALK, loaded.parts[TALK], fresh.id))
        talk["drafts"] = [
            json.loads(self._open(keys, name, loaded.parts[DRAFT + name], fresh.id)) for name in talk["drafts"]
        ]
        conversation = Conversation.model_validate_json(json.dumps(talk))
        reply = None if loaded.reply is None else self._reply(keys, loaded.reply, fresh.id)
        return Page(conversation, loaded.revision, reply, keys)

    async def keep(
        self,
        page: Page,
        conversation: Conversation,
        *,
        key: str | None,
        reply: Reply,
        work_due: int | None = None,
        later_due: int | None = None,
    ) -> Kept | Again | Before:
        """See `Book`. Only what changed is sealed again; a draft that is gone takes its record key with it: that of one
        that was handed in is with its case by now. A talk that its person had wiped goes on under another key.
        """
        keys = dict(page.keys)
        changed: dict[str, bytes | None] = {}
        before = {draft.id: draft for draft in page.conversation.drafts} if page.keys else {}
        for draft in conversation.drafts:
            if before.get(draft.id) is not draft:
                changed[DRAFT + draft.id] = self._seal(keys, changed, draft.id, _json(draft), conversation.id)
        for gone in before.keys() - {draft.id for draft in conversation.drafts}:
            changed[DRAFT + gone] = changed[KEY + gone] = None
            keys.pop(gone, None)
        if conversation.wiped != page.conversation.wiped:
            keys.pop(TALK, None)  # what people were told before is sealed under the old one
        talk = conversation.model_dump(mode="json", exclude={"drafts"}) | {
            "drafts": [draft.id for draft in conversation.drafts]
        }
        changed[TALK] = self._seal(keys, changed, TALK, json.dumps(talk, ensure_ascii=False).encode(), conversation.id)
        sealed = self._vault.seal(keys[TALK], _json(reply), f"reply:{conversation.id}".encode())
        outcome: Commit = await self._store.commit(
            conversation.id,
            revision=page.revision,
            changed=changed,
            message=key,
            reply=sealed,
            work_due=work_due,
            later_due=later_due,
        )
        match outcome:
            case Committed(revision=revision):
                return Kept(Page(conversation, revision, reply, keys))
            case Stale():
                return Again()
            case Seen(reply=stored):
                return Before(self._reply(keys, stored, conversation.id))

    async def said(self, conversation_id: str, key: str) -> Reply | None:
        """See `Book`."""
        loaded = await self._store.load(conversation_id, key)
        if loaded.reply is None or KEY + TALK not in loaded.parts:
            return None
        return self._reply({TALK: self._vault.unwrap(loaded.parts[KEY + TALK].decode())}, loaded.reply, conversation_id)

    async def forget(self, page: Page) -> bool:
        """See `Book`."""
        return await self._store.forget(page.conversation.id, page.revision)

    async def release(self, page: Page, names: Iterable[str]) -> bool:
        """Destroys keys that no draft has any more; False if somebody changed the conversation meanwhile."""
        changed = {KEY + name: None for name in names}
        done = await self._store.commit(page.conversation.id, revision=page.revision, changed=changed)
        return isinstance(done, Committed)

    def _open(self, keys: dict[str, RecordKey], name: str, sealed: bytes, conversation_id: str) -> bytes:
        return self._vault.open(keys[name], sealed, _context(name, conversation_id))

    def _seal(
        self,
        keys: dict[str, RecordKey],
        changed: dict[str, bytes | None],
        name: str,
        plain: bytes,
        conversation_id: str,
    ) -> bytes:
        if name not in keys:
            keys[name] = self._vault.new_record_key()
            changed[KEY + name] = keys[name].wrapped.encode()
        return self._vault.seal(keys[name], plain, _context(name, conversation_id))

    def _reply(self, keys: dict[str, RecordKey], sealed: bytes, conversation_id: str) -> Reply:
        try:
            return Reply.model_validate_json(self._vault.open(keys[TALK], sealed, f"reply:{conversation_id}".encode()))
        except Unreadable:
            return Reply()  # said before its person had all of it erased: it is not said again


def _json(value: Draft | Reply) -> bytes:
    return value.model_dump_json().encode()


def _context(name: str, conversation_id: str) -> bytes:
    return f"{name}:{conversation_id}".encode()
