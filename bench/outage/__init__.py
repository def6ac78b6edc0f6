"""10,000 pushes through a platform that fails in every way, with workers that are killed: where each ends, and how often it arrived."""

from bench.outage.simulate import run

__all__ = ["run"]
