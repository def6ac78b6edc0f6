"""`run`: listens, works, and stops in order; with the sandbox it starts that process beside itself."""

import asyncio
import gc
import ipaddress
import signal
import socket
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

from bot.app import house
from bot.demo import bind_stewards
from bot.health import listening
from bot.journal import note_uncaught
from bot.practising import furnish
from bot.settings import ROOT, Settings
from storage.leash import leashed

log = structlog.get_logger()


class SandboxFailed(Exception):
    """The sandbox process could not start: most likely its port is taken."""


class PortTaken(Exception):
    """Another program listens where we would; the message names the ports."""


class OpenToOthers(Exception):
    """The sandbox has no locks: it is for this machine only."""


async def serve(settings: Settings) -> None:
    """Serves until SIGINT or SIGTERM. Raises what stands in the way of starting."""
    stop = asyncio.Event()
    asyncio.get_running_loop().set_exception_handler(note_uncaught)
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with house(settings) as made, listening(made.health, settings.ops_host, settings.ops_port):
        runner = web.AppRunner(made.app, access_log=None, handle_signals=False)
        await runner.setup()
        shared = True if settings.process else None
        site = web.TCPSite(runner, settings.host, settings.port, shutdown_timeout=5, backlog=1024, reuse_port=shared)
        try:
            try:
                await site.start()
            except OSError as error:
                raise PortTaken(
                    f"不能在 {settings.host} 的端口 {settings.port} 上启动，可能已被别的程序占用。"
                ) from error
            _spare_the_collector()
            log.info("listening", url=f"http://{settings.host}:{settings.port}/")
            if settings.sandbox:
                await bind_stewards(made, settings.sandbox)
                if settings.practice:
                    await furnish(made, settings.sandbox)
                log.info("ready", page=f"http://{settings.host}:{settings.port}/")
                print(f"联办已启动，请打开 http://127.0.0.1:{settings.port}/", flush=True)
            await stop.wait()
        finally:
            await runner.cleanup()


async def serve_with_sandbox(settings: Settings) -> None:
    """The same, with a sandbox process on the next port that ends when we do. Raises OpenToOthers and PortTaken."""
    if not _loopback(settings.host):
        raise OpenToOthers(
            f"沙箱只供本机试用，不能对外开放：LIANBAN_HOST 现在是 {settings.host}，请去掉或改为 127.0.0.1。"
        )
    ports = (settings.port, settings.port + 1)
    for _ in range(30):
        if all(_free(port) for port in ports):
            break
        await asyncio.sleep(0.1)  # a sandbox whose program was killed may be about to end
    else:
        raise PortTaken(
            f"端口 {settings.port} 或 {settings.port + 1} 已被占用（联办用 {settings.port}，沙箱用 {settings.port + 1}）。"
            f"请关掉占用的程序，或换一个端口，例如：PORT=9000 make run"
        )
    origin = f"http://127.0.0.1:{settings.port + 1}"
    async with _sandbox(settings.port + 1, f"http://127.0.0.1:{settings.port}") as process:
        serving = asyncio.create_task(serve(settings.model_copy(update={"sandbox": origin})))
        ended = asyncio.create_task(process.wait())
        await asyncio.wait({serving, ended}, return_when=asyncio.FIRST_COMPLETED)
        if serving.done():
            ended.cancel()
            await serving
            return
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        raise SandboxFailed(f"the sandbox on port {settings.port + 1} has ended; is that port free?")


def _spare_the_collector() -> None:
    """What was loaded stays for good: the garbage collector need not look at it again, nor at every few objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
    return True


@asynccontextmanager
async def _sandbox(port: int, product: str) -> AsyncGenerator[asyncio.subprocess.Process, None]:
    # Killed or not, we leave no sandbox behind: it would keep the port from the next start.
    command = leashed(sys.executable, "-m", "sandbox", "--port", str(port), "--product", product, "--by-day")
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
