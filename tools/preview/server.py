"""Show the book at a local address; when a file is saved, have it built and load the page again.

`python -m tools.preview.server FOLDER PORT` starts it; FOLDER is where the site is made.
"""

import asyncio
import socket
import sys
import time
import webbrowser
from collections.abc import Iterable
from multiprocessing import get_context
from pathlib import Path

import uvicorn
import watchfiles
from sphinx_autobuild.middleware import JavascriptInjectorMiddleware
from sphinx_autobuild.server import RebuildServer
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, WebSocketRoute
from starlette.staticfiles import StaticFiles

from tools.book import READ
from tools.environment import ROOT
from tools.preview.book import COMPILED, work

CODE = {".md", ".py", ".yml"}  # a file of these that is gone was part of the book
OF_EDITORS = watchfiles.DefaultFilter()


class Builder:
    """The process that builds: it lives as long as what changes is the text of pages."""

    def __init__(self, source: Path, folder: Path):
        """Begin to build the book in `source`, into `folder`."""
        self.source, self.folder = source, folder
        self.viewed = ""
        self.start()

    def start(self) -> None:
        """Start the process, which builds at once."""
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        arguments = (theirs, self.source, self.folder, self.viewed)
        self.process = context.Process(target=work, args=arguments, daemon=True)
        self.process.start()
        theirs.close()

    def stop(self) -> None:
        """End the process."""
        self.process.terminate()
        self.process.join()

    def build(self, changed: Iterable[Path]) -> None:
        """Have the book built anew, by another process if more than texts of pages changed."""
        changed = [path for path in changed if path.exists() or path.suffix in CODE]
        if not changed:
            return  # a file that an editor made and took away
        print(f"Changed: {', '.join(path.name for path in changed)}.", flush=True)
        if not (all(self._is_page(path) for path in changed) and self._asked()):
            self.stop()
            self.start()

    def _asked(self) -> bool:
        """Ask the process for another build; say whether it is there to hear it."""
        try:
            self.pipe.send(self.viewed)
        except OSError:  # it has ended
            return False
        return self.process.is_alive()

    def _is_page(self, path: Path) -> bool:
        return path.suffix == ".md" and path.parent == self.source / "book" and path.is_file()

    def written(self, seconds: float) -> list[str] | None:
        """Return the pages that a build wrote; None when none ended within some seconds."""
        pipe = self.pipe  # another process may begin meanwhile
        try:
            return pipe.recv() if pipe.poll(seconds) else None
        except (EOFError, OSError):  # it has ended: it says why itself
            time.sleep(seconds)
            return None


class Watcher(RebuildServer):
    """Tell the builder what has been saved, and the browser what has been built."""

    def __init__(self, builder: Builder, address: str, *, opens: bool = False):
        super().__init__([builder.source], lambda path: False, lambda paths: None)
        self.builder, self.address, self.opens = builder, address, opens

    async def watch(self) -> None:
        """Watch until the server ends."""
        try:
            await asyncio.gather(self._watch_files(), self._watch_builds())
        except OSError as error:  # a limit of the system; else nobody would hear of it
            print(f"The preview no longer sees what you save: {error}", file=sys.stderr)

    async def _watch_files(self) -> None:
        top = self.builder.source
        is_ours = lambda _, path: is_watched(Path(path).relative_to(top))  # noqa: E731
        async for changes in watchfiles.awatch(top, watch_filter=is_ours):
            paths = sorted({Path(path) for _, path in changes})
            self.builder.build(paths)

    async def _watch_builds(self) -> None:
        while not self.should_exit.is_set():
            written = await asyncio.to_thread(self.builder.written, 0.2)
            if written:
                pages = [name for name in written if "/" in name]
                more = f" and {len(pages) - 5} more" * (len(pages) > 5)
                print(f"Built {', '.join(pages[:5])}{more}: see {self.address}", flush=True)
                self.flag.set()
                if self.opens:  # before, there may be no page yet
                    self.opens = False
                    await asyncio.to_thread(webbrowser.open, self.address)


def is_watched(path: Path) -> bool:
    """Say whether a change of a file can change the site; its path is from the project's top."""
    if len(path.parts) > 1 and path.parts[0] not in READ:
        return False
    hidden = any(part.startswith((".", "#")) for part in path.parts) or path.suffix == COMPILED
    return not hidden and OF_EDITORS(watchfiles.Change.modified, str(path))


class Viewed:
    """Remember which page was asked for last: it is built before others."""

    def __init__(self, app, builder: Builder):
        self.app, self.builder = app, builder

    async def __call__(self, scope, receive, send) -> None:
        """Pass the request on."""
        if scope["type"] == "http" and scope["path"].endswith(".html"):
            self.builder.viewed = scope["path"].removesuffix(".html").strip("/")
        await self.app(scope, receive, send)


def require_free_port(port: str) -> None:
    """Stop when something else listens at a local port."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", int(port))) == 0:
            other = int(port) + 1
            sys.exit(f'Port {port} is in use; take another: make serve ARGS="--port {other}"')


def main(folder: str, port: str, *options: str) -> None:
    """Serve until the user stops it."""
    require_free_port(port)
    site, address = Path(folder, "html"), f"127.0.0.1:{port}"
    site.mkdir(parents=True, exist_ok=True)
    builder = Builder(ROOT, Path(folder))
    watcher = Watcher(builder, f"http://{address}", opens="--open" in options)
    app = Starlette(
        routes=[
            WebSocketRoute("/websocket-reload", watcher),
            Mount("/", StaticFiles(directory=site, html=True)),
        ],
        middleware=[
            Middleware(JavascriptInjectorMiddleware, ws_url=address),
            Middleware(Viewed, builder=builder),
        ],
        lifespan=watcher.lifespan,
    )
    print(f"The site will be at {watcher.address}: Ctrl+C ends it.", flush=True)
    try:
        uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="warning")
    except KeyboardInterrupt:
        pass
    finally:
        builder.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
