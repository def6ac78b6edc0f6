"""The conversation: a pure core that reads messages into a form and derives the next question (design §3)."""
