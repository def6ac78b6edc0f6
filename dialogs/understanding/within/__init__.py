"""What a field finds in a stretch of a message that is meant for it, one file for each kind."""
