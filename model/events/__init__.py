"""What happened to a case, one file a concept; `model.event` is the union of them."""
