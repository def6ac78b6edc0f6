"""What somebody wants to happen to a case, one file a concept; `model.command` is the union of them."""
