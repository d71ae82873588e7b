"""Write the editions of the homework: for students, for instructors, and the texts to read."""

import argparse
import hashlib
import sys
from pathlib import Path

import jupytext
import nbformat
from jupytext.config import JupytextConfiguration

from homework_tools.editions.leaks import find_leaks, grading_secrets, solution_secrets
from homework_tools.editions.notebooks import instructor_notebook, student_notebook
from homework_tools.editions.pages import handout, solutions_page
from homework_tools.exports.write import write_exports, write_questions
from homework_tools.master.master import Master, broken
from homework_tools.master.read import MASTER, read_master, reseeded
from homework_tools.master.verify import verify
from homework_tools.roster.names import file_names, read_class, write_roster
from homework_tools.text_files import file_of_option, write_text
from homework_tools.words.catalogues import words_of
from homework_tools.words.translator import gettext, speaking

HEADER = JupytextConfiguration(
    notebook_metadata_filter="homework,kernelspec,jupytext,"
    "-jupytext.text_representation.jupytext_version,"
    "-jupytext.text_representation.format_version",
    cell_metadata_filter="tags,question,points,title,-all",
)


def write_student_edition(master: Master, folder: Path, name: str = "") -> list[Path]:
    """Write the student's notebook as `.ipynb` and `.md`.

    The files have the homework's name unless another is given. Raises MasterError if a solution, a
    model answer, a rubric or a hidden test stands in one of them.
    """
    notebook, stem = student_notebook(master), name or master.settings.id
    paths = [
        write_text(folder / f"{stem}.ipynb", nbformat.writes(notebook) + "\n"),
        write_text(folder / f"{stem}.md", jupytext.writes(notebook, "md:myst", config=HEADER)),
    ]
    leaks = find_leaks(solution_secrets(master) + grading_secrets(master), *paths)
    if leaks:
        for path in paths:
            path.unlink()
        raise broken(master.path, 1, f"the student's edition would show: {leaks[0][1]}")
    return paths


def write_editions(folder: Path, master: Master) -> list[Path]:
    """Check the master, and write students' and instructors' notebooks, handout and solutions."""
    verify(master)
    stem = master.settings.id
    title = gettext("{title}: solutions").format(title=master.settings.title)
    instructor = nbformat.writes(instructor_notebook(master)) + "\n"
    solutions = f"# {title}\n\n{solutions_page(master)}"
    return [
        *write_student_edition(master, folder),
        write_text(folder / f"{stem}-handout.md", handout(master)),
        write_text(folder / f"{stem}-instructor.ipynb", instructor),
        write_text(folder / f"{stem}-solutions.md", solutions),
    ]


def student_seed(seed: int, student: str) -> int:
    """Return a seed for one student's own data: always the same for the same name."""
    return int.from_bytes(hashlib.sha256(f"{seed} {student}".encode()).digest()[:4], "big")


def write_for_students(folder: Path, students: list[str], master: Master) -> list[Path]:
    """Write an edition with data of their own for each student: two files, named by `file_names`.

    Each student's seed is made from that of the master, and each name is there once.
    """
    seed = master.settings.seed
    return [
        written
        for name, file in file_names(students).items()
        for written in write_student_edition(
            reseeded(master, student_seed(seed, name)), folder, file
        )
    ]


def main(arguments: list[str] | None = None) -> None:
    """Write what `python tasks.py homework` asks for, and say where it is."""
    parser = argparse.ArgumentParser(prog="tasks.py homework")
    parser.add_argument("--out", type=Path, required=True, help="instead of dist/homework")
    parser.add_argument("--master", type=file_of_option, default=MASTER)
    parser.add_argument("--seed", type=int, help="other data than the published")
    words = "names, one per line: each gets data of their own"
    parser.add_argument("--students", type=file_of_option, metavar="FILE", help=words)
    parser.add_argument("--site", default="", help="the address of the published book")
    options = parser.parse_args(arguments)
    try:
        master = read_master(options.master, options.seed, options.site)
        students = read_class(options.students) if options.students else []
        with speaking(words_of(master.settings)):
            written = write_editions(options.out, master)
            written += write_exports(master, options.out)
            written += write_questions(master, options.out)
            if options.students:
                written += write_for_students(options.out / "students", students, master)
                written.append(write_roster(options.out / "students.csv", file_names(students)))
    except (ValueError, OSError) as error:
        sys.exit(f"The homework is NOT made.\n{error}")
    for path in written:
        print(path)


if __name__ == "__main__":
    main()
