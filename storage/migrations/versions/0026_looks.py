"""Who has looked at whose papers, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0026_looks"
down_revision = "0025_receipts"
branch_labels = None
depends_on = None
_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """A table that is only added to."""
    op.create_table(
        "looks",
        sa.Column("id", _SERIAL, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("county", sa.String(64), nullable=False),
        sa.Column("case_id", sa.String(64), nullable=False),
        sa.Column("order_id", sa.String(64), nullable=False),
        sa.Column("staff", sa.String(64), nullable=False),
        sa.Column("paper", sa.Text, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_looks_case_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_looks_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_looks")),
        sa.UniqueConstraint("key", name=op.f("uq_looks_key")),
    )
    op.create_index("ix_looks_case_id", "looks", ["case_id"])
    op.create_index("ix_looks_staff_at", "looks", ["staff", "at"])


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
