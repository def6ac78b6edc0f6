"""The people who serve a county: entered, changed, let go, let in to the console (ADR 42). The command line and the console call it."""
