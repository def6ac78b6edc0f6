"""Applications for permits (行政审批) and their limits, beside the orders of a case."""

import sqlalchemy as sa
from alembic import op

revision = "0015_permits"
down_revision = "0013_standing_limits"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Nobody has applied for one yet."""
    op.create_table(
        "permits",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.Column("officer", sa.String(length=64), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_permits_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permits")),
    )
    op.create_index(op.f("ix_permits_case_id"), "permits", ["case_id"])
    op.create_index(op.f("ix_permits_officer_open"), "permits", ["officer", "open"])
    op.create_index(op.f("ix_permits_body_open"), "permits", ["body", "open"])
    op.create_table(
        "permit_deadlines",
        sa.Column("permit_id", sa.String(length=64), nullable=False),
        sa.Column("later", sa.Boolean(), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("due_at", _TIME, nullable=False),
        sa.Column("next_share", sa.Integer(), nullable=True),
        sa.Column("next_at", _TIME, nullable=True),
        sa.ForeignKeyConstraint(["permit_id"], ["permits.id"], name=op.f("fk_permit_deadlines_permit_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_permit_deadlines_case_id")),
        sa.PrimaryKeyConstraint("permit_id", "later", name=op.f("pk_permit_deadlines")),
    )
    op.create_index(op.f("ix_permit_deadlines_next_at"), "permit_deadlines", ["next_at"])


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
