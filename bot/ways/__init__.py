"""The ways by which a letter reaches a person, tried in turn (design §2.4)."""
