"""Which conversations staff are to answer, without a word of what was said in them."""

import sqlalchemy as sa
from alembic import op

revision = "0035_human_talks"
down_revision = "0034_calendars"
branch_labels = None
depends_on = None
_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """One table."""
    op.create_table(
        "human_talks",
        sa.Column("id", _SERIAL, primary_key=True, autoincrement=True),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("person", sa.String(128), nullable=False),
        sa.Column("county", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("opened_at", _TIME, nullable=False),
        sa.Column("waits_since", _TIME),
        sa.Column("heard_at", _TIME),
        sa.Column("said_at", _TIME),
        sa.Column("taken_by", sa.String(64), nullable=False),
        sa.Column("ended_at", _TIME),
        sa.Column("ended_by", sa.String(16), nullable=False),
        sa.UniqueConstraint("account", "person", name="uq_human_talks_account_person"),
    )
    op.create_index("ix_human_talks_county_ended_at", "human_talks", ["county", "ended_at"])


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
