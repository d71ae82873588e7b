"""Talk with a running worker: ask it, wait so long and no longer, and end it."""

import socket
import subprocess
import threading
import time
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
        exchange = self._until if isinstance(self._stream, Timed) else self._in_a_thread
        try:
            return exchange(request, max(0.01, seconds))
        except TimeoutError:
            self.kill()
            raise OutOfTime from None
        except (EOFError, OSError, ValueError) as error:
            self.kill()
            raise Died(f"{type(error).__name__}: {error}") from None

    def _exchange(self, request: dict | None) -> dict:
        if request is not None:
            codec.write_message(self._stream, request)
        return codec.read_message(self._stream)

    def _until(self, request: dict | None, seconds: float) -> dict:
        self._stream.end = time.monotonic() + seconds
        return self._exchange(request)

    def _in_a_thread(self, request: dict | None, seconds: float) -> dict:
        """Wait for a thread, since a worker may neither read nor write, and pipes know no limit."""
        reply: Future[dict] = Future()

        def exchange() -> None:
            try:
                reply.set_result(self._exchange(request))
            except (EOFError, OSError, ValueError) as error:
                reply.set_exception(error)

        threading.Thread(target=exchange, daemon=True).start()
        return reply.result(timeout=seconds)

    def kill(self) -> None:
        """End the worker and all that it started."""
        self._kill()
        with suppress(OSError, ValueError):
            self._stream.close()


class Timed:
    """A socket as a stream that waits until `end`, and not for each byte anew."""

    def __init__(self, connection: socket.socket):
        self._connection, self.end = connection, 0.0

    def read(self, size: int, /) -> bytes:
        """Read at most so many bytes."""
        return self._waiting().recv(size)

    def write(self, content: memoryview, /) -> int:
        """Write, and return how many bytes were taken."""
        return self._waiting().send(content)

    def flush(self) -> None:
        """Do nothing: what is written is not held back."""

    def close(self) -> None:
        """Close the socket."""
        self._connection.close()

    def _waiting(self) -> socket.socket:
        left = self.end - time.monotonic()
        if left <= 0:  # a worker may send byte after byte without an end
            raise TimeoutError
        self._connection.settimeout(left)
        return self._connection


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
