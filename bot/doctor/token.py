"""The token of one look at an account, kept here and nowhere else: nothing that runs is disturbed."""


class OwnToken:
    """`TokenCache` in this process alone, as long as the command runs; nobody else fetches."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, int]] = {}

    async def get(self, account: str, now_ms: int) -> str | None:
        """See `TokenCache`."""
        token, expires_ms = self._kept.get(account, ("", 0))
        return token if expires_ms > now_ms else None

    async def put(self, account: str, token: str, expires_ms: int) -> None:
        """See `TokenCache`."""
        self._kept[account] = (token, expires_ms)

    async def invalidate(self, account: str, token: str) -> bool:
        """See `TokenCache`."""
        was = self._kept.pop(account, None)
        return was is not None and was[0] == token

    async def lock(self, account: str) -> str | None:
        """See `TokenCache`."""
        return account

    async def unlock(self, account: str, held: str) -> bool:
        """See `TokenCache`."""
        return held == account
