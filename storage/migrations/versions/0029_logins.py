"""Who may sign in to the console; looks at more than papers."""

import sqlalchemy as sa
from alembic import op

revision = "0029_logins"
down_revision = "0028_handovers"
branch_labels = None
depends_on = None
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """A table, and a wider one."""
    op.create_table(
        "logins",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column(
            "staff_id", sa.String(64), sa.ForeignKey("staff.id", name="fk_logins_staff_id_staff"), nullable=False
        ),
        sa.Column("roles", sa.JSON, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("given", sa.Boolean, nullable=False),
        sa.Column("changed_at", _TIME, nullable=False),
        sa.UniqueConstraint("staff_id", name="uq_logins_staff_id"),
    )
    with op.batch_alter_table("looks") as table:
        table.add_column(sa.Column("what", sa.String(16), nullable=False, server_default="paper"))
        table.alter_column("case_id", existing_type=sa.String(64), nullable=True)
        table.alter_column("order_id", existing_type=sa.String(64), nullable=True)


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
