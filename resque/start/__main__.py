"""Prepare what is stale, then run the server and the task worker until Ctrl-C."""

import argparse
import contextlib
import os
import subprocess
import sys
import time
import warnings

DEMO_DAY = "2017-02-06"


def read_arguments() -> argparse.Namespace:
    """Return the options of bin/start."""
    parser = argparse.ArgumentParser(prog="bin/start", description="Set RESQUE up and run it.")
    parser.add_argument("--port", type=int, default=8000, help="port on this machine (default: %(default)s)")
    parser.add_argument(
        "--size",
        choices=["s", "m", "l"],
        help="size of the demo world (about 70, 650 or 100,000 people; l takes minutes), for an empty database",
    )
    parser.add_argument("--empty", action="store_true", help="no demo data; make the first administrator")
    options = parser.parse_args()
    if not 0 < options.port < 65536:
        parser.error("--port must lie between 1 and 65535.")
    if options.empty and options.size:
        parser.error("--empty and --size exclude each other.")
    return options


def main() -> int:
    """Return the exit code of bin/start."""
    options = read_arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resque.settings")
    os.environ.setdefault("RESQUE_PROFILE", "demo")
    os.environ["RESQUE_DATABASE_ROLE"] = "app"

    from django.core.exceptions import ImproperlyConfigured

    from resque.start.port import PortTaken, take_port

    try:
        listener = take_port(options.port)
        with listener:
            return run(options, listener)
    except (PortTaken, ImproperlyConfigured) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run(options: argparse.Namespace, listener) -> int:
    """Prepare and serve on the socket."""
    from django.conf import settings
    from django.db import OperationalError, connection

    from resque.database.binaries import ClusterError
    from resque.database.cluster import embedded_cluster
    from resque.start.mark import read_mark
    from resque.start.port import ask_health
    from resque.start.supervisor import supervise

    # Asked before the application is loaded, which takes a second and is not needed when nothing is stale.
    warnings.filterwarnings("ignore", message="Accessing the database during app initialization")
    try:
        mark = read_mark()
        connection.close()
        demo = mark.world in ("demo", "unfinished") or not (mark.world or options.empty)
        demo = demo and settings.RESQUE_PROFILE == "demo"
        if problem := contradiction(options, mark):
            print(problem, file=sys.stderr)
            return 1
        if demo:
            os.environ["RESQUE_DEMO"] = "1"
            os.environ.setdefault("RESQUE_TODAY", DEMO_DAY)
        if is_stale(mark) and (code := prepare(options, demo)):
            return code
        mark = read_mark()
        connection.close()
        if demo and mark.world != "demo":
            # Somebody's own data were found in a database that nobody had marked.
            del os.environ["RESQUE_DEMO"], os.environ["RESQUE_TODAY"]
        host = settings.ALLOWED_HOSTS[0].lstrip(".")
        code = supervise(
            processes(listener),
            when_up=lambda: announce(options.port, mark),
            is_up=lambda: bool(ask_health(options.port, host)),
        )
    except (ClusterError, OperationalError) as problem:
        print(f"The database cannot be used: {problem}", file=sys.stderr)
        return 1
    finally:
        connection.close()
        stop_unused_database(embedded_cluster(connection.settings_dict))
    print("RESQUE ended.", flush=True)
    return code


def stop_unused_database(cluster) -> None:
    """Stop the embedded server unless somebody else works with it; sessions of killed processes end in a moment."""
    import psycopg2

    with contextlib.suppress(psycopg2.Error):
        for _ in range(50):
            if cluster is None or not cluster.server.is_ready():
                return
            if not cluster.other_clients():
                cluster.stop()
                return
            time.sleep(0.1)


def contradiction(options: argparse.Namespace, mark) -> str:
    """Return why the options do not fit the database, "" when they do."""
    if options.empty and mark.world in ("demo", "unfinished"):
        return (
            "--empty: this database holds the demo world. Choose another place for data, for example "
            "RESQUE_DATA_DIR=var-own bin/start --empty"
        )
    if options.size and mark.world == "own":
        return "--size: this database holds data of its own; demo data enter an empty one only."
    if options.size and mark.world == "demo" and options.size != mark.size:
        return (
            f"--size: this database already holds the demo world of size {mark.size}. Start without --size, or choose "
            f"another place for data: RESQUE_DATA_DIR=var-{options.size} bin/start --size {options.size}"
        )
    return ""


def is_stale(mark) -> bool:
    """Return whether anything must be prepared."""
    from resque.start.mark import code_fingerprint, static_fingerprint
    from resque.start.preparation import stale_translations, static_mark

    return mark.sources != code_fingerprint() or stale_translations() or static_mark() != static_fingerprint()


def prepare(options: argparse.Namespace, demo: bool) -> int:
    """Run the preparation as the owner of the database; return its exit code."""
    command = [sys.executable, "-m", "resque.start.preparation", "--size", options.size or "s"]
    address = {"RESQUE_ADDRESS": f"http://127.0.0.1:{options.port}"}
    environment = os.environ | address | {"RESQUE_DATABASE_ROLE": "owner"}
    return subprocess.run([*command, *(["--demo"] if demo else [])], env=environment).returncode


def processes(listener) -> list:
    """Return the server and the task worker."""
    from resque.start.supervisor import Child

    server = [sys.executable, "-m", "gunicorn", "--bind", f"fd://{listener.fileno()}"]
    worker = [sys.executable, "manage.py", "db_worker", "--queue-name", "*", "--no-reload"]
    web = os.environ | {"RESQUE_PROCESS": "web"}
    tasks = os.environ | {"RESQUE_PROCESS": "tasks"}
    return [
        Child("server", server, web, restart=False, pass_fds=(listener.fileno(),)),
        Child("task worker", worker, tasks, restart=True),
    ]


def announce(port: int, mark) -> None:
    """Print the address and the demo accounts."""
    lines = ["", f"RESQUE runs at http://127.0.0.1:{port}/  (Ctrl-C ends it)"]
    if mark.world == "demo":
        from resque.start.preparation import ACCOUNTS_SHEET

        lines += ["", f"Demo of {os.environ['RESQUE_TODAY']} with invented people.", ACCOUNTS_SHEET.read_text()]
    print("\n".join([*lines, ""]), flush=True)


if __name__ == "__main__":
    sys.exit(main())
