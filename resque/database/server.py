"""The server process of one data directory: is it there, bring it up, end it."""

import contextlib
import os
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from resque.database import processes
from resque.database.binaries import ClusterError
from resque.database.private_files import SOCKET_NAME

LARGEST_LOG = 10_000_000  # bytes; one older log is kept


class Server:
    """What runs on a data directory. The caller holds the lock of the cluster for `run` and `stop`.

    Parameters:
        data: the data directory.
        log: file for what the server says.
        program: runs a PostgreSQL program by name, as the right user.
    """

    def __init__(self, data: Path, log: Path, program: Callable[..., subprocess.CompletedProcess]):
        self.data, self.log, self._program = data, log, program

    def pid(self) -> int | None:
        """Return the process id of the running server, None when it is stopped or dead."""
        postmaster = processes.read_postmaster(self.data)
        return postmaster[0] if postmaster and processes.is_server(postmaster[0]) else None

    def socket_directory(self) -> Path | None:
        """Return where the running server has its socket."""
        postmaster = processes.read_postmaster(self.data)
        return postmaster[1] if postmaster else None

    def is_ready(self) -> bool:
        """Return whether the server accepts connections on its socket."""
        postmaster = processes.read_postmaster(self.data)
        if postmaster is None or postmaster[1] is None or not processes.is_server(postmaster[0]):
            return False
        with contextlib.closing(socket.socket(socket.AF_UNIX)) as probe:
            try:
                probe.connect(str(postmaster[1] / SOCKET_NAME))
            except OSError:
                return False
        return postmaster[2] == "ready"

    def run(self, timeout: float) -> None:
        """Bring the server up, through recovery after a crash and through the rest of a killed one.

        Parameters:
            timeout: seconds.

        Errors: ClusterError with the end of the log.
        """
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            os.replace(self.log, self.log.with_suffix(".log.1"))
        deadline = time.monotonic() + timeout
        while not self.is_ready():
            processes.forget_dead_server(self.data)
            if self.pid():
                self._await_or_end(deadline)
                continue
            left = max(1, int(deadline - time.monotonic()))
            result = self._program("pg_ctl", "-D", self.data, "-w", "-t", left, "-l", self.log, "start")
            if result.returncode == 0:
                return
            # Processes of a killed server are still ending: PostgreSQL asks for patience.
            patience = any(words in self._log_end(500) for words in ("lock file", "shared memory block"))
            if time.monotonic() > deadline or not patience:
                raise ClusterError(f"PostgreSQL did not start.\n{result.stdout}{self._log_end()}")
            time.sleep(0.2)

    def stop(self) -> bool:
        """End the server and its connections; return whether it ran."""
        if self.pid() is None:
            return False
        result = self._program("pg_ctl", "-D", self.data, "-w", "-m", "fast", "stop")
        if result.returncode:
            raise ClusterError(f"PostgreSQL did not stop.\n{result.stdout}")
        return True

    def _await_or_end(self, deadline: float) -> None:
        """Wait for a server that is starting or recovering; end one that lost its socket to a cleaner of /tmp."""
        while (postmaster := processes.read_postmaster(self.data)) and self.pid() and not self.is_ready():
            lost = postmaster[1] and not (postmaster[1] / SOCKET_NAME).exists()
            if lost and postmaster[2] == "ready":
                self.stop()
                return
            if time.monotonic() > deadline:
                raise ClusterError(f"PostgreSQL (process {postmaster[0]}) does not answer.\n{self._log_end()}")
            time.sleep(0.1)

    def _log_end(self, characters: int = 2000) -> str:
        try:
            return self.log.read_text(errors="replace")[-characters:]
        except OSError:
            return ""
