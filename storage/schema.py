"""The tables of the records in SQL (design §6). Times are UTC; what is personal is sealed bytes."""

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Utc(TypeDecorator[dt.datetime]):
    """An instant, always aware: SQLite keeps no zone and would hand back naive times."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Refuse a naive time; nobody knows where its midnight is."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive time has no place in the records")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """Give the zone back."""
        if not isinstance(value, dt.datetime):
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


_ID = String(64)
_SERIAL = BigInteger().with_variant(Integer(), "sqlite")  # only INTEGER counts up by itself there

cases = Table(
    "cases",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("county", String(64), nullable=False),
    Column("number", String(64), nullable=False),
    Column("account", String(64), nullable=False),
    Column("person", String(128), nullable=False),
    Column("submission", Text, nullable=False, unique=True),
    Column("digest", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("words", LargeBinary),
    Column("joint", Boolean, nullable=False),
    Column("process_version", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("accepted_at", Utc, nullable=False),
    Column("closed_at", Utc),
    Column("erased_at", Utc),
    UniqueConstraint("county", "number"),
    Index(None, "account", "person"),
    Index(None, "county", "accepted_at"),
    Index(None, "county", "closed_at"),
)

orders = Table(
    "orders",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("case_id", _ID, ForeignKey("cases.id"), nullable=False),
    Column("service", String(64), nullable=False),
    Column("body", String(64), nullable=False),
    Column("steward", _ID),
    Column("state", String(32), nullable=False),
    Column("open", Boolean, nullable=False),
    Column("unassigned", Boolean, nullable=False),
    Index(None, "case_id"),
    Index(None, "steward", "open"),
    Index(None, "body", "open"),
)

# Applications for permits (行政审批), beside the orders; and their limits, one for the decision and one for what may follow.
permits = Table(
    "permits",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("case_id", _ID, ForeignKey("cases.id"), nullable=False),
    Column("body", String(64), nullable=False),
    Column("officer", _ID),
    Column("open", Boolean, nullable=False),
    Index(None, "case_id"),
    Index(None, "officer", "open"),
    Index(None, "body", "open"),
)

permit_deadlines = Table(
    "permit_deadlines",
    metadata,
    Column("permit_id", _ID, ForeignKey("permits.id"), primary_key=True),
    Column("later", Boolean, primary_key=True),
    Column("case_id", _ID, ForeignKey("cases.id"), nullable=False),
    Column("due_at", Utc, nullable=False),
    Column("provisional", Boolean, nullable=False, server_default=false()),
    Column("next_share", Integer),
    Column("next_at", Utc),
    Index(None, "next_at"),
)

# What each body has to do about a survey that is led, beside its orders (X31–X42).
parts = Table(
    "parts",
    metadata,
    Column("case_id", _ID, ForeignKey("cases.id"), primary_key=True),
    Column("body", String(64), primary_key=True),
    Column("steward", _ID),
    Column("open", Boolean, nullable=False),
    Index(None, "body", "open"),
)

events = Table(
    "events",
    metadata,
    Column("case_id", _ID, ForeignKey("cases.id"), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Utc, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("process_version", Integer, nullable=False),
    Column("calendar", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("trace", String(16)),
    Index(None, "kind", "at"),
)

# Who had a push tried once more that had failed for good, and of what it had failed.
sent_again = Table(
    "sent_again",
    metadata,
    Column("id", _SERIAL, primary_key=True, autoincrement=True),
    Column("row", BigInteger, nullable=False),
    Column("by", _ID, nullable=False),
    Column("at", Utc, nullable=False),
    Column("reason", Text, nullable=False),
    Index(None, "row"),
)

# The result of every command, in the transaction of its events: a repetition is answered from here (design §2.3).
commands = Table(
    "commands",
    metadata,
    Column("id", Text, primary_key=True),
    Column("case_id", _ID, ForeignKey("cases.id"), nullable=False),
    Column("at", Utc, nullable=False),
    Column("first", Integer),
    Column("last", Integer),
    Column("refused", JSON(none_as_null=True)),
    Index(None, "case_id"),
)

deadlines = Table(
    "deadlines",
    metadata,
    Column("order_id", _ID, ForeignKey("orders.id"), primary_key=True),
    Column("step", String(32), primary_key=True),
    Column("case_id", _ID, ForeignKey("cases.id"), nullable=False),
    Column("started_at", Utc, nullable=False),
    Column("due_at", Utc, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("met_at", Utc),
    Column("warned", Integer, nullable=False, server_default=text("0")),
    Column("next_share", Integer),
    Column("next_at", Utc),
    Column("runs", Boolean, nullable=False, server_default=true()),
    Index(None, "met_at", "due_at"),
    Index(None, "next_at"),
)

# One steward, one half hour, one place: a unique row, not a check (design §2.3).
appointments = Table(
    "appointments",
    metadata,
    Column("steward", _ID, primary_key=True),
    Column("slot", Utc, primary_key=True),
    Column("case_id", _ID, ForeignKey("cases.id"), nullable=False),
    Column("at", Utc, nullable=False),
    Column("agreed", Boolean, nullable=False),
    Index(None, "case_id"),
    Index(None, "at"),
)
alarms = Table(
    "alarms",
    metadata,
    Column("case_id", _ID, ForeignKey("cases.id"), primary_key=True),
    Column("appointment", String(96), primary_key=True),
    Column("what", String(16), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("at", Utc, nullable=False),
    Index(None, "at"),
)

# With whom consultations (会商) lie, and what was agreed at them.
consulting = Table(
    "consulting",
    metadata,
    Column("case_id", _ID, ForeignKey("cases.id"), primary_key=True),
    Column("name", String(96), primary_key=True),
    Column("body", String(64), nullable=False),
    Column("steward", _ID),
    Column("open", Boolean, nullable=False),
    Index(None, "body", "open"),
)

# Every edition of a county that was ever on the air, so that any program can work what began under it (ADR 0006).
editions = Table(
    "editions",
    metadata,
    Column("county", String(64), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("digest", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("registered_at", Utc, nullable=False),
)

# 首问记录 (J37–J47): the words of people are in sealed events under a key of the enquiry's own.
enquiries = Table(
    "enquiries",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("county", String(64), nullable=False),
    Column("account", String(64), nullable=False),
    Column("person", String(128), nullable=False),
    Column("first_asked", _ID, nullable=False),
    Column("owner_kind", String(16), nullable=False),
    Column("owner", _ID, nullable=False),
    Column("about", String(64)),
    Column("open", Boolean, nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("due_at", Utc),
    Column("closed_at", Utc),
    Column("version", Integer, nullable=False),
    Column("phone_hash", String(64)),
    Column("wrapped", String(300)),
    Column("next_share", Integer),
    Column("next_at", Utc),
    Index(None, "county", "open", "asked_at"),
    Index(None, "next_at"),
    Index(None, "owner", "open"),
    Index(None, "account", "person"),
    Index(None, "phone_hash"),
)

enquiry_events = Table(
    "enquiry_events",
    metadata,
    Column("enquiry_id", _ID, ForeignKey("enquiries.id"), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Utc, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("trace", String(16)),
)

# Who can do something to an open enquiry: its owner, whom it is offered to, whom it was reported to.
enquiry_holders = Table(
    "enquiry_holders",
    metadata,
    Column("enquiry_id", _ID, ForeignKey("enquiries.id"), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("holder", _ID, primary_key=True),
    Index(None, "kind", "holder"),
)

enquiry_commands = Table(
    "enquiry_commands",
    metadata,
    Column("id", Text, primary_key=True),
    Column("enquiry_id", _ID, ForeignKey("enquiries.id")),
    Column("at", Utc, nullable=False),
    Column("first", Integer),
    Column("last", Integer),
    Column("refused", JSON(none_as_null=True)),
    Index(None, "enquiry_id"),
)

counters = Table(
    "counters",
    metadata,
    Column("county", String(64), primary_key=True),
    Column("period", String(16), primary_key=True),
    Column("value", Integer, nullable=False),
)

staff = Table(
    "staff",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("county", String(64), nullable=False),
    Column("body", String(64), nullable=False),
    Column("name", String(64), nullable=False),
    Column("phone", String(32), nullable=False),
    Column("duty", String(16), nullable=False, server_default="steward"),
    Column("districts", JSON, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("code", String(64), unique=True),
    Column("code_until", Utc),
    Index(None, "county", "body"),
)

# How often the staff of a county were changed: whoever knows them reads them again when it has gone up.
rosters = Table(
    "rosters",
    metadata,
    Column("county", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
)

absences = Table(
    "absences",
    metadata,
    Column("staff_id", _ID, ForeignKey("staff.id"), primary_key=True),
    Column("first", Date, primary_key=True),
    Column("last", Date, nullable=False),
)

# On which weekdays somebody is on duty; 0 is Monday. A body without rows has no rota.
rota = Table(
    "rota",
    metadata,
    Column("staff_id", _ID, ForeignKey("staff.id"), primary_key=True),
    Column("weekday", Integer, primary_key=True, autoincrement=False),
)

bindings = Table(
    "bindings",
    metadata,
    Column("staff_id", _ID, ForeignKey("staff.id"), primary_key=True),
    Column("account", String(64), nullable=False),
    Column("person", String(128), nullable=False),
    Column("code", String(64), nullable=False),
    Column("bound_at", Utc, nullable=False),
    Index(None, "account", "person"),
)

# Who may sign in to the console; `hash` is what his password was made into.
logins = Table(
    "logins",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("staff_id", _ID, ForeignKey("staff.id"), nullable=False, unique=True),
    Column("roles", JSON, nullable=False),
    Column("hash", Text, nullable=False),
    Column("given", Boolean, nullable=False),
    Column("changed_at", Utc, nullable=False),
)

# Who changed what of a member of staff (ADR 42): rows are only added.
staff_changes = Table(
    "staff_changes",
    metadata,
    Column("id", _SERIAL, primary_key=True, autoincrement=True),
    Column("county", String(64), nullable=False),
    Column("staff", _ID, nullable=False),
    Column("by", _ID, nullable=False),
    Column("what", String(16), nullable=False),
    Column("about", JSON, nullable=False),
    Column("at", Utc, nullable=False),
    Index(None, "staff"),
)

# Systems with a key to the API (X23, J22); of the key a keyed hash.
api_clients = Table(
    "api_clients",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("county", String(64), nullable=False),
    Column("name", String(64), nullable=False),
    Column("body", String(64)),
    Column("hash", String(64), nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("revoked_at", Utc),
)

# Under which idempotency key a client has asked for what: keyed hashes of both.
api_requests = Table(
    "api_requests",
    metadata,
    Column("client", _ID, ForeignKey("api_clients.id"), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("at", Utc, nullable=False),
    Index(None, "client", "at"),
)

lookups = Table(
    "lookups",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("case_id", _ID, ForeignKey("cases.id"), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("key_id", String(16), nullable=False, server_default="first"),
    Index(None, "case_id"),
    Index(None, "key_id"),
)

# A case has up to three records, each destroyed at its own time: the case itself, the words people wrote, the photos.
record_keys = Table(
    "record_keys",
    metadata,
    Column("case_id", _ID, ForeignKey("cases.id"), primary_key=True),
    Column("record", String(16), primary_key=True, server_default="case"),
    Column("wrapped", String(300), nullable=False),
)

# What was erased, when and by which rule, and what came of trying to read it afterwards. `record` is a keyed hash;
# `pending` names what is still to be erased, and is emptied with the proof: no row tells whose data it was.
erasures = Table(
    "erasures",
    metadata,
    Column("number", String(16), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("record", String(64), nullable=False),
    Column("county", String(64), nullable=False),
    Column("rule", String(32), nullable=False),
    Column("pending", JSON(none_as_null=True)),
    Column("marked_at", Utc, nullable=False),
    Column("destroyed_at", Utc),
    Column("deleted_at", Utc),
    Column("proved_at", Utc),
    Column("counts", JSON, nullable=False),
    Column("proof", String(64)),
    Index(None, "proved_at", "marked_at"),
)

# Where the own system of a body listens; its address and what signs are sealed under a key of its own.
webhooks = Table(
    "webhooks",
    metadata,
    Column("id", String(128), primary_key=True),
    Column("county", String(64), nullable=False),
    Column("body", String(64), nullable=False),
    Column("wrapped", String(300), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("allow_private", Boolean, nullable=False),
    Column("on", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("openings", Integer, nullable=False),
    Column("open_until", Utc),
    Column("delivered_at", Utc),
    Column("reason", Text, nullable=False),
    Index(None, "county"),
)

# What staff note of whoever cheated (信用记录): all that is said sealed under a key of its own.
credit_notes = Table(
    "credit_notes",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("county", String(64), nullable=False),
    Column("case_id", _ID, ForeignKey("cases.id"), nullable=False),
    Column("at", Utc, nullable=False),
    Column("version", Integer, nullable=False),
    Column("wrapped", String(300), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index(None, "county", "at"),
    Index(None, "case_id"),
)

# Codes by which the hotline hands a matter over to its caller (交接码), each for one target; who was wrong about one, how often.
handovers = Table(
    "handovers",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("county", String(64), nullable=False),
    Column("target", String(160), nullable=False),
    Column("by", _ID, nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("until", Utc, nullable=False),
    Column("state", String(8), nullable=False),
    Column("tries", Integer, nullable=False),
    Index(None, "target"),
)
handover_tries = Table(
    "handover_tries",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("person", String(64), nullable=False),
    Column("at", Utc, nullable=False),
    Index(None, "person"),
    Index(None, "at"),
)

# Forms that clerks fill in for callers (代填); what the callers say lies in Redis, and here only by what it can be found.
intakes = Table(
    "intakes",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("county", String(64), nullable=False),
    Column("clerk", _ID, nullable=False),
    Column("by", String(16), nullable=False),
    Column("opened_at", Utc, nullable=False),
    Column("changed_at", Utc, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("case_id", _ID, ForeignKey("cases.id")),
    Column("notice", JSON(none_as_null=True)),
    Column("read_back", JSON(none_as_null=True)),
    Index(None, "county", "state", "clerk"),
    Index(None, "case_id"),
)
intake_lookups = Table(
    "intake_lookups",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("intake_id", _ID, ForeignKey("intakes.id"), primary_key=True),
    Column("kind", String(16), nullable=False),
    Index(None, "intake_id"),
)

# Whether a caller has shown that a case is his; a clerk tells him of it for a while after that. Kept as looks are.
caller_checks = Table(
    "caller_checks",
    metadata,
    Column("key", Text, primary_key=True),
    Column("county", String(64), nullable=False),
    Column("case_id", _ID, ForeignKey("cases.id"), nullable=False),
    Column("clerk", _ID, nullable=False),
    Column("how", String(16), nullable=False),
    Column("right", Boolean, nullable=False),
    Column("at", Utc, nullable=False),
    Index(None, "case_id", "at"),
    Index(None, "clerk", "at"),
)

# Numbers that the 12345 hotline gave (工单号), and which case or enquiry of ours each is about.
tickets = Table(
    "tickets",
    metadata,
    Column("county", String(64), primary_key=True),
    Column("number", String(64), primary_key=True),
    Column("case_id", _ID, ForeignKey("cases.id")),
    Column("enquiry_id", _ID, ForeignKey("enquiries.id")),
    Column("by", _ID, nullable=False),
    Column("at", Utc, nullable=False),
    Index(None, "case_id"),
    Index(None, "enquiry_id"),
)

receipts = Table(
    "receipts",
    metadata,
    Column("taken_as", String(128), primary_key=True),
    Column("status", String(16), nullable=False),
    Column("at", Utc, nullable=False),
    Index(None, "at"),
)

# Who has looked at what of whom: only added to, and not erased with it, for it holds nothing of the person's.
looks = Table(
    "looks",
    metadata,
    Column("id", _SERIAL, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False, unique=True),
    Column("county", String(64), nullable=False),
    Column("what", String(16), nullable=False, server_default="paper"),
    Column("case_id", _ID, ForeignKey("cases.id")),
    Column("order_id", _ID, ForeignKey("orders.id")),
    Column("staff", _ID, nullable=False),
    Column("paper", Text, nullable=False),
    Column("place", Integer, nullable=False),
    Column("way", String(16), nullable=False),
    Column("at", Utc, nullable=False),
    Index(None, "case_id"),
    Index(None, "staff", "at"),
)

# What a person has agreed to be sent as 订阅通知, and what became of it (see `storage.opt_ins`); `key` is the event's, as a digest.
opt_ins = Table(
    "opt_ins",
    metadata,
    Column("id", _SERIAL, primary_key=True, autoincrement=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("account", String(64), nullable=False),
    Column("person", String(128), nullable=False),
    Column("template", String(64), nullable=False),
    Column("what", String(16), nullable=False),
    Column("at", Utc, nullable=False),
    Column("heard_at", Utc, nullable=False),
    Column("state", String(16), nullable=False),
    Column("state_at", Utc, nullable=False),
    # The key of the row in the outbox that has it.
    Column("taken_by", Text),
    Index(None, "account", "person", "template"),
    Index(None, "state", "state_at"),
)

# Bulletins as they were issued, a month of a county once (J34); and what was objected to them.
bulletins = Table(
    "bulletins",
    metadata,
    Column("county", String(64), primary_key=True),
    Column("month", Date, primary_key=True),
    Column("by", _ID, nullable=False),
    Column("at", Utc, nullable=False),
    Column("figures", JSON, nullable=False),
)
bulletin_objections = Table(
    "bulletin_objections",
    metadata,
    Column("county", String(64), primary_key=True),
    Column("month", Date, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("by", _ID, nullable=False),
    Column("at", Utc, nullable=False),
    Column("body", String(64), nullable=False),
    Column("figure", String(32), nullable=False),
    Column("words", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("corrects", Boolean, nullable=False),
    Column("answered_by", _ID, nullable=False),
    Column("answered_at", Utc),
    ForeignKeyConstraint(["county", "month"], ["bulletins.county", "bulletins.month"]),
)

# The versions of each county's calendar: a year as it was uploaded, brought back, or left to the files again.
calendars = Table(
    "calendars",
    metadata,
    Column("county", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("year", Integer, nullable=False),
    Column("arrangement", JSON(none_as_null=True)),
    Column("days", JSON, nullable=False),
    Column("back", Integer),
    Column("by", _ID, nullable=False),
    Column("at", Utc, nullable=False),
    Column("counted_at", Utc),
)

# Where people stop in the form: numbers alone, the last count of each day.
funnels = Table(
    "funnels",
    metadata,
    Column("county", String(64), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("figures", JSON, nullable=False),
)

human_talks = Table(
    "human_talks",
    metadata,
    Column("id", _SERIAL, primary_key=True, autoincrement=True),
    Column("account", String(64), nullable=False),
    Column("person", String(128), nullable=False),
    Column("county", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("opened_at", Utc, nullable=False),
    Column("waits_since", Utc),
    Column("heard_at", Utc),
    Column("said_at", Utc),
    Column("taken_by", _ID, nullable=False),
    Column("ended_at", Utc),
    Column("ended_by", String(16), nullable=False),
    UniqueConstraint("account", "person"),
    Index(None, "county", "ended_at"),
)

# What is counted of them: neither who talked nor what was said. `talk` is the row above, which goes with the talk.
talk_records = Table(
    "talk_records",
    metadata,
    Column("talk", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("opened_at", Utc, primary_key=True),
    Column("county", String(64), nullable=False),
    Column("answered_at", Utc),
    Column("ended_at", Utc),
    Column("ended_by", String(16), nullable=False),
    Column("enquiry", Boolean, nullable=False),
    Index(None, "county", "opened_at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", _SERIAL, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("recipient_kind", String(16), nullable=False),
    Column("recipient", String(128), nullable=False),
    Column("template", String(64), nullable=False),
    Column("case_id", _ID, ForeignKey("cases.id")),
    Column("order_id", _ID, ForeignKey("orders.id")),
    Column("event", Integer),
    Column("subject", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("refs", JSON, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("due_at", Utc, nullable=False),
    Column("not_after", Utc),
    Column("lease_until", Utc),
    Column("channel", String(32)),
    Column("protected_until", Utc),
    Column("ended_at", Utc),
    Column("reason", Text),
    Column("trace", String(16)),
    # The row in whose message this one is told too.
    Column("along", BigInteger),
    # By which number the platform took it, and when it said that it has arrived.
    Column("taken_as", String(128)),
    Column("arrived_at", Utc),
    ForeignKeyConstraint(["case_id", "event"], ["events.case_id", "events.sequence"]),
    Index(None, "state", "due_at"),
    Index(None, "taken_as"),
    Index(None, "recipient_kind", "recipient", "state"),
    # Is there a newer one? Else all that a steward was ever told would be looked through.
    Index(None, "recipient_kind", "recipient", "subject", "sequence"),
    # Nobody gets two messages at once: their order would be anybody's guess.
    Index(
        "uq_outbox_sending",
        "recipient_kind",
        "recipient",
        unique=True,
        sqlite_where=text("state = 'sending' AND along IS NULL"),
        postgresql_where=text("state = 'sending' AND along IS NULL"),
    ),
)

# What came of telephoning in place of a message, call by call; `row` is that of the outbox, which may be gone.
calls = Table(
    "calls",
    metadata,
    Column("id", _SERIAL, primary_key=True, autoincrement=True),
    Column("key", String(128), nullable=False, unique=True),
    Column("row", BigInteger, nullable=False),
    Column("by", _ID, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("at", Utc, nullable=False),
    Index(None, "row"),
)

# By which code a department may sign its row of a survey sheet: of the code and of what was said with it only keyed hashes.
sheet_codes = Table(
    "sheet_codes",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("case_id", _ID, ForeignKey("cases.id"), nullable=False),
    Column("body", String(64), nullable=False),
    Column("by", _ID, nullable=False),
    Column("role", String(16), nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("until", Utc, nullable=False),
    Column("state", String(8), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("said", String(64)),
    Column("signed_at", Utc),
    Column("signature", String(64)),
    Index(None, "case_id", "body"),
)
