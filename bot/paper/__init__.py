"""The county's official sheets as PDF."""
