"""Counties, texts and calendars as data, and the loader that says what is wrong with them and where (design §4)."""
