"""Who is told what of an event, one file a concept; `routing.notices` is the door."""
