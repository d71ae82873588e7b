"""Give Sphinx and the theme what `course.yml` says: names, address, language."""

from html import escape
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ConfigError

from homework_tools.master.course import Course, MasterError, course_file, read_course
from homework_tools.words.translator import gettext


def course_of(app: Sphinx) -> Course:
    """Return the settings of the book that is built; one that is wrong stops the build."""
    try:
        return read_course(course_file(Path(app.srcdir)))
    except MasterError as error:
        raise ConfigError(str(error)) from error


def _set_course(app: Sphinx, config) -> None:
    course = course_of(app)
    config.html_title = config.project = course.title
    config.author = course.author
    config.copyright = str(course.due.year)
    config.language = course.language.replace("-", "_")
    colors = {"color_light": course.color_light, "color_dark": course.color_dark}
    config.html_context = config.html_context | colors  # for book/_static/course.css.jinja
    config.html_theme_options |= {
        "repository_url": course.repository,
        "logo": {"text": course.title},
    }


def _set_footer(app: Sphinx, config) -> None:
    footer = gettext(config.html_theme_options.get("extra_footer") or " ").strip()
    where = escape(" · ".join(course_of(app).where))
    config.html_theme_options["extra_footer"] = "<br>".join(filter(None, [where, footer]))
