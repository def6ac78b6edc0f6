"""Where everything is kept: conversations in Redis, records in SQL, keys, files (design §6)."""
