"""The options of the command `grade`."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from homework_tools.master.read import MASTER
from homework_tools.sandbox.host.sandbox import KINDS, Limits
from homework_tools.text_files import file_of_option


def grade_options(arguments: list[str] | None) -> argparse.Namespace:
    """Return what a run was asked for, by default on the command line."""
    parser = argparse.ArgumentParser(prog="tasks.py grade")

    def add(name: str, words: str, kind: Callable = str, **more: Any) -> None:
        parser.add_argument(name, type=kind, help=words, **more)

    def add_file(name: str, words: str, **more: Any) -> None:
        add(name, words, file_of_option, metavar="FILE", **more)

    add("submissions", "the platform's download, also as a zip", Path, metavar="FOLDER")
    add("--out", "instead of dist/grades", Path, metavar="FOLDER", default=Path("dist/grades"))
    add_file("--class", "the class, as the platform exports it", dest="people")
    add_file("--gradebook", "the platform's own export, to be filled")
    words = "points of free text, once for each file; unless given, each grades_by_hand*.csv next "
    words += "to the scores"
    add_file("--by-hand", words, action="append", default=[])
    add_file("--adjustments", "adjustments.csv next to the scores unless given")
    words = "whose each file is; dist/homework/students.csv, if it is there, unless given"
    add_file("--students", words)
    add("--column", "the gradebook's column of points, if it is not found", default="")
    words = "the name of the file by hand that counts where two markers differ"
    add("--prefer", words, default="")
    add("--sandbox", f"{', '.join(KINDS)}: the strongest that works unless given")
    words = "how long one call of a function may take: 10 unless given"
    add("--seconds", words, float, default=Limits.call_s)
    words = "how many submissions to grade at a time: as many as there are cores unless given"
    add("--jobs", words, int)
    words = "call students by a code where texts are marked"
    parser.add_argument("--anonymous", action="store_true", help=words)
    parser.add_argument("--fresh", action="store_true", help="grade everything again")
    add_file("--master", "another homework than that of the book", default=MASTER)
    add("--site", "the address of the book, for links to it", default="")
    return parser.parse_args(arguments)
