"""Show the site while it is being written: built anew at each save, in a browser."""

import signal
import socket
import sys

from tools.environment import BUILD, run


def require_free_port(port):
    """Stop when something else listens at a local port."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            sys.exit(f'Port {port} is in use; take another: make serve ARGS="--port {port + 1}"')


def serve_book(python, port, open_browser):
    """Show the site at a port of this computer and build it anew at each save."""
    require_free_port(port)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that `run` ends the server as well
    run(python, "-m", "tools.preview.server", BUILD / "serve", port, *["--open"] * open_browser)
