"""Our readers against the test data of three other projects, from checkouts the reader of the figures made himself."""
