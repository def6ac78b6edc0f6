"""Conversations as plain data over a store of sealed parts: each draft under a record key of its own (design §6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from pydantic import TypeAdapter
from pydantic_core import to_json

from handlers.leaves import joined, pieces
from handlers.leaves import names as names_of
from handlers.shelf import Shelf
from model.conversation import Conversation
from model.draft import Draft
from model.frozen import Frozen
from model.message import Reply
from storage.conversations import PASSED_BY, Commit, Committed, Conversations, Loaded, Seen, Stale
from storage.newer import Newer
from storage.steps import Step
from storage.vault import RecordKey, Unreadable, Vault

TALK, KEY, DRAFT, FORMAT_PART = "talk", "key:", "draft:", "format"
FORMAT = 1
"""Raised with every change of what a conversation's parts look like; a program with a lower one leaves them alone."""

_CONVERSATION, _REPLY = TypeAdapter(Conversation), TypeAdapter(Reply)


@dataclass(frozen=True, slots=True)
class Page:
    """A conversation as loaded, with what is needed to commit it: its revision, record keys, and the sealed drafts' models.

    `reply` is what this very message got when it was committed before; `passed_by`, that it was found not to be ours;
    `sizes` are the bytes of each part.
    """

    conversation: Conversation
    revision: int
    reply: Reply | None = None
    keys: dict[str, RecordKey] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    passed_by: bool = False

    @property
    def size(self) -> int:
        """Sealed bytes in the store."""
        return sum(self.sizes.values())

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
        step: Step,
        key: str | None,
        reply: Reply,
        work_due: int | None = None,
        later_due: int | None = None,
    ) -> Kept | Again | Before:
        """Stores the conversation in place of the page's; None as key marks no message."""

    async def pass_by(self, page: Page, key: str) -> bool:
        """Keeps for a minute that this message is not ours, and nothing else; False if it was answered meanwhile."""

    async def forget(self, page: Page) -> bool:
        """Deletes a conversation with all its keys; False if somebody changed it meanwhile."""

    async def said(self, conversation_id: str, key: str) -> Reply | None:
        """The reply that the message got, for delivery."""


class _Talk(Frozen):
    """What of a conversation is sealed apart from its drafts: all else, and their ids in order."""

    conversation: Conversation
    drafts: tuple[str, ...]


class SealedBook:
    """`Book` over Redis: the talk and each draft sealed under keys of their own, bound to their place.

    Conversations opened lately are at hand and not opened again while the store says they are unchanged.
    """

    def __init__(self, store: Conversations, vault: Vault) -> None:
        """`store` holds the parts, `vault` seals them."""
        self._store = store
        self._vault = vault
        self._at_hand: Shelf[Page] = Shelf()

    async def open(self, fresh: Conversation, key: str | None) -> Page:
        """See `Book`. Raises Newer for what a newer program wrote."""
        page = self._at_hand.get(fresh.id)
        if page is None:
            return self._opened(fresh, await self._store.load(fresh.id, key))
        wrapped = {KEY + name: one.wrapped.encode() for name, one in page.keys.items()}
        found = await self._store.refresh(fresh.id, key, revision=page.revision, same=wrapped)
        if isinstance(found, Loaded):
            return self._opened(fresh, found)
        return self._answered(page, found.reply)

    def _opened(self, fresh: Conversation, loaded: Loaded) -> Page:
        if TALK not in loaded.parts:
            self._at_hand.drop(fresh.id)
            return Page(fresh, loaded.revision, passed_by=loaded.reply == PASSED_BY)
        if int(loaded.parts.get(FORMAT_PART, b"1")) > FORMAT:
            raise Newer("a conversation written by a newer program")
        keys = {
            name.removeprefix(KEY): self._vault.unwrap(part.decode())
            for name, part in loaded.parts.items()
            if name.startswith(KEY)
        }
        talk = _Talk.model_validate_json(self._open(keys[TALK], TALK, loaded.parts[TALK], fresh.id))
        drafts = tuple(self._draft(keys[name], name, loaded.parts, fresh.id) for name in talk.drafts)
        sizes = {name: len(part) for name, part in loaded.parts.items()}
        page = Page(talk.conversation.model_copy(update={"drafts": drafts}), loaded.revision, None, keys, sizes)
        self._at_hand.put(fresh.id, page, sum(sizes.values()))
        return self._answered(page, loaded.reply)

    def _answered(self, page: Page, reply: bytes | None) -> Page:
        if reply is None:
            return page
        if reply == PASSED_BY:
            return replace(page, passed_by=True)
        return replace(page, reply=self._reply(page.keys, reply, page.conversation.id))

    async def pass_by(self, page: Page, key: str) -> bool:
        """See `Book`."""
        return await self._store.pass_by(page.conversation.id, key)

    async def keep(
        self,
        page: Page,
        conversation: Conversation,
        *,
        step: Step,
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
                key_of = self._key(keys, changed, draft.id)
                for name, piece in pieces(draft, before.get(draft.id)).items():
                    changed[DRAFT + name] = piece and self._seal(key_of, name, piece, conversation.id)
        for gone in before.keys() - {draft.id for draft in conversation.drafts}:
            changed.update((DRAFT + name, None) for name in names_of(before[gone]))
            changed[KEY + gone] = None
            keys.pop(gone, None)
        if conversation.wiped != page.conversation.wiped:
            keys.pop(TALK, None)  # what people were told before is sealed under the old one
        changed[FORMAT_PART] = b"%d" % FORMAT
        changed[TALK] = self._seal(self._key(keys, changed, TALK), TALK, _talk(conversation), conversation.id)
        sealed = self._vault.seal(keys[TALK], _REPLY.dump_json(reply), f"reply:{conversation.id}".encode())
        outcome: Commit = await self._store.commit(
            conversation.id,
            revision=page.revision,
            changed=changed,
            step=step,
            message=key,
            reply=sealed,
            work_due=work_due,
            later_due=later_due,
        )
        match outcome:
            case Committed(revision=revision):
                sizes = {name: size for name, size in page.sizes.items() if name not in changed}
                sizes |= {name: len(part) for name, part in changed.items() if part is not None}
                kept = Page(conversation, revision, None, keys, sizes)
                self._at_hand.put(conversation.id, kept, sum(sizes.values()))
                return Kept(replace(kept, reply=reply))
            case Stale():
                self._at_hand.drop(conversation.id)
                return Again()
            case Seen(reply=stored) if stored == PASSED_BY:
                return Again()  # somebody else found that it is not ours
            case Seen() if key is not None and TALK not in page.keys:
                # Somebody else began this conversation meanwhile, and sealed under a key of his own.
                earlier = await self.said(conversation.id, key)
                return Again() if earlier is None else Before(earlier)
            case Seen(reply=stored):
                return Before(self._reply(keys, stored, conversation.id))

    async def said(self, conversation_id: str, key: str) -> Reply | None:
        """See `Book`."""
        loaded = await self._store.load(conversation_id, key)
        if loaded.reply in {None, PASSED_BY} or KEY + TALK not in loaded.parts:
            return None
        return self._reply({TALK: self._vault.unwrap(loaded.parts[KEY + TALK].decode())}, loaded.reply, conversation_id)

    async def forget(self, page: Page) -> bool:
        """See `Book`."""
        self._at_hand.drop(page.conversation.id)
        return await self._store.forget(page.conversation.id, page.revision)

    async def names(self, conversation_id: str) -> frozenset[str]:
        """The drafts that have a key here, and the talk; also of a conversation that cannot be opened."""
        parts = (await self._store.load(conversation_id)).parts
        return frozenset(part.removeprefix(KEY) for part in parts if part.startswith(KEY))

    async def release(self, page: Page, names: Iterable[str]) -> bool:
        """Destroys keys that no draft has any more; False if somebody changed the conversation meanwhile."""
        changed = {KEY + name: None for name in names}
        self._at_hand.drop(page.conversation.id)
        done = await self._store.commit(
            page.conversation.id, revision=page.revision, changed=changed, step=Step.RELEASE
        )
        return isinstance(done, Committed)

    def _draft(self, key: RecordKey, name: str, parts: Mapping[str, bytes], conversation_id: str) -> Draft:
        def piece(name: str) -> bytes | None:
            sealed = parts.get(DRAFT + name)
            return None if sealed is None else self._open(key, name, sealed, conversation_id)

        return joined(name, piece)

    def _open(self, key: RecordKey, name: str, sealed: bytes, conversation_id: str) -> bytes:
        return self._vault.open(key, sealed, _context(name, conversation_id))

    def _seal(self, key: RecordKey, name: str, plain: bytes, conversation_id: str) -> bytes:
        return self._vault.seal(key, plain, _context(name, conversation_id))

    def _key(self, keys: dict[str, RecordKey], changed: dict[str, bytes | None], name: str) -> RecordKey:
        """The record key of the talk or of a draft; drawn when it is first sealed."""
        if name not in keys:
            keys[name] = self._vault.new_record_key()
            changed[KEY + name] = keys[name].wrapped.encode()
        return keys[name]

    def _reply(self, keys: dict[str, RecordKey], sealed: bytes, conversation_id: str) -> Reply:
        try:
            return _REPLY.validate_json(self._vault.open(keys[TALK], sealed, f"reply:{conversation_id}".encode()))
        except Unreadable:
            return Reply()  # said before its person had all of it erased: it is not said again


def _talk(conversation: Conversation) -> bytes:
    """As `_Talk` reads it; without building one."""
    ids = to_json([draft.id for draft in conversation.drafts])
    return b'{"drafts":%b,"conversation":%b}' % (ids, _CONVERSATION.dump_json(conversation, exclude={"drafts"}))


def _context(name: str, conversation_id: str) -> bytes:
    return f"{name}:{conversation_id}".encode()
