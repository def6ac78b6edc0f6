"""The platforms on which people write to us."""
