"""The port: ours from the first moment, so that a second copy learns of the first at once."""

import errno
import http
import http.client
import json
import socket

HOST = "127.0.0.1"


class PortTaken(Exception):
    """Somebody else listens; the message says who, and what helps."""


def take_port(port: int) -> socket.socket:
    """Return a listening socket on this machine only.

    Errors: PortTaken in a sentence.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            known = ask_health(port) is not None
            who = "RESQUE already runs" if known else "Another program, or a RESQUE that is still starting, listens"
            message = f"{who} on port {port}. Stop it, or choose another port: bin/start --port {port + 1}"
        elif error.errno == errno.EACCES:
            message = f"Port {port} is reserved for the system. Choose one above 1023: bin/start --port 8000"
        else:
            message = f"Port {port} cannot be used: {error.strerror}."
        raise PortTaken(message) from error
    return listener


def ask_health(port: int, host_header: str = "localhost") -> bool | None:
    """Return whether the copy of RESQUE on the port is healthy; None when there is no RESQUE."""
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/healthz", headers={"Host": host_header})
        answer = connection.getresponse()
        if answer.status == http.HTTPStatus.SERVICE_UNAVAILABLE:
            return False
        return True if json.loads(answer.read(200)).get("status") == "up" else None
    except (OSError, ValueError, AttributeError, http.client.HTTPException):
        return None
    finally:
        connection.close()
