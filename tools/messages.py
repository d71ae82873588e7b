"""Bring the catalogues of the course's language up to date, with all that pages and site say."""

import subprocess
import sys
from pathlib import Path

from homework_tools.master.course import MasterError, course_file, read_course
from homework_tools.words.catalogues import LOCALES
from tools.book import build_command, sweep
from tools.environment import BUILD, ROOT, environment

ENGLISH = (
    "The course is in English: write the tag of another language into course.yml, at `language:`."
)


def update_messages(root: Path, output: Path) -> Path:
    """Write or renew the catalogues of a course, and return their folder; no translation is lost.

    `output` is the folder for what the build makes.
    """
    try:
        language = read_course(course_file(root)).language.replace("-", "_")
    except MasterError as error:
        sys.exit(str(error))
    if language == "en":
        sys.exit(ENGLISH)
    templates = output / "_build" / "gettext"
    sweep(output / "_build", keep_cache=True)  # Sphinx refuses what it has read for another builder
    where = ["--pot-dir", str(templates), "--locale-dir", LOCALES, "--language", language]
    python = sys.executable
    for command in (
        build_command(root, output, builder="gettext"),
        [python, "-m", "website.words.extract", str(templates / "site.pot")],
        [python, "-m", "sphinx_intl", "update", *where],
    ):
        done = subprocess.run(
            command, cwd=root, env=environment(), stdout=subprocess.PIPE, encoding="utf-8"
        )
        if done.returncode:
            sys.exit(f"{done.stdout}\nThe catalogues are NOT brought up to date.")
    return Path(root, LOCALES, language, "LC_MESSAGES")


if __name__ == "__main__":
    print(f"The catalogues are up to date: {update_messages(ROOT, BUILD / 'work')}")
