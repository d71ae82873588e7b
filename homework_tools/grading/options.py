"""The options of the command `grade`."""

from pathlib import Path

FILES = {
    "class": "the class, as the platform exports it",
    "gradebook": "the platform's own export, to be filled",
    "by-hand": "points of free text, once for each file; unless given, each grades_by_hand*.csv "
    "next to the scores",
    "adjustments": "adjustments.csv next to the scores unless given",
    "students": "whose each file is; dist/homework/students.csv, if it is there, unless given",
}
VALUES = {
    "column": "the gradebook's column of points, if it is not found",
    "prefer": "the name of the file by hand that counts where two markers differ",
    "sandbox": "bubblewrap, limits or subprocess: the strongest that works unless given",
    "seconds": "how long one call of a function may take: 10 unless given",
    "jobs": "how many submissions to grade at a time: as many as there are cores unless given",
}
SWITCHES = {
    "anonymous": "call students by a code where texts are marked",
    "fresh": "grade everything again",
}
NUMBERS = {"seconds": float, "jobs": int}


def add_grade_options(parser):
    """Add the options to a parser."""
    words = "the platform's download, also as a zip"
    parser.add_argument("submissions", type=Path, metavar="FOLDER", help=words)
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="instead of dist/grades")
    for name, words in FILES.items():
        action = "append" if name == "by-hand" else "store"
        parser.add_argument(f"--{name}", type=Path, metavar="FILE", action=action, help=words)
    for name, words in VALUES.items():
        parser.add_argument(f"--{name}", type=NUMBERS.get(name, str), help=words)
    for name, words in SWITCHES.items():
        parser.add_argument(f"--{name}", action="store_true", help=words)
