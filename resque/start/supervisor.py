"""The server and the task worker side by side: both run, or both end."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

from resque.settings.environment import BASE_DIR

GRACE = 25  # seconds that a process may take to end, longer than gunicorn gives a running request
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class Stopped(Exception):
    """Somebody asked us to end."""


def _end_with_us() -> None:
    # Runs between fork and exec: if we are killed outright, nobody else would end the children.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


class Child:
    """One process that is started, and started again when `restart` is set."""

    def __init__(self, name: str, command: list[str], environment: dict, *, restart: bool, pass_fds: tuple = ()):
        self.name, self.command, self.environment = name, command, environment
        self.restart, self.pass_fds = restart, pass_fds
        self.process: subprocess.Popen | None = None
        self.next_start = 0.0
        self.pause = 1.0

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches us alone, and we end the children in order.
        self.process = subprocess.Popen(
            self.command, env=self.environment, cwd=BASE_DIR, stdin=subprocess.DEVNULL, pass_fds=self.pass_fds,
            start_new_session=True, preexec_fn=_end_with_us,
        )  # fmt: skip

    def watch(self) -> None:
        """Start the process again after a pause that doubles; raise Stopped when it must not be missing."""
        if self.process is None or self.process.poll() is None:
            if self.process is None and time.monotonic() >= self.next_start:
                self.start()
            return
        if not self.restart:
            raise Stopped(f"The {self.name} ended (exit code {self.process.returncode}).")
        self.process, self.next_start = None, time.monotonic() + self.pause
        self.pause = min(self.pause * 2, 30)

    def end(self, sign: int = signal.SIGTERM) -> None:
        if self.process and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, sign)


def supervise(children: list[Child], when_up: Callable[[], None], is_up: Callable[[], bool]) -> int:
    """Run the children until a signal comes or the server ends.

    Parameters:
        when_up: called once the server answers.
        is_up: asks whether it does.

    Returns:
        exit code: 0 after Ctrl-C or SIGTERM, 1 when the server ended by itself.
    """
    code, announced = 0, False
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(name, _raise_stopped)
    try:
        for child in children:
            child.start()
        while True:
            for child in children:
                child.watch()
            if not announced and is_up():
                announced = True
                when_up()
            time.sleep(0.5 if announced else 0.1)
    except Stopped as reason:
        if str(reason):
            print(reason, file=sys.stderr, flush=True)
            code = 1
    _end_all(children)
    return code


def _raise_stopped(number, frame) -> None:
    raise Stopped


def _end_all(children: list[Child]) -> None:
    """End the children; a second Ctrl-C ends them at once."""
    deadline = time.monotonic() + GRACE
    sign = signal.SIGTERM
    for child in children:
        child.end(sign)
    while any(child.process and child.process.poll() is None for child in children):
        try:
            time.sleep(0.05)
        except Stopped:
            deadline = 0
        if time.monotonic() > deadline and sign != signal.SIGKILL:
            sign = signal.SIGKILL
            for child in children:
                child.end(sign)
