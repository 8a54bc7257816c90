"""bin/start: options, the port, what fits the database. The whole is tried in resque/tests/drill."""

import http.server
import os
import socket
import threading
from argparse import Namespace

import pytest

from resque.start import mark as marks
from resque.start.__main__ import contradiction, read_arguments
from resque.start.mark import Mark, read_mark, write_mark
from resque.start.port import PortTaken, ask_health, take_port
from resque.start.preparation import stale_translations


@pytest.fixture
def answering():
    """Start a program on a free port that answers /healthz with a status and a body; returns how."""
    servers = []

    def start(status: int, body: bytes) -> int:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server.server_address[1]

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [(200, b'{"status": "up"}', True), (503, b"<html>", False), (200, b"<html>", None), (200, b'{"status": "so"}', None),
     (200, b"[1]", None), (404, b"", None)],
)  # fmt: skip
def test_who_answers_on_a_port(answering, status, body, expected):
    assert ask_health(answering(status, body)) is expected


def test_a_second_copy_learns_of_the_first(answering):
    port = answering(200, b'{"status": "up"}')
    with pytest.raises(PortTaken, match=rf"RESQUE already runs on port {port}\. .* --port {port + 1}"):
        take_port(port)


def test_another_program_is_no_copy(answering):
    with pytest.raises(PortTaken, match="Another program"):
        take_port(answering(200, b"hello"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may take every port")
def test_a_port_of_the_system():
    with pytest.raises(PortTaken, match="above 1023"):
        take_port(80)


def test_the_port_is_taken_on_this_machine_only():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with take_port(port) as listener:
        assert listener.getsockname() == ("127.0.0.1", port)
    assert ask_health(port) is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["--port", "0"], "between 1 and 65535"), (["--port", "x"], "invalid int"), (["--size", "xl"], "choose from"),
     (["--empty", "--size", "s"], "exclude each other"), (["--nowhere"], "unrecognized")],
)  # fmt: skip
def test_options_that_cannot_be(monkeypatch, capsys, arguments, words):
    monkeypatch.setattr("sys.argv", ["bin/start", *arguments])
    with pytest.raises(SystemExit) as end:
        read_arguments()
    assert end.value.code == 2
    assert words in capsys.readouterr().err


def test_options_as_documented(monkeypatch):
    monkeypatch.setattr("sys.argv", ["bin/start"])
    assert vars(read_arguments()) == {"port": 8000, "size": None, "empty": False}


@pytest.mark.parametrize(
    ("options", "mark", "words"),
    [({"empty": True}, Mark(world="demo", size="s"), "holds the demo world"),
     ({"empty": True}, Mark(world="unfinished"), "holds the demo world"),
     ({"size": "s"}, Mark(world="own"), "data of its own"),
     ({"size": "m"}, Mark(world="demo", size="s"), "RESQUE_DATA_DIR=var-m bin/start --size m"),
     ({"size": "s"}, Mark(world="demo", size="s"), ""), ({}, Mark(world="own"), ""), ({"empty": True}, Mark(), "")],
)  # fmt: skip
def test_options_that_do_not_fit_the_database(options, mark, words):
    found = contradiction(Namespace(**{"empty": False, "size": None} | options), mark)
    assert words in found
    assert bool(words) == bool(found)


@pytest.mark.django_db
def test_the_mark_lies_in_the_database():
    written = Mark(sources="abc", world="demo", size="m")
    write_mark(written)
    assert read_mark() == written


@pytest.mark.parametrize("comment", ["", "something else", "resque {", 'resque {"colour": 1}', "resque 7"])
def test_a_comment_of_somebody_else_is_no_mark(monkeypatch, comment):
    monkeypatch.setattr(marks, "comment", lambda: comment)
    assert read_mark() == Mark()


def test_a_newer_catalogue_is_stale(tmp_path, monkeypatch):
    catalogue = tmp_path / "locale/resque/de/LC_MESSAGES/django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text("")
    monkeypatch.setattr("resque.start.preparation.BASE_DIR", tmp_path)
    assert stale_translations()
    compiled = catalogue.with_suffix(".mo")
    compiled.write_text("")
    os.utime(catalogue, (1, 1))
    assert not stale_translations()
