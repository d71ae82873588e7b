"""Write the homework for nbgrader and Otter Assign, and the ten questions for Moodle and Canvas."""

import nbformat

from homework_tools.editions.notebooks import made_notebook
from homework_tools.exports import nbgrader, otter
from homework_tools.exports.gift import gift
from homework_tools.exports.qti import qti_package
from homework_tools.exports.questions import FILE, Questions, read_questions
from homework_tools.text_files import write_text
from homework_tools.words.translator import gettext


def write_exports(master, folder):
    """Write the homework for nbgrader and for Otter Assign into a folder; return the files.

    A hidden test that cannot run alone is a MasterError.
    """
    name = master.settings.id
    course, for_otter = folder / "nbgrader", folder / "otter" / f"{name}.ipynb"
    source = course / "source" / name / f"{name}.ipynb"
    return [
        write_text(source, notebook_text(nbgrader.notebook_cells(master))),
        write_text(course / "nbgrader_config.py", nbgrader.course_config(master)),
        write_text(for_otter, notebook_text(otter.notebook_cells(master))),
    ]


def write_questions(master, folder):
    """Write the questions that are beside the master into a folder; return the files, if any.

    Moodle and Canvas get one each, the instructor a key. A faulty question is a MasterError.
    """
    source = master.path.with_name(FILE)
    if not source.is_file():
        return []
    test, folder = read_questions(source), folder / source.stem
    folder.mkdir(exist_ok=True)
    files = {
        "moodle.gift.txt": gift(test).encode(),
        "canvas.qti.zip": qti_package(test),
        "key.md": answer_key(test).encode(),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in files]


def answer_key(test: Questions) -> str:
    """Return the test as Markdown for its reader: what each answer shows, the right one first."""
    title = gettext("{title}: the key").format(title=test.title)
    lines = [f"# {title}", "", gettext("Not for students.")]
    for number, question in enumerate(test.items, start=1):
        lines += ["", f"## {number} {question.title}", "", question.ask, ""]
        for answer in sorted(question.answers, key=lambda answer: bool(answer.misconception)):
            shows = gettext("right")
            if answer.misconception:
                shows = gettext("believes that {what}").format(what=answer.misconception)
            lines.append(f"- {answer.says} ({shows}) {answer.why}")
    return "\n".join(lines) + "\n"


def notebook_text(cells):
    """Return cells as the text of a notebook, the same at each run."""
    return nbformat.writes(made_notebook(cells)) + "\n"
