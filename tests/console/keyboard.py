"""A clerk's hands on a keyboard and nothing else; they count what they do, as a stopwatch for the work would."""

from dataclasses import dataclass, field

from playwright.async_api import Page


@dataclass
class Keyboard:
    """A group is words up to and with Enter, or one chord (Alt+N, Ctrl+Enter)."""

    page: Page
    groups: list[str] = field(default_factory=list)

    async def says(self, words: str) -> None:
        """Types and presses Enter, into whatever has the focus."""
        self.groups.append(f"{words}⏎")
        await self.page.keyboard.type(words)
        await self.page.keyboard.press("Enter")

    async def chord(self, keys: str) -> None:
        """Presses keys together."""
        self.groups.append(keys)
        await self.page.keyboard.press(keys)

    @property
    def told(self) -> str:
        """The count, and each of them, for whoever reads it."""
        return f"{len(self.groups)}组按键：" + "  ".join(self.groups)
