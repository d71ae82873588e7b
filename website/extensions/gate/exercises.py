"""Check a chapter's exercises and their solutions: gated, closed at first, and really run."""

from website.extensions.text.page import Fence, Page

MIN_EXERCISES = 3

Faults = list[tuple[int, str]]


def exercise_faults(page: Page) -> Faults:
    """Return the faults of the exercises and their solutions."""
    exercises, solutions = _gated(page.fences, "exercise"), _gated(page.fences, "solution")
    solved = {solution.argument for solution, _ in solutions}
    faults = _plain_form_faults(page.fences)
    if len(exercises) < MIN_EXERCISES:
        line = exercises[-1][0].line if exercises else 1
        faults.append((line, f"{len(exercises)} exercises: at least {MIN_EXERCISES} are needed"))
    for exercise, end in exercises:
        label = exercise.option("label")
        if end is None:
            faults.append((exercise.line, "{exercise-start} without its {exercise-end}"))
        if label not in solved:
            faults.append((exercise.line, f"no {{solution-start}} for the exercise {label!r}"))
    for solution, end in solutions:
        faults += _solution_faults(page, solution, end)
    return faults


def _plain_form_faults(fences: list[Fence]) -> Faults:
    return [
        (
            fence.line,
            f"write the gated form, {{{fence.name}-start}} ... {{{fence.name}-end}}: in the plain "
            "form a code cell is silently not run",
        )
        for fence in fences
        if fence.name in ("exercise", "solution")
    ]


def _solution_faults(page: Page, start: Fence, end: Fence | None) -> Faults:
    if end is None:
        return [(start.line, "{solution-start} without its {solution-end}")]
    faults = []
    if not start.has_class("dropdown"):
        faults.append((start.line, "the solution must be closed at first: add `:class: dropdown`"))
    inside = [fence for fence in page.fences if start.line < fence.line < end.line]
    if not any(fence.name == "code-cell" for fence in inside):
        faults.append((start.line, "the solution holds no code cell: add one that is run"))
    between = "\n".join(page.text.splitlines()[start.last_line : end.line - 1])
    if "common wrong answer" not in between.lower():
        faults.append((start.line, "the solution names no **common wrong answer**: add one"))
    return faults


def _gated(fences: list[Fence], kind: str) -> list[tuple[Fence, Fence | None]]:
    """Pair each {kind-start} with the {kind-end} that comes before the next start."""
    gates = [fence for fence in fences if fence.name in (f"{kind}-start", f"{kind}-end")]
    pairs = []
    for fence, follower in zip(gates, [*gates[1:], None][: len(gates)], strict=True):
        if fence.name == f"{kind}-start":
            closed = follower is not None and follower.name == f"{kind}-end"
            pairs.append((fence, follower if closed else None))
    return pairs
