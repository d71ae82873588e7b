"""Run the master's code: solutions pass every test, and what does nothing passes none."""

import contextlib
import io
import tempfile
import warnings

from homework_tools.master.master import Cell, Master, broken

TESTS = ("check", "hidden-test")


def verify(master: Master) -> None:
    """Refuse a master whose checks and hidden tests don't tell right from nothing.

    Its code is run here, in an empty temporary folder. Raises MasterError if a cell fails with the
    solutions in place, or a check or a hidden test passes on the stub, or on a function that does
    nothing.
    """
    import matplotlib.pyplot as plt

    plt.switch_backend("Agg")
    names = {"__name__": "__main__"}
    with empty_folder(), contextlib.redirect_stdout(io.StringIO()):
        for cell in master.cells:
            if cell.kind in TESTS:
                _refuse_what_passes_on_nothing(master, cell, names)
            error = _failure(cell.solved, names) if cell.kind not in ("text", "answer") else None
            if error is not None:
                what = f"this {cell.kind} cell fails with the solutions in place"
                message = f"{what}: {type(error).__name__}: {error}"
                raise broken(master.path, cell.line, message) from error
    plt.close("all")


@contextlib.contextmanager
def empty_folder():
    """Work in an empty folder, and pass over what Python warns of in the code that runs there."""
    with (
        tempfile.TemporaryDirectory(prefix="grading-", ignore_cleanup_errors=True) as folder,
        contextlib.chdir(folder),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        yield


def _refuse_what_passes_on_nothing(master: Master, cell: Cell, names: dict) -> None:
    solutions = master.code("solution", cell.question)
    nothing = {
        "on the stub": [each.stub for each in solutions],
        "on a function that does nothing": [
            each.stub.replace("raise NotImplementedError()", "return None") for each in solutions
        ],
    }
    for what, sources in nothing.items():
        with empty_folder():
            for source in sources:
                _run(source, names)
            passes = _failure(cell.source, names) is None
        if passes:
            raise broken(
                master.path, cell.line, f"this {cell.kind} passes {what}: let it test a result"
            )
    for each in solutions:
        _run(each.solved, names)


def _run(source: str, names: dict) -> None:
    exec(compile(source, "<homework>", "exec"), names)


def _failure(source: str, names: dict) -> Exception | None:
    try:
        _run(source, names)
    except Exception as error:
        return error
    return None
