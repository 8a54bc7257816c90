"""The application server. Loaded by gunicorn from the directory it is started in."""

import os
import subprocess
import sys
from pathlib import Path

wsgi_app = "resque.wsgi:application"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4
preload_app = True  # loaded once, shared by the workers
timeout = 30  # seconds without a sign of life before a worker is replaced
graceful_timeout = 20
keepalive = 5
max_requests = 2000  # a worker is replaced now and then, so that nothing can pile up
max_requests_jitter = 200
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # no disk behind the sign of life
loglevel = os.environ.get("RESQUE_LOG_LEVEL", "warning")
accesslog = None  # who opened what stands in the audit log, not in a file of addresses
proc_name = "resque"


def on_starting(server):
    """Refuse to serve production on a database or settings that are not safe; the checks say what to mend."""
    if os.environ.get("RESQUE_PROFILE", "production") != "production":
        return
    command = [sys.executable, "manage.py", "check", "--deploy", "--database", "default", "--fail-level", "WARNING"]
    environment = os.environ | {"RESQUE_PROFILE": "production", "RESQUE_DATABASE_ROLE": "app"}
    if subprocess.run(command, env=environment, cwd=Path(__file__).parent).returncode:
        sys.exit("RESQUE does not start: see the findings above.")
