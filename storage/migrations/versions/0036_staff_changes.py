"""Who changed what of a member of staff, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0036_staff_changes"
down_revision = "0035_human_talks"
branch_labels = None
depends_on = None
_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """One table."""
    op.create_table(
        "staff_changes",
        sa.Column("id", _SERIAL, primary_key=True, autoincrement=True),
        sa.Column("county", sa.String(64), nullable=False),
        sa.Column("staff", sa.String(64), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("about", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_staff_changes_staff", "staff_changes", ["staff"])


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
