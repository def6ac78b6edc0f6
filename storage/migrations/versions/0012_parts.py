"""What each body has to do about a survey that is led (联合踏勘意见表), beside its orders."""

import sqlalchemy as sa
from alembic import op

revision = "0012_parts"
down_revision = "0011_alarms"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No case has a sheet yet: one that is led began before there were any."""
    op.create_table(
        "parts",
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.Column("steward", sa.String(length=64), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_parts_case_id")),
        sa.PrimaryKeyConstraint("case_id", "body", name=op.f("pk_parts")),
    )
    op.create_index(op.f("ix_parts_body_open"), "parts", ["body", "open"])


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
