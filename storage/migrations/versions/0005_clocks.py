"""What of a limit is to be warned of next, and what a member of staff is there for."""

import sqlalchemy as sa
from alembic import op

revision = "0005_clocks"
down_revision = "0004_erasures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A clock that runs already is warned of from its next change on."""
    with op.batch_alter_table("deadlines") as table:
        table.drop_column("days")
        table.add_column(sa.Column("next_share", sa.Integer(), nullable=True))
        table.add_column(sa.Column("next_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_deadlines_next_at"), "deadlines", ["next_at"], unique=False)
    op.add_column("staff", sa.Column("duty", sa.String(length=16), nullable=False, server_default="steward"))


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
