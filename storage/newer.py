"""What a newer program stored: this one must neither drop nor change it."""

from storage.port import StoreBusy


class Newer(StoreBusy):
    """Written by a newer program. Asked again, the message may reach that one (rolling deployment)."""
