"""The connection that starts the embedded server when it is needed, and starts it again when it was killed."""

import time

from django.db.backends.postgresql import base
from django.db.backends.postgresql.client import DatabaseClient as PostgresClient
from django.utils.asyncio import async_unsafe

from resque.database.binaries import ClusterError
from resque.database.cluster import Cluster, embedded_cluster

DYING = 0.3  # seconds in which a server that was just killed still looks alive


class DatabaseClient(PostgresClient):
    """`manage.py dbshell` with the address of the embedded server."""

    @classmethod
    def settings_to_cmd_args_env(cls, settings_dict, parameters):
        cluster = embedded_cluster(settings_dict)
        if cluster:
            address = cluster.start().address(settings_dict["EMBEDDED"]["role"])
            settings_dict = settings_dict | {key.upper(): value for key, value in address.items()}
        return super().settings_to_cmd_args_env(settings_dict, parameters)


def _start(cluster: Cluster) -> Cluster:
    """Start the cluster; what stops it is an error of the database to everybody who asks for a connection."""
    try:
        return cluster.start()
    except ClusterError as error:
        raise base.Database.OperationalError(str(error)) from error


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL connection; an entry with "EMBEDDED" finds its server through the cluster manager."""

    client_class = DatabaseClient

    def get_connection_params(self) -> dict:
        params = super().get_connection_params()
        cluster = embedded_cluster(self.settings_dict)
        if cluster:
            if not cluster.is_set_up():
                _start(cluster)
            params |= cluster.address(self.settings_dict["EMBEDDED"]["role"])
        return params

    @async_unsafe
    def get_new_connection(self, conn_params: dict):
        try:
            return super().get_new_connection(conn_params)
        except base.Database.OperationalError:
            cluster = embedded_cluster(self.settings_dict)
            if cluster is None:
                raise
            # Not running, killed, or still recovering: bring it up (a running one is left alone) and ask again.
            try:
                return super().get_new_connection(conn_params | self._address_of_started(cluster))
            except base.Database.OperationalError:
                time.sleep(DYING)
                return super().get_new_connection(conn_params | self._address_of_started(cluster))

    def _address_of_started(self, cluster: Cluster) -> dict[str, str]:
        return _start(cluster).address(self.settings_dict["EMBEDDED"]["role"])
