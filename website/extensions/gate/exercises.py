"""Check a chapter's exercises and their solutions: gated, closed at first, and really run."""

from website.extensions.text.page import Fence, Page
from website.extensions.text.quizzes import Faults

MIN_EXERCISES = 3


def exercise_faults(page: Page) -> Faults:
    """Return the faults of the exercises and their solutions.

    An exercise or a solution that does not end is refused by sphinx-exercise.
    """
    exercises = [fence for fence in page.fences if fence.name == "exercise-start"]
    solutions = [fence for fence in page.fences if fence.name == "solution-start"]
    solved = {solution.argument for solution in solutions}
    faults = []
    if len(exercises) < MIN_EXERCISES:
        line = exercises[-1].line if exercises else 1
        faults.append((line, f"{len(exercises)} exercises: at least {MIN_EXERCISES} are needed"))
    for exercise in exercises:
        label = exercise.option("label")
        if label not in solved:
            faults.append((exercise.line, f"no {{solution-start}} for the exercise {label!r}"))
    for solution in solutions:
        faults += _solution_faults(page, solution)
    return faults


def _solution_faults(page: Page, start: Fence) -> Faults:
    ends = (fence.line for fence in page.fences if fence.name == "solution-end")
    end = next((line for line in ends if line > start.line), start.line)
    faults = []
    if not start.has_class("dropdown"):
        faults.append((start.line, "the solution must be closed at first: add `:class: dropdown`"))
    inside = [fence for fence in page.fences if start.line < fence.line < end]
    if not any(fence.name == "code-cell" for fence in inside):
        faults.append((start.line, "the solution holds no code cell: add one that is run"))
    between = "\n".join(page.text.splitlines()[start.last_line : end - 1])
    if "common wrong answer" not in between.lower():
        faults.append((start.line, "the solution names no **common wrong answer**: add one"))
    return faults
