"""Show the site while it is being written: built anew at each save, in a browser."""

import socket
import sys

from tools.environment import BUILD, ROOT, run

SERVE_CONF = """\
# Written by `python tasks.py serve`: the book's settings, read anew for each build.
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from jupyter_book.config import get_final_config
from tools.book import execution_key
from tools.environment import BUILD, ROOT
from_command_line = {{"external_toc_path": "_toc.yml", "latex_individualpages": False}}
settings, _ = get_final_config(
    user_yaml=ROOT / "_config.yml", sourcedir=ROOT, cli_config=from_command_line
)
globals().update(settings)
# These are read from the folder of this file, unless they say where they are.
html_favicon = str(ROOT / html_favicon)
html_static_path = [str(ROOT / path) for path in html_static_path]
bibtex_bibfiles = [str(ROOT / path) for path in bibtex_bibfiles]
# A changed package has another cache, so every chapter runs again.
nb_execution_cache_path = str(BUILD / "serve" / "cache" / execution_key()[:16])
nb_execution_raise_on_error = False
"""


def require_free_port(port):
    """Stop when something else listens at a local port."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            sys.exit(f'Port {port} is in use; take another: make serve ARGS="--port {port + 1}"')


def serve_book(python, port, open_browser):
    """Show the site at a port of this computer and build it anew at each save."""
    require_free_port(port)
    folder = BUILD / "serve"
    folder.mkdir(parents=True, exist_ok=True)
    content = SERVE_CONF.format(root=str(ROOT))
    (folder / "conf.py").write_text(content, encoding="utf-8", newline="\n")
    made = r"[/\\](_build|dist|tests|notebooks|\.git|__pycache__|\.\w+_cache)[/\\]"
    ignore = ["--re-ignore", made]
    where = ["-q", "-c", folder, "-d", folder / "doctrees", ROOT, folder / "html"]
    address = ["--host", "127.0.0.1", "--port", port, *["--open-browser"] * open_browser]
    run(python, "-m", "sphinx_autobuild", *address, *ignore, *where)
