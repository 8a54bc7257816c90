"""Clusters of their own for the tests of the manager: each takes about a second to make."""

import os
import shutil
import signal
import tempfile
from pathlib import Path

import pytest

from resque.database.binaries import ClusterError
from resque.database.cluster import Cluster


@pytest.fixture
def home():
    """A directory for a cluster, where an unprivileged user may pass."""
    directory = Path(tempfile.mkdtemp(prefix="resque-test-"))
    directory.chmod(0o711)
    yield directory / "pg"
    _end(Cluster(directory / "pg"))
    shutil.rmtree(directory)


def _end(cluster: Cluster) -> None:
    """Stop a server that is thrown away; one that still recovers from a crash need not finish that."""
    try:
        cluster.stop()
    except ClusterError:
        os.kill(cluster.server.pid(), signal.SIGQUIT)


@pytest.fixture(scope="module")
def running():
    """One running cluster for all tests of a module that change nothing about it."""
    directory = Path(tempfile.mkdtemp(prefix="resque-test-"))
    directory.chmod(0o711)
    cluster = Cluster(directory / "pg", throw_away=True).start()
    yield cluster
    cluster.stop()
    shutil.rmtree(directory)


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root steps down to another user")
