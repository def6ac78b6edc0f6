"""Looks at the set-up of a real account and says what to do in plain words (docs/doctor.md)."""
