"""Give the styles the two colors of `course.yml`, as the custom properties that they use."""

from pathlib import Path

from sphinx.application import Sphinx

from homework_tools.master.course import Course
from website.extensions.course.settings import course_of

FILE = "course.css"
ANNOUNCED = ".bd-header-announcement a, .bd-header-announcement a:hover { color: inherit; }\n"


def color_sheet(course: Course) -> str:
    """Return the style sheet of a course's colors.

    Examples
    --------
    >>> print(color_sheet(Course(color_light="#7a1f5c")).split(";")[0])
    :root { --accent-on-light: #7a1f5c
    """
    light, dark = course.color_light, course.color_dark
    return f":root {{ --accent-on-light: {light}; --accent-on-dark: {dark}; }}\n{ANNOUNCED}"


def _write_colors(app: Sphinx) -> None:
    folder = Path(app.doctreedir, "course")
    folder.mkdir(parents=True, exist_ok=True)
    sheet = color_sheet(course_of(app))
    (folder / FILE).write_text(sheet, encoding="utf-8", newline="\n")
    app.config.html_static_path = [*app.config.html_static_path, folder.as_posix()]
    app.add_css_file(FILE)
