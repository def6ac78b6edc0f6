"""Run a program that dies with the process that started it, even when that is killed with no chance to clean up.

Started as a script of its own (``python leash.py <parent> <program> <argument>...``): it asks the kernel to be killed
with its parent, then becomes the program. A small launcher instead of code between fork and exec, which is unsafe in a
process that has threads.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1
_PARENT_GONE = 75


def leashed(program: str, *arguments: str) -> list[str]:
    """The command line that runs a program on this process's leash.

    Start it from the main thread: the kernel watches the *thread* that started the child. Only Linux has such a leash;
    elsewhere the program runs without one.
    """
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), program, *arguments]


def main(arguments: list[str]) -> None:
    """Tie this process to its parent and replace it by the program; exits when the parent is gone already."""
    parent, program = int(arguments[0]), arguments[1]
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        # SIGKILL, as a busy server may answer a polite signal late: what it acknowledged is on disk already.
        if libc.prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
        # The parent may have died before the line above, and then nobody would ever signal us.
        if os.getppid() != parent:
            sys.exit(_PARENT_GONE)
    os.execv(program, arguments[1:])  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main(sys.argv[1:])
