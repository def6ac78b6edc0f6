"""A case after an event, one file a concept; `routing.evolve` is the door."""
