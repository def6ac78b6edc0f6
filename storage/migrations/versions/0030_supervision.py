"""What whoever supervises issues and counts: bulletins frozen by month, objections to them, where people stop in the form."""

import sqlalchemy as sa
from alembic import op

revision = "0030_supervision"
down_revision = "0029_logins"
branch_labels = None
depends_on = None
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Three tables."""
    op.create_table(
        "bulletins",
        sa.Column("county", sa.String(64), primary_key=True),
        sa.Column("month", sa.Date, primary_key=True),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("figures", sa.JSON, nullable=False),
    )
    op.create_table(
        "bulletin_objections",
        sa.Column("county", sa.String(64), primary_key=True),
        sa.Column("month", sa.Date, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("body", sa.String(64), nullable=False),
        sa.Column("figure", sa.String(32), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("corrects", sa.Boolean, nullable=False),
        sa.Column("answered_by", sa.String(64), nullable=False),
        sa.Column("answered_at", _TIME),
        sa.ForeignKeyConstraint(
            ["county", "month"], ["bulletins.county", "bulletins.month"], "fk_bulletin_objections_county_month"
        ),
    )
    op.create_table(
        "funnels",
        sa.Column("county", sa.String(64), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("figures", sa.JSON, nullable=False),
    )


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
