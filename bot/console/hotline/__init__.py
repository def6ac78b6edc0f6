"""Pages of the hotline and the window: filling in for a caller, answering one, and what he asked."""
