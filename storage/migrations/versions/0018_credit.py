"""What staff note of whoever cheated (信用记录)."""

import sqlalchemy as sa
from alembic import op

revision = "0018_credit"
down_revision = "0019_enquiry_limits"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is noted yet."""
    op.create_table(
        "credit_notes",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("county", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.String(length=300), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_credit_notes_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_notes")),
    )
    op.create_index(op.f("ix_credit_notes_county_at"), "credit_notes", ["county", "at"])
    op.create_index(op.f("ix_credit_notes_case_id"), "credit_notes", ["case_id"])


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
