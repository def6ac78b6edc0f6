"""Somebody or something is slow: how long the others wait for their pushes (issue of delivery: one failure delays nobody else)."""

from bench.slow import bodies, compare


def run(seconds: int = 20) -> None:
    """Slow people and endpoints of the platform, then slow systems of bodies."""
    compare.run(seconds)
    bodies.run(seconds)


__all__ = ["run"]
