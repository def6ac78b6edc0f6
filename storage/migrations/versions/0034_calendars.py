"""The versions of counties' calendars: which year was uploaded, by whom, and whether limits were counted anew for it."""

import sqlalchemy as sa
from alembic import op

revision = "0034_calendars"
down_revision = "0033_sent_again"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    op.create_table(
        "calendars",
        sa.Column("county", sa.String(64), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("arrangement", sa.JSON(none_as_null=True)),
        sa.Column("days", sa.JSON, nullable=False),
        sa.Column("back", sa.Integer),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True)),
    )


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
