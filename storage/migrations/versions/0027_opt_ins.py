"""What people have agreed to be sent as 订阅通知: a row for each thing the platform has reported of it."""

import sqlalchemy as sa
from alembic import op

revision = "0027_opt_ins"
down_revision = "0026_looks"
branch_labels = None
depends_on = None
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """A table."""
    op.create_table(
        "opt_ins",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("person", sa.String(128), nullable=False),
        sa.Column("template", sa.String(64), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("heard_at", _TIME, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("state_at", _TIME, nullable=False),
        sa.Column("taken_by", sa.Text),
    )
    op.create_index("ix_opt_ins_account_person_template", "opt_ins", ["account", "person", "template"])
    op.create_index("ix_opt_ins_state_state_at", "opt_ins", ["state", "state_at"])


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
