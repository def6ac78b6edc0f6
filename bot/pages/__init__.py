"""Pages for people, rendered here: whom each is for is declared in one table (ADR 29)."""
