"""Signed webhooks to the own systems of bodies (J32, J33; docs/webhooks.md)."""
