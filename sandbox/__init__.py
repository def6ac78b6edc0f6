"""A stand-in WeChat platform and a page of phones: a process of its own that speaks HTTP only."""
