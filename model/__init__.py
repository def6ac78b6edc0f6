"""Plain frozen data that every room of the house shares; no behaviour beyond itself (design: the house)."""
