"""Talk with a running worker: ask it, wait so long and no longer, and end it."""

import subprocess
import threading
from concurrent.futures import Future
from contextlib import suppress
from typing import IO, cast

from homework_tools.sandbox.guest import codec


class OutOfTime(Exception):
    """A worker gave no answer in time; it has been killed."""


class Died(Exception):
    """A worker ended, or answered with nonsense; it has been killed."""


class Worker:
    """The grader's end of one running worker."""

    def __init__(self, stream, kill):
        self._stream, self._kill = stream, kill

    def ask(self, request: dict | None, seconds: float) -> dict:
        """Send a request (None: only listen) and return the reply, or kill the worker."""
        reply: Future[dict] = Future()

        def exchange() -> None:
            try:
                if request is not None:
                    codec.write_message(self._stream, request)
                reply.set_result(codec.read_message(self._stream))
            except Exception as error:
                reply.set_exception(error)

        # A thread, since a worker may neither read nor write, and pipes know no time limit.
        threading.Thread(target=exchange, daemon=True).start()
        try:
            return reply.result(max(0.01, seconds))
        except TimeoutError:
            self.kill()
            raise OutOfTime from None
        except (EOFError, OSError, ValueError) as error:
            self.kill()
            raise Died(f"{type(error).__name__}: {error}") from None

    def kill(self) -> None:
        """End the worker and all that it started."""
        self._kill()
        with suppress(OSError, ValueError):
            self._stream.close()


class BothWays:
    """A process's standard input and output as one stream."""

    def __init__(self, process: subprocess.Popen):
        self._input, self._output = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
        self.read, self.write = self._output.read, self._input.write
        self.flush = self._input.flush

    def close(self) -> None:
        """Close both ends."""
        self._input.close()
        self._output.close()
