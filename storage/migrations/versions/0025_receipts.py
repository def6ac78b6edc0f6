"""What the platform says afterwards of a message it has taken, and by which number it took it."""

import sqlalchemy as sa
from alembic import op

revision = "0025_receipts"
down_revision = "0024_old_rows"
branch_labels = None
depends_on = None
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """A table, and two columns of the outbox."""
    op.create_table(
        "receipts",
        sa.Column("taken_as", sa.String(128), primary_key=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("at", _TIME, nullable=False),
    )
    op.create_index("ix_receipts_at", "receipts", ["at"])
    op.add_column("outbox", sa.Column("taken_as", sa.String(128)))
    op.add_column("outbox", sa.Column("arrived_at", _TIME))
    op.create_index("ix_outbox_taken_as", "outbox", ["taken_as"])


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
