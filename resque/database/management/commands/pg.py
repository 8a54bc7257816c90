"""`manage.py pg start|stop|status|psql`: the embedded server by hand."""

import os
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from resque.database.binaries import ClusterError
from resque.database.cluster import ROLES, embedded_cluster

STOPPED = 3  # exit code of `status` when the server does not run, as for init scripts


class Command(BaseCommand):
    help = "Start, stop, inspect the embedded PostgreSQL, or open psql on it."
    requires_system_checks = ()

    def add_arguments(self, parser):
        commands = parser.add_subparsers(dest="action", required=True)
        commands.add_parser("start", help="start the server, making it first when there is none")
        stop = commands.add_parser("stop", help="stop the server, ending its connections")
        stop.add_argument("--if-idle", action="store_true", help="leave it running while others are connected")
        commands.add_parser("status", help=f"say whether it runs; exit code {STOPPED} when not")
        psql = commands.add_parser("psql", help="open psql; what follows -- goes to psql")
        psql.add_argument("--role", choices=sorted(ROLES), default="owner")
        psql.add_argument("parameters", nargs="*")

    def handle(self, *args, action, **options):
        cluster = embedded_cluster(connection.settings_dict)
        if cluster is None and action != "psql":
            raise CommandError("DATABASE_URL names a server of its own: there is no embedded one to start or stop.")
        try:
            getattr(self, f"_{action}")(cluster, options)
        except ClusterError as error:
            raise CommandError(str(error)) from error

    def _start(self, cluster, options):
        cluster.start()
        self.stdout.write(f"PostgreSQL {cluster.major} runs (process {cluster.server.pid()}) on {cluster.data}.")

    def _stop(self, cluster, options):
        if options["if_idle"] and cluster.server.is_ready() and (others := cluster.other_clients()):
            self.stdout.write(f"PostgreSQL keeps running: {others} connections of others.")
            return
        self.stdout.write("PostgreSQL stopped." if cluster.stop() else "PostgreSQL did not run.")

    def _status(self, cluster, options):
        if not cluster.server.is_ready():
            self.stdout.write(f"PostgreSQL does not run. Data: {cluster.data if cluster.is_set_up() else 'none yet'}.")
            sys.exit(STOPPED)
        self._start(cluster, options)

    def _psql(self, cluster, options):
        if cluster:
            connection.settings_dict["EMBEDDED"]["role"] = options["role"]
            psql = Path(cluster.binaries / "psql")
            if psql.exists():
                os.environ["PATH"] = f"{psql.parent}{os.pathsep}{os.environ.get('PATH', '')}"
        connection.client.runshell(options["parameters"])
