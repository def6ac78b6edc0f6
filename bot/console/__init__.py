"""The console: pages for those who serve, each declared with the roles that may see it (ADR 32)."""
