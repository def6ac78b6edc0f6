"""Whether a limit runs for the staff: one that stands still, or is the applicant's, is nobody's to be late for."""

import sqlalchemy as sa
from alembic import op

revision = "0013_standing_limits"
down_revision = "0009_webhooks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every limit so far runs until it is met."""
    op.add_column("deadlines", sa.Column("runs", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
