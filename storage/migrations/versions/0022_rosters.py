"""How often the staff of a county were changed."""

import sqlalchemy as sa
from alembic import op

revision = "0022_rosters"
down_revision = "0021_consulting"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Each county that has staff begins to count."""
    op.create_table(
        "rosters",
        sa.Column("county", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("county", name=op.f("pk_rosters")),
    )
    op.execute("INSERT INTO rosters (county, version) SELECT DISTINCT county, 1 FROM staff")


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
