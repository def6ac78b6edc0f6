"""Answers as plain JSON values, as other systems give and read them: the same form, no conversation (X23, X27, J22)."""
