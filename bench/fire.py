"""A crowd applies while the product is killed with -9 in every window: SQLite and one process, PostgreSQL and two.

What is counted is not speed but that nothing is lost and nothing doubled; whatever is found wrong is raised. A short version
is in the test suite.
"""

import asyncio

from tests.e2e.fire import run as under_fire


def run(*, applicants: int = 500) -> None:
    """Prints what came of it on either kind of stores."""
    for stores, production in (("SQLite, one process", False), ("PostgreSQL, two processes", True)):
        print(f"fire: {stores}: {asyncio.run(under_fire(applicants=applicants, production=production))}", flush=True)
