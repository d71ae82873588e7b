"""A process that dies or hangs costs its own task; nothing stays when all is done."""

import multiprocessing

from homework_tools.grading.many.helpers import Lost, share

TASKS = ["1 + 1", "__import__('os')._exit(9)", "__import__('time').sleep(99)", "1 / 0", "2 + 2"]


def test_what_dies_or_hangs_is_lost_and_the_rest_is_done():
    tasks = [(task, lambda task=task: task) for task in TASKS]
    came = dict(share(eval, tasks, 2, 8))
    assert list(map(came.get, ("1 + 1", "2 + 2"))) == [2, 4]
    assert isinstance(came["1 / 0"], ZeroDivisionError)
    assert [isinstance(came[task], Lost) for task in TASKS[1:3]] == [True, True]
    assert multiprocessing.active_children() == []
