"""A process that dies or hangs costs its own task; nothing stays when all is done."""

import multiprocessing
import time

from homework_tools.grading.many.helpers import Helpers, Lost

SLEEP = "__import__('time').sleep(99)"


def test_what_dies_or_hangs_is_lost_and_the_rest_is_done():
    tasks = ["1 + 1", "__import__('os')._exit(9)", "1 / 0", "2 + 2"]
    with Helpers(2, 60) as helpers:
        futures = [helpers.submit(eval, task) for task in tasks]
        assert [type(future.exception()) for future in futures] == [
            *(type(None), Lost, ZeroDivisionError, type(None))
        ]
        assert [futures[0].result(), futures[3].result()] == [2, 4]
        helpers.seconds = 0.5
        assert isinstance(helpers.submit(eval, SLEEP).exception(), Lost)
    assert multiprocessing.active_children() == []


def test_what_still_runs_is_ended_with_the_rest():
    helpers = Helpers(1, 99)
    future, waiting = (helpers.submit(eval, SLEEP) for _ in range(2))
    while not future.running():
        time.sleep(0.01)
    helpers.shutdown()
    assert isinstance(future.exception(), Lost)
    assert waiting.cancelled()
    assert multiprocessing.active_children() == []
