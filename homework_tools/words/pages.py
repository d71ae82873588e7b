"""Make pages in the course's language from templates, in which what is filled in never acts."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from homework_tools.words.translator import gettext

FOLDER = Path(__file__).parents[1]
PAGES = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
PAGES.globals["_"] = gettext  # ty: ignore[invalid-assignment]
