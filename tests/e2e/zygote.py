"""A process that has imported the product and read its counties, and forks it on demand: a start in a third of the time.

Started as a script, it takes orders as lines of JSON, one product at a time, and answers with its pid, then its status.
"""

import asyncio
import ctypes
import json
import os
import signal
import sys

from storage.leash import leashed
from tests.e2e.running import ROOT, Process


class Forked(Process):
    """A product of a zygote; looks like a process of asyncio to `Process`."""

    def __init__(self, *arguments, data, environment, until):
        super().__init__(*arguments, data=data, environment=environment, until=until)
        self.zygote = None

    async def begin(self):
        if self.zygote is None:
            self.zygote = await asyncio.create_subprocess_exec(
                *leashed(sys.executable, "-m", __name__),
                cwd=ROOT, env=self.env, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            )  # fmt: skip
        reading, writing = os.pipe()
        output = f"/proc/{os.getpid()}/fd/{writing}"
        order = {"arguments": self.arguments[1:], "environment": self.env, "output": output}
        self.zygote.stdin.write(json.dumps(order).encode() + b"\n")
        pid = int(await self.zygote.stdout.readline())
        os.close(writing)
        stream = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(stream), os.fdopen(reading, "rb", 0)
        )
        return _Child(pid, stream, self.zygote.stdout)

    async def end(self, number=signal.SIGTERM):
        await super().end(number)
        if number == signal.SIGTERM and self.zygote is not None:
            self.zygote.stdin.close()
            await self.zygote.wait()
            self.zygote = None


class _Child:
    def __init__(self, pid, stdout, statuses):
        self.pid, self.stdout, self.returncode = pid, stdout, None
        self._ended = asyncio.create_task(self._wait(statuses))

    async def _wait(self, statuses):
        self.returncode = int(await statuses.readline())
        return self.returncode

    async def wait(self):
        return await asyncio.shield(self._ended)

    def send_signal(self, number):
        os.kill(self.pid, number)


def _serve():
    import bot.__main__
    import bot.app

    counties = bot.app.load_counties(bot.app.Settings().counties)
    bot.app.load_counties = lambda _: counties  # reading them is half of what is left of a start
    for line in sys.stdin:
        order = json.loads(line)
        output = os.open(order["output"], os.O_WRONLY)
        pid = os.fork()
        if pid == 0:
            if sys.platform == "linux":
                ctypes.CDLL(None).prctl(1, int(signal.SIGKILL), 0, 0, 0)  # our end is the product's
            os.dup2(output, 1)
            os.dup2(output, 2)
            os.close(output)
            sys.stdout.reconfigure(line_buffering=True)
            os.environ.clear()
            os.environ.update(order["environment"])
            os._exit(bot.__main__.main(order["arguments"]))
        os.close(output)
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


if __name__ == "__main__":
    _serve()
