"""Somebody or something is slow: how long the others wait for their pushes (issue of delivery: one failure delays nobody else)."""

from bench.slow.compare import run

__all__ = ["run"]
