"""A backup that is worth something: sealed, complete, and tried out."""
