"""The endpoint against the messages and crypto vectors that other projects test themselves with (docs/independent.md)."""
