"""When members of staff are absent (请假), and on which weekdays they are on duty (值班)."""

import sqlalchemy as sa
from alembic import op

revision = "0007_people"
down_revision = "0006_enquiries"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody is absent, and no body has a rota, until somebody says so."""
    op.create_table(
        "absences",
        sa.Column("staff_id", sa.String(length=64), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_absences_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", "first", name=op.f("pk_absences")),
    )
    op.create_table(
        "rota",
        sa.Column("staff_id", sa.String(length=64), nullable=False),
        sa.Column("weekday", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_rota_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", "weekday", name=op.f("pk_rota")),
    )


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
