"""What hotline and window staff do for people who call or come, before any page."""
