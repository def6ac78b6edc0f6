"""With whom consultations (会商) lie, and what was agreed at them."""

import sqlalchemy as sa
from alembic import op

revision = "0021_consulting"
down_revision = "0018_credit"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No case has had a consultation yet."""
    op.create_table(
        "consulting",
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=96), nullable=False),
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.Column("steward", sa.String(length=64), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_consulting_case_id")),
        sa.PrimaryKeyConstraint("case_id", "name", name=op.f("pk_consulting")),
    )
    op.create_index(op.f("ix_consulting_body_open"), "consulting", ["body", "open"])


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
