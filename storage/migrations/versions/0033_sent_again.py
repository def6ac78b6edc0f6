"""Who had a push tried once more that had failed for good."""

import sqlalchemy as sa
from alembic import op

revision = "0033_sent_again"
down_revision = "0032_window"
branch_labels = None
depends_on = None
_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """One table."""
    op.create_table(
        "sent_again",
        sa.Column("id", _SERIAL, primary_key=True, autoincrement=True),
        sa.Column("row", sa.BigInteger, nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("ix_sent_again_row", "sent_again", ["row"])


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
