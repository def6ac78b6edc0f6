"""A process that has imported the programs and read the counties, and forks them on demand: a start in a third of the time.

One serves a whole run of tests, and dies with it. For every program it is asked for it takes a connection, with the order
as a line of JSON, and answers with the pid at once and with the exit status at the end. Linux only, as are its tests.
"""

import asyncio
import atexit
import ctypes
import functools
import gc
import importlib
import json
import os
import secrets
import selectors
import signal
import socket
import subprocess
import sys
import traceback

from storage.leash import leashed
from tests.e2e.process import ROOT, Process

_PROGRAMS = ("bot", "sandbox")


class Forked(Process):
    """A program forked from the zygote; looks like a process of asyncio to `Process`."""

    async def begin(self):
        program, *arguments = self.arguments
        answers, orders = await asyncio.open_unix_connection(_address())
        reading, writing = os.pipe()
        output = f"/proc/{os.getpid()}/fd/{writing}"
        order = {"program": program, "arguments": arguments, "environment": self.env, "output": output}
        orders.write(json.dumps(order).encode() + b"\n")
        pid = int(await answers.readline())
        os.close(writing)
        stream = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(stream), os.fdopen(reading, "rb", 0)
        )
        return _Child(pid, stream, answers, orders)


class _Child:
    def __init__(self, pid, stdout, answers, orders):
        self.pid, self.stdout, self.returncode = pid, stdout, None
        self._ended = asyncio.create_task(self._wait(answers, orders))

    async def _wait(self, answers, orders):
        self.returncode = int(await answers.readline())
        orders.close()
        await orders.wait_closed()
        return self.returncode

    async def wait(self):
        return await asyncio.shield(self._ended)

    def send_signal(self, number):
        os.kill(self.pid, number)


@functools.cache
def _address():
    """Where this process's zygote takes orders; starts it."""
    name = f"\0lianban-zygote-{secrets.token_hex(8)}"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(name)
        listener.listen(64)
        number = listener.fileno()
        command = leashed(sys.executable, "-m", __name__, str(number))
        process = subprocess.Popen(command, cwd=ROOT, pass_fds=[number])
    atexit.register(lambda: (process.kill(), process.wait()))
    return name


def _serve(listener):
    mains = {name: importlib.import_module(f"{name}.__main__").main for name in _PROGRAMS}
    app = importlib.import_module("bot.app")
    app.load_counties = functools.cache(app.load_counties)  # reading them is half of what is left of a start
    app.ready(app.load_counties(app.Settings().counties))
    importlib.import_module("tests.migrated_once").made_before()
    gc.freeze()
    children, (waking, woken) = {}, socket.socketpair()
    for one in (waking, woken):
        one.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(woken.fileno())
    with selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        selector.register(waking, selectors.EVENT_READ)
        while True:
            ready = {key.fileobj for key, _ in selector.select()}
            if waking in ready:
                waking.recv(64)
                _bury(children)
            if listener in ready:
                connection, _ = listener.accept()
                order = json.loads(connection.makefile().readline())
                output = os.open(order["output"], os.O_WRONLY)
                if (pid := os.fork()) == 0:
                    selector.close()
                    _become(order, mains, output, [listener, connection, waking, woken, *children.values()])
                os.close(output)
                children[pid] = connection
                connection.sendall(b"%d\n" % pid)


def _become(order, mains, output, foreign):
    """Never comes back."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(1, int(signal.SIGKILL), 0, 0, 0)  # our end is the program's
    for one in foreign:
        one.close()
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.close(output)
    sys.stdout.reconfigure(line_buffering=True)
    os.environ.clear()
    os.environ.update(order["environment"])
    status = 1
    try:
        status = mains[order["program"]](order["arguments"])
    except SystemExit as error:
        status = error.code
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    os._exit(status if isinstance(status, int) else 1)


def _bury(children):
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        with children.pop(pid) as connection:
            connection.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
