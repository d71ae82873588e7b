"""Which chapters this course shows: a course of its own may leave some out, in `course.yml`."""

from homework_tools.master.course import read_course

OFF = frozenset(read_course().chapters_off)


def shown(names):
    """Return those names of chapters that are on: a list, or a table by its values."""
    if isinstance(names, dict):
        return {key: name for key, name in names.items() if name not in OFF}
    return [name for name in names if name.rpartition("/")[2] not in OFF]
