"""Which limits of applications for permits end in a year that nobody has published."""

import sqlalchemy as sa
from alembic import op

revision = "0023_permit_days"
down_revision = "0022_rosters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Those that are there are found when something happens to their case; none is to be counted again by itself."""
    op.add_column("permit_deadlines", sa.Column("provisional", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
