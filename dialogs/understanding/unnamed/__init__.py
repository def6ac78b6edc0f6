"""Values that stand without the name of their field, one file for each kind."""
