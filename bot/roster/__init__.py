"""Staff entered from a spreadsheet: reading it, comparing it with who serves, and the empty one to fill in."""
