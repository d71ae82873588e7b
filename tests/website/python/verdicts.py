"""What the checks that students see say of an answer; runs in CPython and in the page's Python."""


def run_homework(cells):
    """Return the names of the homework when it has been run with its solutions."""
    names = {"__name__": "__main__"}
    for source in cells:
        exec(source, names)
    return names


def say(names, answer, check):
    """Return what a check says of an answer: how it fails, or nothing."""
    own = dict(names)
    try:
        exec(answer, own)
        exec(check, own)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def verdicts(cells, cases):
    """Return what each case's check says of its answer, in the order of the cases."""
    import warnings

    warnings.simplefilter("ignore")  # of a paired test without any scatter
    names = run_homework(cells)
    return [say(names, answer, check) for answer, check in cases]
