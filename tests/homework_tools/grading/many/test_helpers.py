"""A process that dies or hangs costs its own task; nothing stays when all is done."""

import multiprocessing
import time

from homework_tools.grading.many.helpers import Helpers, Lost

TASKS = ["1 + 1", "__import__('os')._exit(9)", "__import__('time').sleep(99)", "1 / 0", "2 + 2"]


def test_what_dies_or_hangs_is_lost_and_the_rest_is_done():
    with Helpers(2, 8) as helpers:
        futures = {task: helpers.submit(eval, task) for task in TASKS}
        errors = [type(future.exception()) for future in futures.values()]
    assert errors == [type(None), Lost, Lost, ZeroDivisionError, type(None)]
    assert [futures[task].result() for task in ("1 + 1", "2 + 2")] == [2, 4]
    assert multiprocessing.active_children() == []


def test_what_still_runs_is_ended_with_the_rest():
    helpers = Helpers(1, 99)
    future, waiting = (helpers.submit(eval, TASKS[2]) for _ in range(2))
    while not future.running():
        time.sleep(0.01)
    helpers.shutdown()
    assert isinstance(future.exception(), Lost)
    assert waiting.cancelled()
    assert multiprocessing.active_children() == []
