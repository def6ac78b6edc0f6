"""The routing core: pure decisions about cases. No I/O, no clock, no randomness (design §2)."""
