"""When the next warning of an enquiry that nobody has answered is due."""

import sqlalchemy as sa
from alembic import op

revision = "0019_enquiry_limits"
down_revision = "0014_along"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of those that are open the end of the limit is warned of: the shares before it stand in what is sealed."""
    op.add_column("enquiries", sa.Column("next_share", sa.Integer(), nullable=True))
    op.add_column("enquiries", sa.Column("next_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_enquiries_next_at"), "enquiries", ["next_at"])
    old = sa.table("enquiries", *(sa.column(name) for name in ("open", "due_at", "next_share", "next_at")))
    waits = sa.and_(old.c.open.is_(sa.true()), old.c.due_at.is_not(None))
    op.execute(old.update().where(waits).values(next_share=100, next_at=old.c.due_at))


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
