"""The sandbox and a small product, both on loopback, both new for every test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sandbox_stage import Stage, staged

from sandbox.accounts import SandboxConfig, load


@pytest.fixture
def config() -> SandboxConfig:
    return load(Path(__file__).parents[2] / "sandbox" / "default.json")


@pytest_asyncio.fixture
async def stage(config: SandboxConfig) -> AsyncIterator[Stage]:
    async with staged(config) as made:
        yield made
