"""Figures, printed side by side in one run; never asserted in a unit test."""
