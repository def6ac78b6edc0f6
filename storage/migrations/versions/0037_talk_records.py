"""When people began to talk to staff, were answered, and ended: what is counted of it, without who and what."""

import sqlalchemy as sa
from alembic import op

revision = "0037_talk_records"
down_revision = "0036_staff_changes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    op.create_table(
        "talk_records",
        sa.Column("talk", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), primary_key=True),
        sa.Column("county", sa.String(64), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("ended_by", sa.String(16), nullable=False),
        sa.Column("enquiry", sa.Boolean, nullable=False),
    )
    op.create_index("ix_talk_records_county_opened_at", "talk_records", ["county", "opened_at"])


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
