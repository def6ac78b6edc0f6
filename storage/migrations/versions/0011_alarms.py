"""When the clock has something to do about an appointment: end the waiting for answers, remind."""

import sqlalchemy as sa
from alembic import op

revision = "0011_alarms"
down_revision = "0015_permits"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing rings for appointments made before: they are reminded of as they were, not at all."""
    op.create_table(
        "alarms",
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("appointment", sa.String(length=96), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_alarms_case_id")),
        sa.PrimaryKeyConstraint("case_id", "appointment", "what", name=op.f("pk_alarms")),
    )
    op.create_index(op.f("ix_alarms_at"), "alarms", ["at"], unique=False)


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
