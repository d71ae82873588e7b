"""Make a page of HTML in the course's language, from a template in which no student's words act."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from homework_tools.words.translator import gettext

FOLDER = Path(__file__).parents[1]
PAGES = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    keep_trailing_newline=True,
)
PAGES.globals["_"] = gettext  # ty: ignore[invalid-assignment]
