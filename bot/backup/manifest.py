"""What a backup says of itself: when it was made, of which schema, how much of everything, and the digest of each file in it."""

import datetime as dt
from typing import Final, Literal

from model.frozen import Frozen

MANIFEST: Final = "manifest.json"
FORMAT: Final = 1

SQLITE: Final = "lianban.sqlite3"
POSTGRES: Final = "postgresql.dump"
KEYS: Final = "redis.jsonl"
FILES: Final = "files/"
COUNTIES: Final = "counties/"
ACCOUNTS: Final = "accounts.json"
SMS: Final = "sms.json"


class Member(Frozen):
    """A file in the backup: its SHA-256 and its size in bytes."""

    sha256: str
    size: int


class Manifest(Frozen):
    """`tables` are the rows of each table of the SQL copy; `keys` those of Redis, `conversations` and `drafts` among them."""

    format: int = FORMAT
    made_at: dt.datetime
    database: Literal["sqlite", "postgresql"]
    schema_at: str
    tables: dict[str, int]
    keys: int
    conversations: int
    drafts: int
    members: dict[str, Member]

    @property
    def files(self) -> int:
        """Photos and papers."""
        return sum(name.startswith(FILES) for name in self.members)

    def told(self) -> str:
        """The figures people know their installation by."""
        rows = self.tables
        return (
            f"办件{rows.get('cases', 0)}件，工单{rows.get('orders', 0)}张，首问记录{rows.get('enquiries', 0)}条，"
            f"对话{self.conversations}个，草稿{self.drafts}份，照片和材料{self.files}个，工作人员{rows.get('staff', 0)}人"
        )
